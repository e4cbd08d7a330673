from datetime import date

import pytest

from hjulet.organisation.models import Unit
from hjulet.organisation.roles.queries import assignments_of
from hjulet.organisation.units.queries import tree, unit_page, units_managed_by, units_visible_to
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)


def names(branches):
    return [(branch.name, names(branch.children)) for branch in branches]


def test_the_tree_nests_and_sorts_as_swedish_does(django_assert_num_queries):
    committee = factories.committee("Socialnämnden")
    for name in ("Örnen", "Älgen", "Åsen", "zebran", "Adlern"):
        unit = factories.unit(committee, name)
    factories.group(unit, "Grupp 1")
    factories.provider("Omsorg Exempel AB")
    auditor = factories.person("Rut Revisor", auditor=factories.municipality())

    assignments_of(auditor)  # read once per request, before any page begins

    with django_assert_num_queries(1):
        branches = tree(auditor, DAY)

    assert names(branches) == [
        (
            "Ekliden",
            [
                (
                    "Socialnämnden",
                    [("Adlern", [("Grupp 1", [])]), ("zebran", []), ("Åsen", []), ("Älgen", []), ("Örnen", [])],
                ),
                ("Omsorg Exempel AB", []),
            ],
        )
    ]


def test_the_tree_is_that_of_the_day():
    unit = factories.unit(factories.committee())
    Unit.objects.filter(pk=unit.pk).update(valid_to=date(2025, 12, 31))
    auditor = factories.person("Rut Revisor", auditor=factories.municipality())

    assert names(tree(auditor, date(2025, 12, 31))) == [("Ekliden", [("Socialnämnden", [("Hemtjänst Norr", [])])])]
    assert names(tree(auditor, date(2026, 1, 1))) == [("Ekliden", [("Socialnämnden", [])])]
    assert names(tree(auditor, date(2019, 12, 31))) == []


def test_the_tree_ends_at_the_own_committee():
    own, other = factories.committee("Socialnämnden"), factories.committee("Skolnämnden")
    unit = factories.unit(own)
    factories.unit(other, "Skola")
    employee = factories.person("Mia Medarbetare", employee=unit)

    assert names(tree(employee, DAY)) == [("Socialnämnden", [("Hemtjänst Norr", [])])]


def test_a_person_without_role_sees_nothing():
    factories.committee()

    assert names(tree(factories.person(), DAY)) == []
    assert list(units_visible_to(factories.person("Ola Utan"))) == []


def test_the_page_of_a_unit_shows_what_stands_above_and_below_and_who_works_there():
    committee = factories.committee()
    unit = factories.unit(committee)
    open_group, closed_group = factories.group(unit, "Dag"), factories.group(unit, "Natt")
    Unit.objects.filter(pk=closed_group.pk).update(valid_to=date(2026, 1, 1))
    manager = factories.person("Eva Chef", unit_manager=unit)
    factories.assign(factories.person("Förra chefen"), "unit_manager", unit, valid_to=date(2025, 1, 1))

    page = unit_page(manager, unit)

    assert (page.above, page.children, page.may_manage) == ([committee], [open_group], False)
    assert [(held.person, held.role) for held in page.assignments] == [(manager, "unit_manager")]
    assert page.obstacle_to_changing is None
    assert [version.name for version in page.versions] == ["Hemtjänst Norr"]


def test_an_administrator_reads_on_the_page_why_a_unit_cannot_be_changed():
    unit = factories.unit(factories.committee())
    Unit.objects.filter(pk=unit.pk).update(valid_to=date(2026, 1, 1))
    unit.refresh_from_db()
    administrator = factories.person("Siv System", system_administrator=factories.municipality())

    page = unit_page(administrator, unit)

    assert (page.may_manage, page.obstacle_to_changing) == (True, "Hemtjänst Norr är stängd och kan inte ändras.")


def test_new_units_are_placed_under_open_ones_that_one_manages():
    own, other = factories.committee("Socialnämnden"), factories.committee("Skolnämnden")
    open_unit, closed = factories.unit(own, "Öppen"), factories.unit(own, "Stängd")
    Unit.objects.filter(pk=closed.pk).update(valid_to=date(2026, 1, 1))
    factories.unit(other)
    administrator = factories.person("Siv System", system_administrator=own)

    assert list(units_managed_by(administrator)) == [own, open_unit]
