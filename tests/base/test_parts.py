"""A part of a word is found as `icontains` finds it, whatever the database has to find it by."""

import pytest
from django.db import DatabaseError, connection

from hjulet.actions import operations as actions
from hjulet.actions.forms import ActionFilters
from hjulet.actions.models import Action
from hjulet.base import parts
from hjulet.base.parts import PartFilter, find_parts_anew, keys_with
from hjulet.planning.models import Risk
from hjulet.planning.risks.filters import RiskFilters
from tests import factories
from tests.actions import walks

pytestmark = pytest.mark.django_db

TITLES = ["Rullstolsramp vid entrén", "Ramp 100 % klar", "Åtgärda larmet i två steg", "Öppettider_nu"]
FILTERS = {Action: ActionFilters, Risk: RiskFilters}


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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")
@pytest.mark.parametrize("model", FILTERS)
def test_sqlite_keeps_what_it_finds_by_in_step(model):
    """A migration that makes the table anew, as SQLite does for most changes, drops the triggers: repeat `FindParts`."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = {name for (name,) in cursor.fetchall()}
    kept = {f"{table}_title_parts_{when}" for when in ("added", "removed", "changed")}

    assert isinstance(FILTERS[model].base_filters["q"], PartFilter)
    assert triggers & kept == kept


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")
def test_a_row_that_is_gone_is_gone_from_what_sqlite_finds_by(planned):
    Action.objects.filter(pk=planned[0].pk)._raw_delete("default")

    assert kept("ramp") == [planned[1].pk]


def kept(text):
    keys = keys_with("actions_action", "title", text)
    with connection.cursor() as cursor:
        cursor.execute(keys.sql, keys.params)
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")
def test_what_sqlite_finds_by_may_break_and_is_made_anew(planned):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER actions_action_title_parts_removed")
    Action.objects.filter(pk=planned[0].pk)._raw_delete("default")

    with pytest.raises(DatabaseError):
        kept("ramp")
    assert found("ramp") == {planned[1].title}
    find_parts_anew()
    assert kept("ramp") == [planned[1].pk]
