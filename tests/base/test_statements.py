from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hjulet.base.statements import OPEN, Statements, beside
from hjulet.organisation.models import RoleAssignment, Unit
from tests.factories import assign, committee, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return Statements(2)


def one(rows):
    return lambda: rows.filter(pk=OPEN)


def test_a_question_is_made_once_and_asked_about_one_row_at_a_time(kept, home_care):
    other = unit(home_care.parent, name="Hemtjänst Syd")
    assert [row.name for row in kept.rows(("unit",), one(Unit.objects.all()), about=home_care.pk)] == [home_care.name]

    assert [row.name for row in kept.rows(("unit",), one(Unit.objects.all()), about=other.pk)] == ["Hemtjänst Syd"]
    assert list(kept.rows(("unit",), one(Unit.objects.all()), about=0)) == []
    assert list(kept.rows(("unit",), one(Unit.objects.all()), about=10**20)) == []


def test_what_is_asked_is_read_anew_each_time(kept, home_care):
    ask = one(Unit.objects.all())
    assert [row.name for row in kept.rows(("unit",), ask, about=home_care.pk)] == [home_care.name]

    Unit.objects.filter(pk=home_care.pk).update(name="Hemtjänst Öst")

    assert [row.name for row in kept.rows(("unit",), ask, about=home_care.pk)] == ["Hemtjänst Öst"]


def test_rows_come_with_what_was_selected_beside_them(kept, home_care):
    someone = person()
    assign(someone, "unit_manager", home_care)
    ask = one(RoleAssignment.objects.select_related("unit", "person"))
    pk = RoleAssignment.objects.get(person=someone).pk
    list(kept.rows(("role",), ask, about=pk))

    with CaptureQueriesContext(connection) as said:
        [held] = kept.rows(("role",), ask, about=pk)
        assert (held.unit.name, held.person.name, type(held.valid_from)) == (home_care.name, someone.name, date)
    assert len(said) == 1


def test_rows_of_values_and_of_several_questions(kept, home_care):
    units = Unit.objects.order_by().values_list("name", "valid_from")
    ask = lambda: units.filter(kind="unit").union(units.filter(kind="committee")).order_by("name")  # noqa: E731
    expected = sorted((row.name, row.valid_from) for row in (home_care, home_care.parent))

    assert list(kept.rows(("both",), ask)) == expected
    assert list(kept.rows(("both",), ask)) == expected


def test_what_can_find_nothing_asks_nothing(kept):
    for _time in range(2):
        with CaptureQueriesContext(connection) as said:
            assert list(kept.rows(("nothing",), lambda: Unit.objects.filter(pk__in=()))) == []
        assert len(said) == 0


def test_the_last_are_kept_and_the_compiler_of_a_thing_asked_for_is_shared(kept, home_care):
    for name in ("a", "b", "a", "c"):
        list(kept.rows(("named", name), lambda name=name: Unit.objects.filter(name=name)))

    assert list(kept.kept) == [("named", "a"), ("named", "c")]
    a, c = (rows.query for rows in kept.kept.values())
    assert (a.compiler is c.compiler, a.sql is c.sql) == (True, True)
    assert (a.parameters, c.parameters) == (("a",), ("c",))
    list(kept.rows(("other", "a"), lambda: Unit.objects.filter(name="a").prefetch_related("children")))
    assert kept.kept["other", "a"].query.compiler is not c.compiler


def test_a_number_is_counted_anew_each_time_in_the_same_words(kept, home_care):
    count = Unit.objects.filter(kind="unit").values("pk")[:3].count
    assert [kept.number(("units",), count) for _time in range(2)] == [1, 1]

    for name in ("Syd", "Öst", "Väst"):
        unit(home_care.parent, name=name)

    with CaptureQueriesContext(connection) as said:
        assert kept.number(("units",), count) == 3
    assert len(said) == 1
    assert [kept.number(("none",), lambda: Unit.objects.filter(pk__in=()).count()) for _time in range(2)] == [0, 0]


def test_what_has_no_key_is_asked_and_not_kept(kept, home_care):
    assert list(kept.rows(None, lambda: Unit.objects.filter(pk=home_care.pk))) == [home_care]
    assert kept.number(None, Unit.objects.filter(pk=home_care.pk).count) == 1
    assert not kept.kept


def test_a_second_reading_does_not_see_what_the_first_has_read(kept, home_care):
    ask = lambda: Unit.objects.order_by("pk")  # noqa: E731
    first = kept.rows(("units",), ask)
    count = len(first)
    committee(name="Kulturnämnden")

    assert len(kept.rows(("units",), ask)) == count + 1
    assert len(first) == count


def test_the_test_run_finds_what_a_key_does_not_say(kept, clock, home_care):
    ask = lambda: Unit.objects.filter(valid_from__lte=date.today())  # noqa: E731, DTZ011
    list(kept.rows(("today",), ask))
    list(kept.rows(("today",), ask))

    clock.shift(timedelta(days=1))

    with pytest.raises(AssertionError, match="kept too long: .*today"):
        kept.rows(("today",), ask)


def test_the_test_run_finds_what_is_read_while_a_question_is_made(kept, home_care):
    ask = lambda: Unit.objects.filter(pk__in=list(Unit.objects.values_list("pk", flat=True)))  # noqa: E731
    list(kept.rows(("read",), ask))

    with pytest.raises(AssertionError, match="read while a question was put together"):
        kept.rows(("read",), ask)


def test_what_belongs_to_a_row_is_the_same_as_its_own_manager_gives(home_care):
    people = [person("Anna Ek"), person("Bo Ek"), person("Ingen Alls")]
    for someone in people[:2]:
        assign(someone, "employee", home_care)
        assign(someone, "unit_manager", home_care.parent)

    found = [list(beside(someone, "role_assignments")) for someone in people]

    assert found == [list(someone.role_assignments.all()) for someone in people]
    assert [len(held) for held in found] == [2, 2, 0]
