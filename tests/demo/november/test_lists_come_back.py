"""Every list of the demo that may be read back: fetched with all its columns, sent back, and found equal."""

import pytest
from django.urls import reverse

from hjulet.actions.tables import ACTIONS
from hjulet.audit.models import Event
from hjulet.demo.accounts import email_of
from hjulet.monitoring.self_monitoring.tables import CONTROLS
from hjulet.organisation.models import Person
from hjulet.organisation.people.tables import PEOPLE
from hjulet.planning.competence.tables import NEEDS
from hjulet.planning.goals.tables import GOALS
from hjulet.planning.risks.tables import RISKS
from hjulet.rulebook.agreements.tables import AGREEMENTS
from tests.lists import fetched, sent, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Who may change rows of the list, and the page that shows it.
LISTS = {
    "actions:list": (ACTIONS, "malin"),
    "risks:list": (RISKS, "malin"),
    "self_monitoring:list": (CONTROLS, "malin"),
    "goals:table": (GOALS, "malin"),
    "agreements:list": (AGREEMENTS, "malin"),
    "competence:list": (NEEDS, "malin"),
    "people:list": (PEOPLE, "mattias"),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_was_fetched_changes_nothing(client, in_november, name):
    table, who = LISTS[name]
    client.force_login(Person.objects.get(email=email_of(who)))
    book = fetched(client, reverse(name), kol=[column.key for column in table.columns])
    events = Event.objects.count()

    outcome = sent(client, reverse(table.read_in), book).context["outcome"]

    assert (told(outcome), outcome.ignored) == (([], []), [])
    assert outcome.unchanged == book.active.max_row - 1 > 0
    assert Event.objects.count() == events


def test_no_list_has_two_columns_of_one_name():
    """An edited file knows its columns by their names."""
    for table, _who in LISTS.values():
        labels = [str(column.label).casefold() for column in table.columns]
        assert sorted(labels) == sorted(set(labels))
