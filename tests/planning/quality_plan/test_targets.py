from decimal import Decimal

import pytest

from hjulet.monitoring.self_monitoring.models import Comparator, ResultKind
from hjulet.planning.quality_plan.targets import Target, read_target, result_kind


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        (">=4", ">=4", "minst 4"),
        ("≥ 90 %", ">=90 %", "minst 90 %"),
        ("<=10 %", "<=10 %", "högst 10 %"),
        ("100 %", "100 %", "100 %"),
        ("= 100%", "100 %", "100 %"),
        (">=65", ">=65", "minst 65"),
        (">=4 på 5-gradig skala", ">=4 på 5-gradig skala", "minst 4 på 5-gradig skala"),
        ("≤ 3,50 dagar", "<=3,5 dagar", "högst 3,5 dagar"),
        ("Minst 1.25", ">=1,25", "minst 1,25"),
        ("högst 120", "<=120", "högst 120"),
        ("0", "0", "0"),
    ],
)
def test_a_target_is_read_and_written(text, written, words):
    target = read_target(text)

    assert (str(target), target.in_words, read_target(written)) == (written, words, target)


@pytest.mark.parametrize("text", ["mycket", ">=", "90 % eller 80 %" * 5, "1,2345", ">=1,2,3", "-5", "1234567890"])
def test_what_is_no_target(text):
    with pytest.raises(ValueError, match="är inte ett målvärde"):
        read_target(text)


def test_nothing_is_no_target():
    assert read_target("") is None


@pytest.mark.parametrize(
    ("target", "title", "method", "kind"),
    [
        ("", "Andel nöjda", "Enkät", ResultKind.SHARE),
        ("", "Journaler", "Stickprov", ResultKind.SHARE),
        ("", "Andel besök i tid", "Manuell kontroll", ResultKind.SHARE),
        ("", "Rutinen finns", "Manuell kontroll", ResultKind.JUDGEMENT),
        (">=90 %", "Rutinen följs", "Manuell kontroll", ResultKind.SHARE),
        (">=120 %", "Utfall mot budget", "Manuell kontroll", ResultKind.VALUE),
        (">=4 på 5-gradig skala", "Andel nöjda", "Enkät", ResultKind.VALUE),
    ],
)
def test_what_the_result_is_counted_in(target, title, method, kind):
    assert result_kind(read_target(target), title=title, method=method) == kind


def test_a_target_as_stored_is_written_without_the_zeros_of_the_database():
    assert str(Target(Comparator.AT_LEAST, Decimal("100.000"), "%")) == ">=100 %"
