from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.collaboration.registers.queries import latest_version
from hjulet.rulebook.laws import operations
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview
from hjulet.rulebook.laws.queries import governed_by, in_words, laws_visible_to, provisions_visible_to
from hjulet.rulebook.laws.registers import LAWS
from tests.factories import committee, person, unit
from tests.rulebook.laws.walks import LATER, TODAY, YESTERDAY, judged, law, provision, supersede

pytestmark = pytest.mark.django_db


def test_a_new_law_is_a_version_with_a_key_of_its_own(developer):
    first, second = law(developer), law(developer, "2025:400")

    assert (first.key, second.key) == ("sol-2001453", "sol-2025400")
    assert (str(first), first.certainty, latest_version(LAWS, first)) == ("SoL (2001:453)", "unverified", 1)
    assert Event.objects.filter(verb="law.added").count() == 2


def test_provisions_of_authorities_are_cited_by_series_and_number(developer):
    of = law(developer, "2011:9", series="SOSFS", title="Ledningssystem", short="", kind="provisions")

    assert (str(of), str(provision(developer, of, "3 kap. 1 §"))) == (
        "SOSFS 2011:9 Ledningssystem",
        "3 kap. 1 § SOSFS 2011:9",
    )


def test_a_change_keeps_the_reason_and_what_it_was(developer):
    changed = operations.change_law(
        law(developer), by=developer, revision=1, reason="Fel namn.", short="SoL, den äldre"
    )

    event = Event.objects.get(verb="law.changed")
    assert (changed.short, event.before, event.after) == (
        "SoL, den äldre",
        {"short": "SoL"},
        {"short": "SoL, den äldre"},
    )
    assert latest_version(LAWS, changed) == 2


def test_two_do_not_write_over_each_other(developer):
    standing = law(developer)
    operations.change_law(standing, by=developer, revision=1, short="A")

    with pytest.raises(EditConflict):
        operations.change_law(standing, by=developer, revision=1, short="B")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("lawyer", True),
        ("quality_developer", True),
        ("unit_manager", False),
        ("auditor", False),
        ("system_administrator", False),
        ("social_director", False),
    ],
)
def test_who_may_edit(board, developer, role, may):
    standing = law(developer)
    somebody = person("Robin Ask", **{role: board})

    if may:
        assert operations.change_law(standing, by=somebody, revision=1, short="X").short == "X"
    else:
        with pytest.raises(PermissionDenied):
            operations.change_law(standing, by=somebody, revision=1, short="X")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "Slutdatum ska vara samma dag som startdatum eller senare.",
        ),
        (
            {"valid_to": date(2026, 1, 1), "ended_some_day": True},
            "Ange antingen den sista dagen eller att dagen inte är kontrollerad.",
        ),
        ({"link": "http://example.org/lag"}, "Fyll i en giltig URL."),
    ],
)
def test_nonsense_is_refused(developer, values, sentence):
    with pytest.raises(ValidationError) as error:
        law(developer, **values)
    assert error.value.messages == [sentence]


def test_what_has_a_successor_has_ended(developer):
    with pytest.raises(ValidationError) as error:
        law(developer, successor=law(developer, "2025:400"))
    assert error.value.messages == ["Det som har ersatts gäller inte längre. Ange när det upphörde."]


def test_the_database_refuses_a_law_that_succeeds_itself(developer):
    standing = law(developer)
    with pytest.raises(IntegrityError):
        Law.objects.filter(pk=standing.pk).update(successor=standing, ended_some_day=True)


def test_a_check_is_dated_and_may_say_that_the_law_was_read(developer):
    standing = law(developer)

    operations.check_law(
        standing, by=developer, checked_date=TODAY, comment="Läst.", certainty="verified", next_review_date=LATER
    )

    standing.refresh_from_db()
    assert (standing.certainty, standing.reviewed_date, standing.next_review_date) == ("verified", TODAY, LATER)
    assert [(check.comment, check.by) for check in standing.checks.all()] == [("Läst.", developer)]
    assert Event.objects.filter(verb="law.gone_through").count() == 1


def test_a_check_of_tomorrow_or_with_a_next_before_it_is_refused(developer):
    standing, said = law(developer), {"comment": "Läst.", "certainty": "unverified"}
    with pytest.raises(ValidationError):
        operations.check_law(standing, by=developer, checked_date=LATER, **said)
    with pytest.raises(ValidationError):
        operations.check_law(standing, by=developer, checked_date=TODAY, next_review_date=YESTERDAY, **said)
    assert LawCheck.objects.count() == 0


def test_checks_are_written_once(developer):
    standing = law(developer)
    operations.check_law(standing, by=developer, checked_date=TODAY, comment="Läst.", certainty="unverified")
    with pytest.raises(IntegrityError):
        LawCheck.objects.update(comment="Annat.")


def test_what_points_to_a_provision_that_ceases_is_to_be_gone_through(board, developer):
    old, new = (law(developer, number) for number in ("2001:453", "2025:400"))
    was, now = provision(developer, old), provision(developer, new, "5 kap. 1 §")
    judgement = judged(developer, board, was)
    judged(developer, board, now)

    [review] = supersede(was, developer, now)

    assert (review.of, review.target, review.unit, review.owner_person) == (was, judgement, board, developer)
    assert (review.title, review.due_date) == (str(judgement), LATER)
    was.refresh_from_db()
    assert in_words(was) == "3 kap. 3 § SoL (2001:453) (gäller inte längre; nu gäller 5 kap. 1 § SoL (2025:400))"
    assert Event.objects.get(verb="provision.superseded").after["reviews"] == 1


def test_a_law_that_ceases_takes_its_provisions_with_it(board, developer):
    old, new = (law(developer, number) for number in ("2001:453", "2025:400"))
    was = provision(developer, old)
    judged(developer, board, was)

    [review] = operations.supersede_law(
        old, by=developer, valid_to=YESTERDAY, reason="Ny lag.", due_date=LATER, successor=new
    )

    standing = provisions_visible_to(developer).get(pk=was.pk)
    assert (review.of, standing.has_ended, standing.follower) == (old, True, new)
    assert list(provisions_visible_to(developer).on(TODAY)) == []
    assert list(provisions_visible_to(developer).ended(TODAY)) == [standing]
    assert list(laws_visible_to(developer).on(TODAY)) == [new]


def test_only_the_last_word_is_gone_through(board, developer):
    asked = provision(developer, law(developer))
    judged(developer, board, asked)
    latest = judged(developer, board, asked, "partly")

    assert [review.target for review in supersede(asked, developer)] == [latest]


def test_what_has_ceased_does_not_cease_again(developer):
    asked = provision(developer, law(developer))
    supersede(asked, developer)

    with pytest.raises(Refused) as refusal:
        supersede(asked, developer)

    assert refusal.value.sentence == "3 kap. 3 § SoL (2001:453) gäller redan inte längre."


def test_a_reason_is_needed_to_supersede(developer):
    asked = provision(developer, law(developer))
    with pytest.raises(ValidationError):
        operations.supersede_provision(asked, by=developer, valid_to=YESTERDAY, reason=" ", due_date=LATER)


def test_what_points_is_shown_to_those_who_may_see_it(board, developer):
    asked = provision(developer, law(developer))
    judgement = judged(developer, board, asked)
    elsewhere = person("Ida Öst", quality_developer=committee("Äldrenämnden"))

    assert [(str(kind.name), kind.rows) for kind in governed_by(developer, asked)] == [
        ("Bedömningar av krav", [judgement])
    ]
    assert [kind.rows for kind in governed_by(developer, asked.law)] == [[judgement]]
    assert governed_by(elsewhere, asked) == []


def test_whoever_has_no_place_reads_no_laws(board, developer):
    law(developer)
    assert list(laws_visible_to(person("Ingen Roll"))) == []
    assert laws_visible_to(person("Ali Strand", employee=unit(board))).count() == 1


def test_nobody_elsewhere_sees_the_review(board, developer):
    asked = provision(developer, law(developer))
    judged(developer, board, asked)
    supersede(asked, developer)

    elsewhere = person("Ida Öst", quality_developer=committee("Äldrenämnden"))
    assert (LawReview.objects.visible_to(developer).count(), LawReview.objects.visible_to(elsewhere).count()) == (1, 0)
