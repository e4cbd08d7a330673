"""A database of an older version, filled, is brought to this one: nothing is changed, and what is new is filled."""

from datetime import UTC, date, datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hjulet.actions.models import Action
from hjulet.monitoring.models import DutyOccurrence, Occurrence
from hjulet.organisation.models import Person, RoleAssignment, Unit, UnitVersion
from hjulet.planning.models import Risk
from hjulet.rulebook.models import GoverningDocument
from tests.backup.places import content, migrate
from tests.conftest import NOW

# Before secrecy, reorganisations, ids of other systems and the groups of the login.
BEFORE = [("audit", "0002_append_only"), ("planning", "0003_scale")]
BEFORE_DOCUMENTS_SAID = [("rulebook", "0013_versions_from_a_day")]
DAY = date(2024, 2, 1)
# Midnight has passed in Sweden.
LATE = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)


def older(then=BEFORE):
    """The models as they were then, on a database that is no further."""
    state = MigrationExecutor(connection).migrate(then)
    state.clear_delayed_apps_cache()
    return state.apps.get_model


def fill(model):
    """A nämnd with a unit, whom it was given to, and one row of each kind that has got a column since."""
    units = model("organisation", "Unit").objects
    root = units.create(kind="municipality", name="Ekliden", valid_from=DAY, path="1/")
    board = units.create(kind="committee", parent=root, name="Socialnämnden", code="SN", valid_from=DAY, path="1/2/")
    people = model("organisation", "Person").objects
    adder = people.create(email="siv@example.org", name="Siv System")
    added, unknown = (people.create(email=f"{name}@example.org", name=name) for name in ("karin", "ulla"))
    model("organisation", "RoleAssignment").objects.create(
        person=added, role="unit_manager", unit=board, valid_from=DAY
    )
    for number, target, actor in ((1, added.pk, adder.pk), (2, unknown.pk, 4711)):
        note(model, number, target, actor)
    actions(model, board, adder)
    looking(model, board, added)
    planning(model, board)


def note(model, number, target, actor):
    model("audit", "Event").objects.create(
        number=number,
        at=NOW,
        actor_id=actor,
        actor_name="Den som lade till",
        verb="person.added",
        target_type="organisation.person",
        target_id=target,
        previous_hash="",
        hash=str(number),
    )


def actions(model, unit, by):
    said = {"unit": unit, "description": "Så här."}
    done = {"completed_date": DAY, "result": "Gjort."}
    rows, steps = model("actions", "Action").objects, model("actions", "ActionStep").objects
    rows.create(title="Öppen", **said)
    for title, state, given in (("Avslutad", "closed", done), ("Utgången", "cancelled", {})):
        action = rows.create(title=title, state=state, **said, **given)
        for to_state, at in (("ongoing", NOW), (state, LATE)):
            steps.create(action=action, move="x", from_state="planned", to_state=to_state, by=by, by_name="Siv", at=at)


def looking(model, unit, by):
    every = model("monitoring", "Frequency").objects.create(key="year", name="Varje år", months=12)
    done = {"state": "done", "done_date": DAY, "done_by": by, "due_date": DAY}
    control = model("monitoring", "Control").objects.create(
        unit=unit, title="Kontroll", method="x", frequency=every, starts_date=DAY, ends_date=DAY, result_kind="share"
    )
    model("monitoring", "Occurrence").objects.create(control=control, period_start=DAY, period_end=DAY, **done)
    duty = model("monitoring", "RecurringDuty").objects.create(
        unit=unit, title="Rapport", kind="report", frequency=every, first_due_date=DAY
    )
    model("monitoring", "DutyOccurrence").objects.create(duty=duty, begins_date=DAY, **done)


def planning(model, unit):
    area = model("rulebook", "QualityArea").objects.create(key="a", name="Trygghet", explanation="x", valid_from=DAY)
    matrix = model("planning", "RiskMatrix").objects.create(number=1)
    analysis = model("planning", "RiskAnalysis").objects.create(unit=unit, year=2024, matrix=matrix)
    model("planning", "Risk").objects.create(
        analysis=analysis, year=2024, area_number=1, ordinal=1, title="Risk", deficiency="x", quality_area=area
    )


def test_a_filled_database_of_an_older_version_is_brought_here(empty_place):
    fill(older())
    before, _files = content()

    migrate()

    after, _files = content()
    for table, rows in before.items():
        kept = [{column: row[column] for column in old} for old, row in zip(rows, after[table], strict=True)]
        assert kept == rows, table
    assert dict(Action.objects.values_list("title", "ended_date")) == {
        "Öppen": None,
        "Avslutad": date(2026, 3, 1),
        "Utgången": date(2026, 3, 1),
    }
    assert {row.is_secret for model in (Action, Risk) for row in model.objects.all()} == {False}
    assert [row.done_in for model in (Occurrence, DutyOccurrence) for row in model.objects.all()] == [None, None]
    assert set(RoleAssignment.objects.values_list("origin", flat=True)) == {"hand"}
    assert dict(Person.objects.filter(is_machine=False).values_list("name", "added_by__name")) == {
        "Siv System": None,
        "karin": "Siv System",
        "ulla": None,
    }
    assert {row.external_id for model in (Person, Unit) for row in model.objects.all()} == {""}
    assert [unit.earlier_names for unit in Unit.objects.all()] == [[], []]
    versions = UnitVersion.objects.order_by("path").values_list("name", "code", "valid_from", "parent__name", "path")
    assert list(versions) == [
        ("Ekliden", "", DAY, None, "1/"),
        ("Socialnämnden", "SN", DAY, "Ekliden", "1/2/"),
    ]


def test_documents_say_whether_any_of_their_versions_was_decided(empty_place):
    model = older(BEFORE_DOCUMENTS_SAID)
    board = model("organisation", "Unit").objects.create(kind="municipality", name="Ekliden", valid_from=DAY, path="1/")
    routine = model("rulebook", "DocumentKind").objects.create(key="routine", name="Rutin")
    decided = {"valid_from": DAY, "decided_before": "Chefen", "decided_before_date": DAY}
    said = {
        "Beslutad": ({"state": "in_force", **decided},),
        "Upphävd, och ny på väg": ({"state": "withdrawn", "valid_to": DAY, **decided}, {"state": "draft"}),
        "Slopad": ({"state": "discarded"},),
        "Utkast": ({"state": "draft"},),
    }
    for title, versions in said.items():
        document = model("rulebook", "GoverningDocument").objects.create(unit=board, kind=routine, title=title)
        for number, version in enumerate(versions, start=1):
            document.versions.create(number=number, title=title, body="Så här.", **version)

    migrate()

    assert dict(GoverningDocument.objects.values_list("title", "was_decided")) == {
        "Beslutad": True,
        "Upphävd, och ny på väg": True,
        "Slopad": False,
        "Utkast": False,
    }
