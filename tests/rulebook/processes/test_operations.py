from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.organisation.models import Decision
from hjulet.rulebook.models import Activity, Process, ProcessVersion
from hjulet.rulebook.processes import operations
from hjulet.rulebook.processes.activities import operations as activities
from hjulet.rulebook.processes.states import ProcessState as S
from tests.factories import committee, person, unit
from tests.organisation.delegations.walks import in_force, secretary_of
from tests.rulebook.processes.walks import TODAY, add, drafted, titles, version_at, version_of, ways

pytestmark = pytest.mark.django_db


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_an_adopted_version_stays_while_the_next_is_written(home_care, manager):
    first = version_at(S.ADOPTED, manager, home_care, "Ta emot", "Besluta")
    second = operations.begin_version(first.process, by=manager)
    add(second, manager, "Meddela")

    assert (titles(first), titles(second)) == (["Ta emot", "Besluta"], ["Ta emot", "Besluta", "Meddela"])
    with pytest.raises(Refused, match="redan ett utkast"):
        operations.begin_version(first.process, by=manager)

    operations.send_to_review(second, by=manager)
    operations.adopt_process(second, by=manager)
    first.refresh_from_db()

    assert (first.state, first.ended_date, second.state) == (S.SUPERSEDED, TODAY, S.ADOPTED)


def test_what_is_adopted_cannot_be_changed_by_an_operation(home_care, manager):
    version = version_at(S.ADOPTED, manager, home_care, "Ta emot", "Besluta")
    activity = version.activities.first()
    sentence = "Versionen är fastställd och ändras inte. Börja en ny version."

    for do in (
        lambda: add(version, manager, "Mer"),
        lambda: activities.move_down(activity, by=manager),
        lambda: activities.remove_activity(activity, by=manager),
        lambda: operations.change_version(version, by=manager, revision=version.revision, provisions=[], purpose="X"),
    ):
        with pytest.raises(Refused) as refusal:
            do()
        assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE rulebook_activity SET title = 'Annat'",
        "UPDATE rulebook_activity SET \"order\" = 9 WHERE title = 'Besluta'",
        "DELETE FROM rulebook_flow",
        "UPDATE rulebook_processversion SET purpose = 'Annat'",
        "UPDATE rulebook_processversion SET state = 'draft', adopted_date = NULL, decided_by_id = NULL",
        "UPDATE rulebook_processstep SET reason = 'Annat'",
        "DELETE FROM rulebook_processstep",
    ],
)
def test_what_is_adopted_cannot_be_changed_in_the_database(home_care, manager, sql):
    version = drafted(manager, home_care, "Ta emot", "Utred", "Besluta")
    first, _second, third = version.activities.order_by("order")
    activities.add_flow(version, by=manager, source=first, target=third, label="enkelt")
    operations.send_to_review(version, by=manager)
    operations.adopt_process(version, by=manager)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_draft_can_be_changed_in_the_database(home_care, manager):
    version = drafted(manager, home_care)

    Activity.objects.filter(version=version).update(title="Annat")

    assert titles(version) == ["Annat"]


def test_the_committee_adopts_itself(home_care, manager):
    version = version_at(S.IN_REVIEW, manager, home_care)
    secretary = person("Siv Sekreterare", committee_secretary=home_care.committee)
    meeting = {"meeting_date": date(2026, 3, 10), "paragraph": "§ 21", "registry_number": "SN 2026/12"}

    with pytest.raises(PermissionDenied):
        operations.record_adoption(version, by=manager, **meeting)
    operations.record_adoption(version, by=secretary, next_review_date=date(2027, 3, 1), **meeting)

    version.refresh_from_db()
    assert (version.state, version.decision, version.adopted_date) == (
        S.ADOPTED,
        Decision.objects.get(),
        date(2026, 3, 10),
    )
    assert (version.decided_by, Process.objects.get().next_review_date) == (None, date(2027, 3, 1))


def test_adopted_under_a_delegation_the_committee_is_told(home_care, manager):
    version = version_at(S.IN_REVIEW, manager, home_care)
    delegation = in_force(home_care.committee, secretary_of(home_care.committee))
    operations.adopt_process(version, by=manager, delegation=delegation, registry_number="SN 2026/40")

    version.refresh_from_db()
    assert (version.delegation, version.decided_by, version.decided_on) == (delegation, manager, TODAY)
    assert "delegateddecision.taken" in verbs()


def test_every_change_is_audited_on_the_process(home_care, manager):
    version = drafted(manager, home_care, "Ta emot", "Besluta")
    first, second = version.activities.order_by("order")
    activities.move_down(first, by=manager)
    flow = activities.add_flow(version, by=manager, source=second, target=first)
    activities.remove_flow(flow, by=manager)
    activities.remove_activity(first, by=manager)

    assert verbs() == [
        "process.described",
        "process.activity_added",
        "process.activity_added",
        "process.activity_moved",
        "process.flow_added",
        "process.flow_removed",
        "process.activity_removed",
    ]
    assert set(Event.objects.values_list("target_type", flat=True)) == {"rulebook.process"}


def test_the_order_is_by_place_among_those_beside(home_care, manager):
    version = drafted(manager, home_care, "A", "B", "C")
    a, _b, c = version.activities.order_by("order")
    activities.move_up(c, by=manager)
    assert titles(version) == ["A", "C", "B"]

    with pytest.raises(Refused, match="redan först"):
        activities.move_up(a, by=manager)
    activities.place_activity(a, by=manager, position=99)
    assert titles(version) == ["C", "B", "A"]
    with pytest.raises(Refused, match="redan sist"):
        activities.move_down(version.activities.get(title="A"), by=manager)


def test_a_new_activity_after_another(home_care, manager):
    version = drafted(manager, home_care, "A", "B", "C")
    add(version, manager, "A2", after=version.activities.get(title="A"))

    assert titles(version) == ["A", "A2", "B", "C"]


def test_the_first_way_of_ones_own_keeps_the_one_that_the_order_gave(home_care, manager):
    version = drafted(manager, home_care, "A", "B", "C")
    a, b, c = version.activities.order_by("order")
    activities.add_flow(version, by=manager, source=a, target=c, label="om bråttom")

    assert ways(version) == [("A", "B", ""), ("A", "C", "om bråttom")]
    with pytest.raises(Refused, match="Den vägen finns redan"):
        activities.add_flow(version, by=manager, source=a, target=b)
    with pytest.raises(Refused, match="Välj en annan aktivitet"):
        activities.add_flow(version, by=manager, source=a, target=a)


def test_two_who_change_the_same_activity(home_care, manager):
    version = drafted(manager, home_care)
    mine, theirs = version.activities.get(), version.activities.get()
    activities.change_activity(theirs, by=manager, revision=theirs.revision, routines=[], units=[], title="Pröva")

    with pytest.raises(EditConflict):
        activities.change_activity(mine, by=manager, revision=mine.revision, routines=[], units=[], title="Utred")


def test_a_role_and_a_text_cannot_both_perform(home_care, manager):
    version = drafted(manager, home_care)

    with pytest.raises(ValidationError, match="Välj en roll eller skriv vem, inte båda"):
        add(version, manager, "Ansök", lane="Den enskilde")


def test_not_in_a_unit_of_others(home_care, manager):
    elsewhere = unit(committee("Äldrenämnden"), "Hemtjänst Söder")

    with pytest.raises(PermissionDenied):
        operations.describe_process(by=manager, unit=elsewhere, title="X")


def test_follows_when_its_unit_is_reorganised(home_care, manager):
    process = drafted(manager, home_care).process
    south = unit(home_care.committee, "Hemtjänst Söder")
    administrator = person("Systemet", system_administrator=home_care.committee)
    operations.relocate_process(process, by=administrator, to=south, day=TODAY)

    assert Process.objects.get().unit == south


def test_versions_are_numbered(home_care, manager):
    process = version_at(S.WITHDRAWN, manager, home_care).process
    operations.begin_version(process, by=manager)

    assert list(ProcessVersion.objects.order_by("number").values_list("number", "state")) == [
        (1, S.WITHDRAWN),
        (2, S.DRAFT),
    ]
    assert list(Process.objects.over()) == []
    assert version_of(process).number == 2
