"""Who may mark and lift, and what is asked for first."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from hjulet.actions.operations import change_action
from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.secrecy import operations, rules
from hjulet.organisation.models import Marking
from hjulet.organisation.roles.roles import ROLES
from hjulet.planning.models import Risk
from tests.actions.walks import plan
from tests.collaboration.secrecy.walks import home, mark
from tests.factories import committee, municipality, person, unit
from tests.planning import walks as planning

pytestmark = pytest.mark.django_db

# Each role held where it is usually held: may it mark a row of the unit, and read one that is marked?
MAY_MARK = {
    "committee_member": False,
    "committee_secretary": False,
    "social_director": False,
    "quality_developer": True,
    "unit_manager": True,
    "group_manager": False,
    "employee": False,
    "lawyer": False,
    "staff_strategist": False,
    "web_editor": False,
    "medically_responsible": True,
    "lex_sarah_investigator": True,
    "provider_contact": False,
    "auditor": False,
    "log_reviewer": False,
    "system_administrator": False,
}
MAY_OPEN = {"social_director", "lawyer"}


def test_table_covers_every_role():
    assert MAY_MARK.keys() == ROLES.keys()


@pytest.mark.parametrize("role", MAY_MARK)
def test_who_may_mark_and_who_may_open(role):
    at = home()
    somebody = person("Någon", **{role: municipality() if role == "system_administrator" else at.unit})

    assert rules.may_mark(somebody, at.unit) is MAY_MARK[role]
    assert rules.may_open(somebody, at.marking) is (role in MAY_OPEN)


@pytest.mark.parametrize("role", [role for role, may in MAY_MARK.items() if not may])
def test_the_others_are_refused(role):
    at = home()
    somebody = person("Någon", **{role: at.committee})
    other = plan(at.manager, at.unit)

    with pytest.raises(PermissionDenied):
        mark(other, somebody)
    with pytest.raises(PermissionDenied):
        operations.lift_marking(at.marking, by=somebody, reason="Fel.")


def test_manager_of_another_unit_is_refused():
    at = home()
    other = person("Olle Öst", unit_manager=unit(at.committee, "Öst"))

    with pytest.raises(PermissionDenied):
        mark(plan(at.manager, at.unit), other)


def test_a_marking_says_by_whom_when_where_and_by_which_provision():
    at = home()

    marking = Marking.objects.get()
    assert (marking.target_type, marking.target_id, marking.unit) == ("actions.action", at.action.pk, at.unit)
    assert (marking.set_by, marking.set_at.isoformat(), marking.authority) == (
        at.manager,
        "2026-03-16T09:00:00+00:00",
        "Socialnämnden",
    )
    assert marking.get_provision_display() == "OSL 26 kap. 1 § (socialtjänst)"
    event = Event.objects.order_by("-number").first()
    assert (event.verb, event.target_type, event.target_id) == ("action.marked_secret", "actions.action", at.action.pk)


def test_what_is_marked_is_not_marked_again():
    at = home()

    with pytest.raises(Refused, match="redan sekretessmarkerad"):
        mark(at.action, at.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Marking.objects.bulk_create([Marking(**copied(at.marking))])


def copied(marking):
    names = ("target_type", "target_id", "unit", "provision", "reason", "authority", "set_by", "set_at")
    return {name: getattr(marking, name) for name in names}


@pytest.mark.parametrize("missing", ["provision", "reason"])
def test_a_marking_needs_provision_and_reason(missing):
    at = home()

    with pytest.raises(ValidationError) as error:
        mark(plan(at.manager, at.unit), at.manager, **{missing: ""})

    assert set(error.value.error_dict) == {missing}


def test_lifting_opens_the_row_and_keeps_the_marking():
    at = home()

    operations.lift_marking(at.marking, by=at.manager, reason="Prövad, inget är hemligt.")

    at.action.refresh_from_db()
    marking = Marking.objects.get()
    assert (at.action.is_secret, marking.lifted_by, marking.lifted_reason) == (
        False,
        at.manager,
        "Prövad, inget är hemligt.",
    )
    with pytest.raises(Refused, match="redan hävd"):
        operations.lift_marking(marking, by=at.manager, reason="Igen.")
    mark(at.action, at.manager)
    assert Marking.objects.count() == 2


def test_lifting_needs_a_reason():
    at = home()

    with pytest.raises(ValidationError, match="Skriv varför markeringen hävs"):
        operations.lift_marking(at.marking, by=at.manager, reason=" ")

    at.action.refresh_from_db()
    assert at.action.is_secret


@pytest.mark.parametrize("owner", ["person", "role"])
def test_nobody_is_responsible_for_what_they_cannot_open(owner):
    at = home()
    anna = person("Anna Berg", employee=at.unit)
    given = {"owner_person": anna} if owner == "person" else {"owner_role": "employee"}
    theirs = plan(at.manager, at.unit, **given)

    with pytest.raises(Refused, match="får inte läsa det som är sekretessmarkerat"):
        mark(theirs, at.manager)
    with pytest.raises(Refused, match="får inte läsa det som är sekretessmarkerat"):
        change_action(at.action, by=at.manager, revision=at.action.revision, **given)


def test_whoever_reads_secrets_may_be_responsible():
    at = home()

    theirs = plan(at.manager, at.unit, owner_person=at.manager)

    assert mark(theirs, at.manager).target_id == theirs.pk


def test_the_same_risk_of_other_years_is_marked_and_lifted_with_it():
    manager = person(quality_developer=(place := committee()))
    analysis = planning.analysis(manager, place)
    first, other = planning.risk(manager, analysis), planning.risk(manager, analysis, title="En annan")
    following = planning.analyses.start_analysis_from(analysis, by=manager)
    last = planning.analyses.start_analysis_from(following, by=manager)
    middle = following.risks.get(previous=first)

    def marked():
        return set(Risk.objects.filter(is_secret=True).values_list("pk", flat=True))

    marking = mark(middle, manager)
    assert marked() == {first.pk, middle.pk, last.risks.get(previous=middle).pk}
    assert other.pk not in marked()
    operations.lift_marking(marking, by=manager, reason="Prövad.")

    assert (marked(), Marking.objects.in_force().count(), Marking.objects.count()) == (set(), 0, 3)


def test_a_risk_carried_into_the_next_year_is_as_secret_as_before():
    manager = person(quality_developer=(place := committee()))
    analysis = planning.analysis(manager, place)
    marked, open_one = planning.risk(manager, analysis), planning.risk(manager, analysis, title="Öppen")
    mark(marked, manager)

    following = planning.analyses.start_analysis_from(analysis, by=manager)

    carried = {risk.previous_id: risk.is_secret for risk in following.risks.all()}
    assert carried == {marked.pk: True, open_one.pk: False}
    copy = following.risks.get(is_secret=True)
    assert Marking.objects.in_force().filter(target_type="planning.risk", target_id=copy.pk).count() == 1
