import copy
from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.registers.operations import save_register_row
from hjulet.library.models import InstalledRow
from hjulet.library.operations import initialise, install, install_library
from hjulet.library.shipped import shipped
from hjulet.library.states import Standing as S
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.people.operations import add_person, choose_own_password
from hjulet.organisation.roles.operations import assign_role
from hjulet.planning.models import GoalLevel, PlanTextTemplate, RiskMatrix
from hjulet.planning.risk_matrix.operations import draft_matrix
from hjulet.planning.risk_matrix.queries import matrix_in_force
from hjulet.rulebook.models import QualityArea
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS
from tests.factories import committee, municipality, person
from tests.library.shelf import ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine():
    return Person.objects.machine()


@pytest.fixture
def administrator():
    return person("Siv Sys", system_administrator=municipality())


@pytest.fixture
def library():
    """A copy that a test may change."""
    return copy.deepcopy(shipped("socialtjanst"))


def test_a_row_of_the_same_name_is_the_municipality_s_own(machine, administrator):
    own = save_register_row(
        QualityArea(),
        by=administrator,
        register=QUALITY_AREAS,
        name="Trygghet och säkerhet",
        explanation="Våra ord.",
        order=1,
        valid_from=date(2020, 1, 1),
        valid_to=None,
    )

    first = install_library("socialtjanst", by=machine)
    second = install_library("socialtjanst", by=machine)

    own.refresh_from_db()
    assert (first.counts[S.KEPT], second.counts[S.KEPT]) == (1, 1)
    assert (own.explanation, QualityArea.objects.count()) == ("Våra ord.", 6)
    assert PlanTextTemplate.objects.get(key="safety").quality_area == own


def test_a_matrix_of_one_s_own_is_not_exchanged(machine, administrator, library):
    draft_matrix(by=administrator)

    report = install(library, by=machine)

    assert (report.counts[S.KEPT], RiskMatrix.objects.count(), matrix_in_force()) == (1, 1, None)


def test_nothing_is_installed_when_one_row_cannot_be(machine, library):
    library.sections["action_types"][9]["name"] = library.sections["action_types"][0]["name"]
    library.sections["action_types"][9]["key"] = "another"
    library.sections["goal_levels"][4]["order"] = 1

    with pytest.raises(ValidationError):
        install(library, by=machine)

    assert (GoalLevel.objects.count(), InstalledRow.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("role", "may"), [("system_administrator", True), ("quality_developer", True), ("auditor", False)]
)
def test_whoever_keeps_the_registers_may_install(role, may):
    somebody = person("Robin Ask", **{role: committee()})

    if may:
        assert install_library("socialtjanst", by=somebody).counts[S.NEW] == ROWS
    else:
        with pytest.raises(PermissionDenied):
            install_library("socialtjanst", by=somebody)


def begin(by, **given):
    return initialise(
        **{"by": by, "municipality": "Ekliden", "committees": ["Socialnämnden"], "administrator": "siv@example.org"}
        | given
    )


def test_initialise_gives_places_library_and_an_administrator(machine):
    begun = begin(machine, committees=["Socialnämnden", "Äldrenämnden"])

    held = begun.administrator.role_assignments.get()
    assert [(unit.name, unit.kind) for unit in Unit.objects.order_by("pk")] == [
        ("Ekliden", "municipality"),
        ("Socialnämnden", "committee"),
        ("Äldrenämnden", "committee"),
    ]
    assert begun.report.counts == Counter({S.NEW: ROWS})
    assert (held.role, held.unit, held.valid_to) == ("system_administrator", begun.municipality, None)
    assert (begun.administrator.must_change_password, begun.administrator.check_password(begun.password)) == (
        True,
        True,
    )


def test_the_first_administrator_gets_others_going(machine):
    begun = begin(machine)
    first = choose_own_password(begun.administrator, by=begun.administrator, password="en lång lösenfras för prov")

    developer, _password = add_person(by=first, name="Disa Falk", email="disa@example.org")
    assign_role(
        by=first, person=developer, role="quality_developer", unit=begun.committees[0], valid_from=date(2026, 3, 16)
    )

    assert [held.role for held in developer.role_assignments.all()] == ["quality_developer"]


def test_initialise_is_done_once(machine):
    begin(machine)
    before = Event.objects.count()

    with pytest.raises(Refused) as refusal:
        begin(machine, municipality="Annan", administrator="annan@example.org")

    assert (refusal.value.sentence, Event.objects.count()) == ("Kommunen finns redan: Ekliden.", before)


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        ({"committees": ["Nämnden", "Nämnden"]}, ["Nämnden ”Nämnden” är angiven två gånger."]),
        ({"administrator": "siv"}, ["Fyll i en giltig e-postadress."]),
        ({"municipality": ""}, ["Detta fält får inte vara tomt."]),
    ],
)
def test_initialise_makes_everything_or_nothing(machine, given, sentences):
    with pytest.raises(ValidationError) as error:
        begin(machine, **given)

    assert (error.value.messages, Unit.objects.count(), QualityArea.objects.count()) == (sentences, 0, 0)


def test_only_the_machine_initialises(administrator):
    with pytest.raises(PermissionDenied):
        begin(administrator)
