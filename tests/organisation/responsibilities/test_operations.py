from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.organisation.models import AreaResponsibility
from hjulet.organisation.responsibilities import operations
from hjulet.organisation.responsibilities.queries import responsibilities_visible_to
from hjulet.organisation.units.operations import close_unit
from tests import factories
from tests.organisation.reorganisations.walks import TODAY, done_today, home, merged
from tests.organisation.responsibilities.walks import answer, area

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer(committee):
    return factories.person("Kim Kvalitet", quality_developer=committee)


def test_a_role_answers_for_an_area(committee, developer):
    accessibility = area()

    responsibility = answer(developer, accessibility, committee, follows_up=True, comment=" Med webben. ")

    assert str(responsibility) == "Tillgänglighet: Socialdirektör"
    assert responsibility.marks == [True, True, False, True, False, False]
    assert (responsibility.in_words, responsibility.comment) == ("Planera, leda, följa upp", "Med webben.")
    assert Event.objects.values_list("verb", "unit_id").get() == ("arearesponsibility.given", committee.pk)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("quality_developer", True),
        ("committee_secretary", False),
        ("social_director", False),
        ("unit_manager", False),
        ("employee", False),
    ],
)
def test_who_says_who_answers(committee, role, may):
    """Whoever keeps the registers of the nämnd, wherever in it the role is held."""
    person = factories.person("Någon", **{role: factories.unit(committee)})

    if may:
        assert answer(person, area(), committee).unit == committee
    else:
        with pytest.raises(PermissionDenied):
            answer(person, area(), committee)


def test_not_in_another_committee_nor_in_the_whole_municipality(committee, developer):
    for place in (factories.committee("Äldrenämnden"), factories.municipality()):
        with pytest.raises(PermissionDenied):
            answer(developer, area(str(place), place.pk), place)


def test_somebody_answers_for_something_and_once(committee, developer):
    accessibility = area()

    with pytest.raises(ValidationError, match="Välj minst en sak som rollen ansvarar för"):
        answer(developer, accessibility, committee, plans=False, leads=False)
    responsibility = answer(developer, accessibility, committee)
    with pytest.raises(ValidationError, match="Rollen ansvarar redan för området där"):
        answer(developer, accessibility, committee)
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaResponsibility.objects.filter(pk=responsibility.pk).update(plans=False, leads=False)


def test_nothing_begins_in_what_is_over(committee, developer):
    gone = area("Gammalt", 2, valid_to=date(2025, 12, 31))
    with pytest.raises(Refused, match="Området Gammalt gäller inte längre"):
        answer(developer, gone, committee)

    closed = factories.unit(committee)
    administrator = factories.person("Siv", system_administrator=factories.municipality())
    close_unit(closed, by=administrator, revision=1, valid_to=date(2026, 3, 15))
    with pytest.raises(Refused, match="Hemtjänst Norr är stängd"):
        answer(developer, area(), closed)


def test_it_is_changed_and_ended(committee, developer):
    responsibility = answer(developer, area(), committee)

    operations.change_responsibility(responsibility, by=developer, revision=1, role="unit_manager", leads=False)
    assert (responsibility.role, responsibility.marks) == ("unit_manager", [True, False, False, False, False, False])
    with pytest.raises(EditConflict):
        operations.change_responsibility(responsibility, by=developer, revision=1, role="employee")
    with pytest.raises(Refused, match="Sista dagen kan inte vara före den första"):
        operations.end_responsibility(responsibility, by=developer, valid_to=date(2025, 12, 31))

    operations.end_responsibility(responsibility, by=developer, valid_to=date(2026, 3, 15))

    assert list(AreaResponsibility.objects.on(date(2026, 3, 15))) == [responsibility]
    assert list(AreaResponsibility.objects.on(date(2026, 3, 16))) == []
    for move in (
        lambda: operations.change_responsibility(responsibility, by=developer, revision=3, role="employee"),
        lambda: operations.end_responsibility(responsibility, by=developer, valid_to=date(2026, 3, 20)),
    ):
        with pytest.raises(Refused, match="Ansvaret är avslutat: sista dagen är 2026-03-15"):
            move()


def test_it_is_seen_within_the_committee(committee, developer):
    responsibility = answer(developer, area(), committee)

    assert list(responsibilities_visible_to(factories.person("Mia", employee=factories.unit(committee)))) == [
        responsibility
    ]
    assert list(responsibilities_visible_to(factories.person("Ola", employee=factories.committee("Annan")))) == []


def test_it_follows_when_its_unit_is_merged():
    place = home()
    responsibility = answer(place.developer, area(), place.north, role="unit_manager")
    second = answer(place.developer, responsibility.area, place.south, role="unit_manager")

    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)

    for row in (responsibility, second):
        row.refresh_from_db()
        assert row.valid_to == date(2026, 3, 15)
    there = AreaResponsibility.objects.get(valid_to=None)
    assert (there.unit.name, there.area, there.role, there.valid_from, there.marks) == (
        "Hemtjänsten",
        responsibility.area,
        "unit_manager",
        TODAY,
        responsibility.marks,
    )


def test_it_ends_with_a_unit_that_nobody_takes_over():
    place = home()
    responsibility = answer(place.developer, area(), place.north, role="unit_manager")

    operations.relocate_responsibility(responsibility, by=place.administrator, to=None, day=TODAY)

    assert list(AreaResponsibility.objects.filter(valid_to=None)) == []
