"""The whole table: every state, every move, every kind of person."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from hjulet.organisation.models import Person
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.documents import deciding, operations, rules
from hjulet.rulebook.documents.states import WORKFLOW
from hjulet.rulebook.documents.states import VersionState as S
from hjulet.rulebook.models import DocumentVersion
from tests.factories import committee, group, person, unit
from tests.rulebook.documents import walks
from tests.workflows import comes_of

pytestmark = pytest.mark.django_db

MOVES = {
    "send": lambda version, by: operations.send_version(version, by=by),
    "send_back": lambda version, by: operations.send_back_version(version, by=by, reason="Skriv om mottagaren."),
    "discard": walks.discard,
    "decide": lambda version, by: deciding.decide_version(version, by=by, valid_from=date(2026, 9, 1)),
    "withdraw": lambda version, by: deciding.withdraw_version(version, by=by, reason="Behövs inte."),
}
ALLOWED = {
    (S.DRAFT, "send"): S.IN_REVIEW,
    (S.DRAFT, "discard"): S.DISCARDED,
    (S.IN_REVIEW, "send_back"): S.DRAFT,
    (S.IN_REVIEW, "decide"): S.DECIDED,
    (S.DECIDED, "withdraw"): S.WITHDRAWN,
    (S.IN_FORCE, "withdraw"): S.WITHDRAWN,
}
WAY = (
    ("send", S.IN_REVIEW),
    ("send_back", S.DRAFT),
    ("send", S.IN_REVIEW),
    ("decide", S.DECIDED),
    ("withdraw", S.WITHDRAWN),
    ("discard", S.DISCARDED),
)
# What each role, held in the unit itself, may do with a document that the enhetschef decides.
WRITE = {"send", "send_back", "discard"}
MAY = {key: set() for key in ROLES} | {
    "social_director": WRITE,
    "quality_developer": WRITE,
    "lawyer": WRITE,
    "medically_responsible": WRITE,
    "unit_manager": {*WRITE, "decide", "withdraw"},
}
OF_THE_COMMITTEE = {"committee_member", "committee_secretary"}


@pytest.fixture
def people(home_care):
    return walks.writer(home_care), walks.decider(home_care)


def test_table_covers_every_move_that_has_a_button():
    assert {*MOVES, *rules.BY_ITSELF} == set(WORKFLOW.by_name)


@pytest.mark.parametrize("state", S)
def test_state_and_move(home_care, people, state):
    version = walks.version_at(state, *people, home_care)

    for move, make in MOVES.items():
        fresh = DocumentVersion.objects.get(pk=version.pk)
        wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(fresh, move))
        with transaction.atomic():
            assert (move, comes_of(make, fresh, people[1])) == (move, wanted)
            transaction.set_rollback(True)


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_move(home_care, people, role, may):
    version = walks.version_at(S.DRAFT, *people, home_care)
    somebody = person("Robin Ask", **{role: home_care.committee if role in OF_THE_COMMITTEE else home_care})

    for move, target in WAY:
        if move == "discard":
            version = operations.revise_document(version.document, by=people[0])
        if move in may:
            MOVES[move](version, somebody)
        else:
            with pytest.raises(PermissionDenied):
                MOVES[move](version, somebody)
            MOVES[move](DocumentVersion.objects.get(pk=version.pk), people[1])
        version.refresh_from_db()
        assert (move, version.state) == (move, target)


def test_the_owner_writes_and_the_reviewer_sends_back_whatever_their_roles(home_care, people):
    below = group(home_care)
    owner, reviewer = (person(name, group_manager=below) for name in ("Olle Ägare", "Rita Läsare"))
    document = walks.start(people[0], home_care, owner_person=owner, reviewer=reviewer)
    version = walks.first(document)

    walks.send(walks.write(version, owner, body="Kortare."), owner)
    operations.send_back_version(version, by=reviewer, reason="För kort.")

    with pytest.raises(PermissionDenied):
        walks.send(version, reviewer)
    assert version.state == S.DRAFT


def test_what_the_committee_decides_is_recorded_by_its_secretary_alone(home_care, people):
    document = walks.start(people[0], home_care, decider_role="")
    version = walks.send(walks.first(document), people[0])
    secretary = person("Siv Ek", committee_secretary=home_care.committee)

    for stranger in people:
        assert "KL 6 kap. 38 §" in rules.obstacle_to_move(version, "decide", by=stranger)
        with pytest.raises(PermissionDenied):
            walks.record(version, stranger)
    with pytest.raises(PermissionDenied):
        walks.decide(version, secretary)
    walks.record(version, secretary)

    assert (version.state, version.decision.committee) == (S.IN_FORCE, home_care.committee)


def test_roles_of_another_committee_move_nothing(home_care, people):
    version = walks.version_at(S.IN_REVIEW, *people, home_care)
    other = unit(committee("Äldrenämnden"))
    stranger = person("Ola Berg", quality_developer=other, unit_manager=other)

    for move in ("send_back", "decide"):
        with pytest.raises(PermissionDenied):
            MOVES[move](version, stranger)


def test_nobody_publishes_by_hand(home_care, people):
    version = walks.version_at(S.DECIDED, *people, home_care)

    with pytest.raises(PermissionDenied):
        deciding.publish_version(version, by=people[1])
    deciding.publish_version(version, by=Person.objects.machine())

    assert version.state == S.IN_FORCE
