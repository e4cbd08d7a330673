"""What a result says: whether the target is reached, how sure that is, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.monitoring.self_monitoring.models import Judgement, Occurrence, ResultKind
from hjulet.statistics import intervals
from hjulet.statistics.disclosure import Gate
from hjulet.statistics.intervals import Interval
from hjulet.statistics.rounding import shown
from hjulet.statistics.targets import Certainty, Measured, Status, Target, Verdict, judge

GATE: Final = Gate()
FEWEST_FOR_A_TREND: Final = 5
FEWEST_FOR_AN_EFFECT: Final = 12

WORDS: Final = {
    Status.MET: gettext_lazy("Uppnått"),
    Status.NOT_MET: gettext_lazy("Ej uppnått"),
    Status.NO_TARGET: gettext_lazy("Inget mål satt"),
    Status.NOT_MEASURED: gettext_lazy("Ej mätt"),
    Status.TOO_FEW: gettext_lazy("För få granskade"),
}
COLORS: Final = {Status.MET: "success", Status.NOT_MET: "danger"}
JUDGED: Final = {
    Judgement.FULFILLED: (Status.MET, "success"),
    Judgement.PARTLY: (Status.NOT_MET, "warning"),
    Judgement.NOT_FULFILLED: (Status.NOT_MET, "danger"),
}


@dataclass(frozen=True)
class Outcome:
    """One result against its target. `figure` is empty where none may or can be shown; `note` says what to mind."""

    status: Status
    certainty: Certainty | None
    words: str
    figure: str
    color: str
    note: str = ""


def outcome_of(occurrence: Occurrence) -> Outcome:
    """The verdict, from unrounded figures and the target of the day the result was recorded."""
    if occurrence.judgement:
        status, color = JUDGED[Judgement(occurrence.judgement)]
        return Outcome(status, None, str(occurrence.get_judgement_display()), "", color)
    measured = measured_in(occurrence)
    verdict = judge(measured, target_of(occurrence))
    return Outcome(
        status=verdict.status,
        certainty=verdict.certainty,
        words=verdict_in_words(verdict, measured, occurrence),
        figure=figure_of(occurrence, verdict),
        color=COLORS.get(verdict.status, "neutral"),
        note=note_on(verdict, measured, occurrence),
    )


def measured_in(occurrence: Occurrence) -> Measured | None:
    """The figure in the control's measure, shares in percent; None when there is none (missing is not zero)."""
    if occurrence.value is not None:
        return Measured(float(occurrence.value))
    if occurrence.share is None:
        return None
    ends = intervals.share(occurrence.fulfilled_count, occurrence.checked_count)
    return Measured(
        value=float(occurrence.share),
        total=occurrence.checked_count,
        interval=Interval(ends.lower * 100, ends.upper * 100),
        is_exact=occurrence.is_census,
    )


def target_of(occurrence: Occurrence) -> Target | None:
    return None if occurrence.target is None else Target(occurrence.comparator, float(occurrence.target))


def verdict_in_words(verdict: Verdict, measured: Measured | None, occurrence: Occurrence) -> str:
    if verdict.certainty != Certainty.UNCERTAIN or measured is None:
        return str(WORDS[verdict.status])
    if verdict.status == Status.NOT_MET:
        return _("Ej uppnått men inom felmarginalen")
    return _("Uppnått men osäkert (felmarginal %(margin)s)") % {"margin": margin(measured, occurrence)}


def note_on(verdict: Verdict, measured: Measured | None, occurrence: Occurrence) -> str:
    """What the words of the verdict leave unsaid about its certainty."""
    if measured is None or verdict.status == Status.TOO_FEW or measured.is_exact:
        return ""
    if measured.total is None:
        return _("Osäkerheten kan inte beräknas.")
    if occurrence.fulfilled_count == occurrence.checked_count:
        return _("Inga brister bland %(total)d granskade, men upp till %(most)d %% kan inte uteslutas.") % {
            "total": measured.total,
            "most": ceil(intervals.misses_not_excluded(measured.total) * 100),
        }
    if verdict == Verdict(Status.MET, Certainty.UNCERTAIN):
        return ""
    return _("Felmarginal %(margin)s.") % {"margin": margin(measured, occurrence)}


def figure_of(occurrence: Occurrence, verdict: Verdict) -> str:
    figure = occurrence.share if occurrence.value is None else occurrence.value
    if figure is None or verdict.status == Status.TOO_FEW:
        return ""
    return f"{number(figure, occurrence.target)} {occurrence.control.measure}".strip()


def margin(measured: Measured, occurrence: Occurrence) -> str:
    ends = (measured.interval.lower, measured.interval.upper) if measured.interval else ()
    return "–".join(number(Decimal(end), occurrence.target) for end in ends) + "\u00a0%"


def number(value: Decimal, target: Decimal | None = None) -> str:
    """Rounded so that it never contradicts the verdict, with a decimal comma."""
    return number_format(shown(value, target))


def told(occurrence: Occurrence, *, exactly: bool) -> dict[str, str]:
    """What was recorded, by label; small counts only `exactly` for those who may see the cases themselves."""
    numbers = {"checked_count", "fulfilled_count"}
    hidden = not exactly and occurrence.checked_count is not None and not GATE.lets_through(occurrence.checked_count)
    fields = ["checked_count", "fulfilled_count", "is_census"] if occurrence.checked_count is not None else []
    fields += [name for name in ("value", "judgement", "done_date", "evidence", "finding") if has(occurrence, name)]
    return {
        label(name): _("visas inte, färre än %(least)d") % {"least": GATE.threshold}
        if hidden and name in numbers
        else in_words(occurrence, name)
        for name in fields
    }


def has(occurrence: Occurrence, name: str) -> bool:
    return getattr(occurrence, name) not in {None, ""}


def in_words(occurrence: Occurrence, name: str) -> str:
    value = getattr(occurrence, name)
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, Decimal):
        return f"{number_format(value.normalize())} {occurrence.control.measure}".strip()
    return str(occurrence.get_judgement_display() if name == "judgement" else value)


def label(name: str) -> str:
    words = str(Occurrence._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def development(done: Sequence[Occurrence]) -> list[str]:
    """What may be said of a row of results, oldest first: never a trend, and of a change only what chance allows."""
    sentences = []
    if len(done) > 1:
        sentences.append(change(done[-2], done[-1]))
    if len(done) < FEWEST_FOR_A_TREND:
        sentences.append(_("Det är för få mätningar för att säga något om en utveckling."))
    return [sentence for sentence in sentences if sentence]


def change(earlier: Occurrence, later: Occurrence) -> str:
    """How the last result differs from the one before; empty where no honest figure can be given."""
    ends = (earlier, later)
    if later.control.result_kind != ResultKind.SHARE or any(not GATE.lets_through(end.checked_count) for end in ends):
        return ""
    between = intervals.difference_of_shares(
        later.fulfilled_count, later.checked_count, earlier.fulfilled_count, earlier.checked_count
    )
    figures = {
        "change": signed(later.share - earlier.share),
        "lower": signed(Decimal(between.lower) * 100),
        "upper": signed(Decimal(between.upper) * 100),
    }
    if 0 in between:
        return (
            _(
                "Sedan förra gången: %(change)s procentenheter (felmarginal %(lower)s till %(upper)s). "
                "Förändringen är inte större än vad slumpen brukar ge."
            )
            % figures
        )
    return (
        _(
            "Sedan förra gången: %(change)s procentenheter (felmarginal %(lower)s till %(upper)s). "
            "Förändringen är större än vad slumpen brukar ge."
        )
        % figures
    )


def signed(value: Decimal) -> str:
    short = shown(value)
    return f"{'+' if short > 0 else '−' if short < 0 else ''}{number_format(abs(short))}"
