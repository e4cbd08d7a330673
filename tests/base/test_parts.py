"""A part of a word is found as `icontains` finds it, whatever the database has to find it by."""

import pytest
from django.db import connection

from hjulet.actions import operations as actions
from hjulet.actions.forms import ActionFilters
from hjulet.actions.models import Action
from hjulet.base import parts
from hjulet.base.parts import BROKEN, PartFilter, find_parts_anew
from hjulet.monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring.forms import ControlFilters, OccurrenceFilters
from hjulet.planning.models import Risk
from hjulet.planning.risks.filters import RiskFilters
from tests import factories
from tests.actions import walks
from tests.monitoring.self_monitoring.walks import plan as plan_control

pytestmark = pytest.mark.django_db

TITLES = ["Rullstolsramp vid entrén", "Ramp 100 % klar", "Åtgärda larmet i två steg", "Öppettider_nu"]
FILTERS = {Action: ActionFilters, Control: ControlFilters, Risk: RiskFilters}


@pytest.fixture
def developer():
    return factories.person("Kim Kvalitet", quality_developer=factories.committee())


@pytest.fixture
def planned(developer):
    committee = developer.role_assignments.get().unit
    return [walks.plan(developer, committee, title=title) for title in TITLES]


def found(text):
    return set(PartFilter("title").filter(Action.objects.all(), text).values_list("title", flat=True))


@pytest.mark.parametrize("few", [0, parts.FEW])
@pytest.mark.parametrize(
    "text",
    [
        "rullst",
        "lsramp",
        "RAMP",
        "ramp",
        "p v",
        "två steg",
        "Åtgärda",
        "%",
        "100 %",
        "_nu",
        "r_nu",
        "a_p",
        "å",
        "\\",
        "",
    ],
)
def test_a_part_finds_the_titles_it_stands_in_and_no_others(planned, monkeypatch, text, few):
    monkeypatch.setattr(parts, "FEW", few)

    assert found(text) == set(Action.objects.filter(title__icontains=text).values_list("title", flat=True))


def test_the_middle_of_a_word_finds_it(planned):
    assert found("stolsra") == {"Rullstolsramp vid entrén"}


def test_a_title_that_was_changed_is_found_by_the_new_one_only(planned, developer):
    action = planned[0]
    actions.change_action(action, by=developer, revision=action.revision, title="Hiss i trapphuset")

    assert (found("stolsra"), found("trapphus")) == (set(), {"Hiss i trapphuset"})


@pytest.mark.parametrize("few", [0, parts.FEW])
def test_a_row_is_found_by_the_title_of_the_one_it_is_of(developer, monkeypatch, few):
    monkeypatch.setattr(parts, "FEW", few)
    committee = developer.role_assignments.get().unit
    for title in ("Nattfasta mäts", "Skyddsrond"):
        plan_control(developer, committee, title=title)

    found = OccurrenceFilters.base_filters["q"].filter(Occurrence.objects.all(), "TTFAST")

    assert set(found.values_list("control__title", flat=True)) == {"Nattfasta mäts"}


@pytest.mark.parametrize("model", FILTERS)
def test_the_database_keeps_what_it_finds_by_in_step(model):
    """A migration that makes the table anew, as SQLite does for most changes, drops the triggers: repeat `FindParts`."""
    parts_table = f"{model._meta.db_table}_title_parts"

    assert isinstance(FILTERS[model].base_filters["q"], PartFilter)
    assert {name for name in keepers() if name.startswith(parts_table)} == expected_keepers(parts_table)


def test_a_row_that_is_gone_is_gone_from_what_is_found_by(planned, caplog):
    Action.objects.filter(pk=planned[0].pk)._raw_delete("default")

    assert (found("ramp"), caplog.messages) == ({planned[1].title}, [])


def test_what_is_found_by_may_break_and_is_made_anew(planned, caplog):
    """A database that has nothing to find by has nothing that can break, and finds the same."""
    is_kept_by_triggers = connection.vendor == "sqlite"
    if is_kept_by_triggers:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER actions_action_title_parts_removed")
    Action.objects.filter(pk=planned[0].pk)._raw_delete("default")

    assert found("ramp") == {planned[1].title}
    assert caplog.messages == [BROKEN] * is_kept_by_triggers
    find_parts_anew()
    caplog.clear()
    assert (found("ramp"), caplog.messages) == ({planned[1].title}, [])


def expected_keepers(parts_table):
    if connection.vendor == "sqlite":
        return {f"{parts_table}_{when}" for when in ("added", "removed", "changed")}
    return {parts_table} if asked("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'") else set()


def keepers():
    """The names of the triggers of SQLite, of the indexes of PostgreSQL."""
    if connection.vendor == "sqlite":
        return asked("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return asked("SELECT indexname FROM pg_indexes")


def asked(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [answer for (answer,) in cursor.fetchall()]
