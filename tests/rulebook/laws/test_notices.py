import pytest

from hjulet.collaboration.models import Notice
from hjulet.rulebook.laws.models import LawReview
from hjulet.rulebook.laws.notices import tell_of_what_is_asked
from tests.collaboration.clock.rounds import run
from tests.factories import committee, person, unit
from tests.rulebook.agreements.walks import draft
from tests.rulebook.laws.walks import finish, law, provision, supersede

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_care():
    return unit(committee())


@pytest.fixture
def developer(home_care):
    return person("Disa Falk", quality_developer=home_care.committee)


@pytest.fixture
def manager(home_care):
    return person("Karin Ek", unit_manager=home_care)


def told():
    rows = Notice.objects.filter(kind__startswith="law_review").order_by("created_at", "kind", "person__name")
    return [(notice.person.name, notice.kind, str(notice.due_date)) for notice in rows]


def asked(developer, unit, **owner):
    """An agreement rests on a provision that ceases; the review is due on the fifteenth of April."""
    ceases = provision(developer, law(developer))
    draft(developer, unit, provisions=[ceases], **owner)
    return supersede(ceases, developer)


def days(clock, *days):
    for day in days:
        clock.move_to(f"{day} 12:00Z")
        run()
        run()


def test_told_at_once_a_week_before_and_every_week_after_until_it_is_done(home_care, developer, manager, clock):
    [review] = asked(developer, home_care, owner_role="unit_manager")
    days(clock, "2026-04-07", "2026-04-08", "2026-04-15", "2026-04-16", "2026-04-22", "2026-04-23")
    finish(review, manager)
    days(clock, "2026-05-07")

    assert told() == [
        ("Karin Ek", "law_review_asked", "2026-03-16"),
        ("Karin Ek", "law_review_due", "2026-04-15"),
        ("Karin Ek", "law_review_overdue", "2026-04-16"),
        ("Karin Ek", "law_review_overdue", "2026-04-23"),
    ]


def test_after_a_pause_only_what_is_late_is_told(home_care, developer, manager, clock):
    asked(developer, home_care, owner_person=manager)
    days(clock, "2026-06-03")

    assert told() == [
        ("Karin Ek", "law_review_asked", "2026-03-16"),
        ("Karin Ek", "law_review_overdue", "2026-05-28"),
    ]


def test_whoever_changed_the_law_and_what_nobody_owns_need_no_telling(home_care, developer, manager):
    asked(developer, home_care)
    asked_of_self = provision(developer, law(developer, "2025:400"))
    draft(developer, home_care, provisions=[asked_of_self], owner_person=developer)
    supersede(asked_of_self, developer)

    assert (LawReview.objects.count(), told()) == (2, [])


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(home_care, developer, manager, rows, django_assert_num_queries):
    ceases = provision(developer, law(developer))
    for number in range(rows):
        draft(developer, home_care, title=f"Avtal {number}", provisions=[ceases], owner_person=manager)
    reviews = supersede(ceases, developer)
    Notice.objects.all().delete()

    with django_assert_num_queries(7):
        tell_of_what_is_asked(reviews, by=developer)
    assert told() == [("Karin Ek", "law_review_asked", "2026-03-16")] * rows
