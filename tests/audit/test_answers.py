"""What has been counted is kept until something is logged that may have changed it."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from hjulet.audit import operations as audit
from hjulet.audit.answers import Answers
from hjulet.audit.models import Chain
from hjulet.base.statements import Statements, in_one_row
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units import operations as units
from tests.factories import committee, municipality, person

TODAY = date(2026, 3, 16)

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers():
    return Answers("organisation", most=2)


@pytest.fixture
def administrator():
    return person("Ada Lind", system_administrator=municipality())


@pytest.fixture
def logged(administrator):
    """Something has been logged, or nothing can be kept."""
    audit.record("person.changed", by=administrator, target=administrator)
    return administrator


def number_of(model, *, statements=Statements(10)):  # noqa: B008 - one for all
    return statements.rows((model,), lambda: in_one_row(model.objects.all(), number=Count("pk")))


def asked(answers, *questions):
    """The answers, and how many statements they took; the first looks at the log."""
    with CaptureQueriesContext(connection) as said:
        found = answers.to(*questions)
    return [row for rows in found for row in rows], len(said)


def test_what_has_been_counted_is_not_counted_again(answers, logged):
    assert asked(answers, number_of(Unit), number_of(Person)) == ([(1,), (2,)], 3)
    assert asked(answers, number_of(Unit), number_of(Person)) == ([(1,), (2,)], 1)


def test_what_is_logged_of_the_app_makes_it_be_counted_again(answers, logged):
    asked(answers, number_of(Unit))
    units.establish_unit(by=logged, parent=Unit.objects.get(), kind="committee", name="Vård", valid_from=TODAY)

    assert asked(answers, number_of(Unit)) == ([(2,)], 2)
    assert asked(answers, number_of(Unit)) == ([(2,)], 1)


def test_what_is_logged_of_another_app_does_not(answers, logged):
    asked(answers, number_of(Unit))
    for _time in range(2):
        audit.record("library.installed", by=logged, target=Chain.objects.get())
        assert asked(answers, number_of(Unit)) == ([(1,)], 1)


def test_nothing_is_kept_before_anything_is_logged(answers, administrator):
    assert [asked(answers, number_of(Unit)) for _time in range(2)] == [([(1,)], 2)] * 2


def test_another_log_of_the_same_length_is_another_log(answers, logged):
    """As after an act that was taken back, or a backup that was read back in."""
    with transaction.atomic():
        committee()
        audit.record("unit.added", by=logged, target=Unit.objects.first())
        assert asked(answers, number_of(Unit))[0] == [(2,)]
        transaction.set_rollback(True)
    audit.record("unit.closed", by=logged, target=Unit.objects.first())

    assert asked(answers, number_of(Unit))[0] == [(1,)]


def test_what_is_counted_while_another_looks_is_not_kept(answers, logged):
    """The other has seen more of the log: what the first counted may be older than that."""
    before = answers.look()
    audit.record("unit.changed", by=logged, target=Unit.objects.get())
    answers.look()

    answers.answer(number_of(Unit), before)

    assert asked(answers, number_of(Unit)) == ([(1,)], 2)


def test_only_the_last_are_kept(answers, logged):
    asked(answers, number_of(Unit), number_of(Person), number_of(Chain))

    assert asked(answers, number_of(Person), number_of(Chain)) == ([(2,), (1,)], 1)
    assert asked(answers, number_of(Unit)) == ([(1,)], 2)


def test_what_can_find_nothing_is_not_asked(answers, logged):
    nothing = Statements(1).rows(("none",), lambda: in_one_row(Unit.objects.filter(pk__in=()), number=Count("pk")))

    assert asked(answers, nothing) == ([], 1)
