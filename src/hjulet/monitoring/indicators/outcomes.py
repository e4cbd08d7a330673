"""What a measurement says: whether the target is reached, how sure that is, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget
from hjulet.monitoring.indicators.parts import Figures
from hjulet.monitoring.indicators.scales import IndicatorKind, Operator
from hjulet.statistics import intervals
from hjulet.statistics.disclosure import Gate
from hjulet.statistics.intervals import Interval
from hjulet.statistics.rounding import shown
from hjulet.statistics.targets import Band, Certainty, Measured, Status, Target, Verdict, judge

FEWEST_FOR_A_LINE: Final = 5

WORDS: Final = {
    Status.MET: gettext_lazy("Uppnått"),
    Status.NOT_MET: gettext_lazy("Ej uppnått"),
    Status.NO_TARGET: gettext_lazy("Inget mål satt"),
    Status.NOT_MEASURED: gettext_lazy("Ej mätt"),
    Status.TOO_FEW: gettext_lazy("För få svar"),
}
COLORS: Final = {Status.MET: "success", Status.NOT_MET: "danger"}


@dataclass(frozen=True)
class Outcome:
    """One measurement against its target. `figure` and `margin` are empty where none may or can be shown.

    `is_near` says that the target is missed by no more than the tolerance that was decided: that is no uncertainty.
    """

    status: Status
    certainty: Certainty | None
    words: str
    figure: str
    color: str
    margin: str = ""
    note: str = ""
    is_near: bool = False


def outcome_of(figures: Figures) -> Outcome:
    """The verdict, from unrounded figures and the target that held for the period."""
    indicator, target = figures.indicator, figures.target
    value, measured = figures.figure, measured_in(figures)
    verdict = Verdict(Status.TOO_FEW) if is_hidden(figures) else judge(measured, aim_of(target), minimum=1)
    is_shown = value is not None and verdict.status != Status.TOO_FEW
    margin = margin_of(measured, target) if is_shown else ""
    return Outcome(
        status=verdict.status,
        certainty=verdict.certainty,
        words=verdict_in_words(verdict, margin),
        figure=f"{number(value, target)} {indicator.measure}".strip() if is_shown else "",
        color=COLORS.get(verdict.status, "neutral"),
        margin=margin,
        note=note_on(verdict, figures, measured) if is_shown else "",
        is_near=verdict.status == Status.NOT_MET and is_near(value, target),
    )


def gate_of(indicator: Indicator) -> Gate | None:
    """None where the figures are about no people."""
    return Gate(indicator.smallest) if indicator.smallest is not None else None


def is_hidden(figures: Figures) -> bool:
    """Whether so few stand behind the figure that somebody could be recognised: nothing that follows of it is told."""
    gate = gate_of(figures.indicator)
    if gate is None or figures.figure is None:
        return False
    if figures.indicator.kind == IndicatorKind.COUNT:
        return gate.hides(int(figures.figure))
    return figures.total is not None and not gate.lets_through(figures.total)


def measured_in(figures: Figures) -> Measured | None:
    """The figure in the indicator's measure with its interval; None when there is none (missing is not zero)."""
    value = figures.figure
    if value is None:
        return None
    is_count = figures.indicator.kind == IndicatorKind.COUNT
    return Measured(
        value=float(value),
        total=None if is_count else figures.total,
        interval=interval_of(figures, float(value)),
        is_exact=is_count or (figures.is_census and figures.count is not None),
    )


def interval_of(figures: Figures, value: float) -> Interval | None:
    """Of shares and answered scales; of a percentage alone when the number it rests on is known."""
    if figures.answers:
        return intervals.mean(figures.answers)
    if figures.indicator.kind != IndicatorKind.SHARE or not figures.total:
        return None
    count = figures.count if figures.count is not None else round(value / 100 * figures.total)
    ends = intervals.share(count, figures.total)
    return Interval(min(ends.lower * 100, value), max(ends.upper * 100, value))


def aim_of(target: IndicatorTarget | None) -> Target | Band | None:
    if target is None:
        return None
    if target.upper is not None:
        return Band(float(target.value), float(target.upper))
    return Target(target.operator, float(target.value))


def is_near(value: Decimal | None, target: IndicatorTarget | None) -> bool:
    if value is None or target is None or target.tolerance is None:
        return False
    return min(abs(value - end) for end in ends_of(target)) <= target.tolerance


def ends_of(target: IndicatorTarget) -> list[Decimal]:
    return [end for end in (target.value, target.upper) if end is not None]


def verdict_in_words(verdict: Verdict, margin: str) -> str:
    if verdict.certainty != Certainty.UNCERTAIN:
        return str(WORDS[verdict.status])
    if verdict.status == Status.NOT_MET:
        return _("Ej uppnått men inom felmarginalen")
    return _("Uppnått men osäkert (felmarginal %(margin)s)") % {"margin": margin}


def note_on(verdict: Verdict, figures: Figures, measured: Measured | None) -> str:
    """What the words of the verdict leave unsaid about its certainty."""
    if measured is None or measured.is_exact:
        return ""
    if measured.interval is None:
        return _("Osäkerheten kan inte beräknas.")
    if figures.count is not None and figures.count == figures.total:
        return _("Inga avvikelser bland %(total)d, men upp till %(most)d %% kan inte uteslutas.") % {
            "total": figures.total,
            "most": ceil(intervals.misses_not_excluded(figures.total) * 100),
        }
    if verdict == Verdict(Status.MET, Certainty.UNCERTAIN):
        return ""
    return _("Felmarginal %(margin)s.") % {"margin": margin_of(measured, figures.target)}


def margin_of(measured: Measured | None, target: IndicatorTarget | None) -> str:
    if measured is None or measured.interval is None or measured.is_exact:
        return ""
    ends = (measured.interval.lower, measured.interval.upper)
    return "–".join(number(Decimal(end), target) for end in ends)


def number(value: Decimal, target: IndicatorTarget | None = None) -> str:
    """Rounded so that it never contradicts the verdict, with a decimal comma."""
    ends = ends_of(target) if target else []
    return number_format(shown(value, min(ends, key=lambda end: abs(value - end), default=None)))


def target_in_words(target: IndicatorTarget) -> str:
    """As in "minst 90 %" and "från 2 till 4 dagar"."""
    if target.operator == Operator.BETWEEN and target.upper is not None:
        ends = {"lower": plain(target.value), "upper": plain(target.upper), "measure": target.measure}
        return _("från %(lower)s till %(upper)s %(measure)s") % ends
    return f"{target.get_operator_display()} {plain(target.value)} {target.measure}".strip()


def plain(value: Decimal) -> str:
    """Without the zeros that the database adds."""
    short = value.normalize()
    return number_format(short.quantize(Decimal(1)) if short == short.to_integral_value() else short)


def development(measured: Sequence[Figures]) -> list[str]:
    """What may be said of a row of figures, oldest first: never a trend, and of a change only what chance allows."""
    sentences = [change(measured[-2], measured[-1])] if len(measured) > 1 else []
    if len(measured) < FEWEST_FOR_A_LINE:
        sentences.append(_("Det är för få mätningar för att säga något om en utveckling."))
    return [sentence for sentence in sentences if sentence]


def change(earlier: Figures, later: Figures) -> str:
    """How the last figure differs from the one before; empty where no honest figure can be given."""
    if is_hidden(earlier) or is_hidden(later):
        return ""
    before, now = measured_in(earlier), measured_in(later)
    if before is None or now is None or earlier.figure is None or later.figure is None:
        return ""
    said = {"change": signed(later.figure - earlier.figure), "measure": measure_of_change(later.indicator)}
    if before.interval is None or now.interval is None:
        said["sure"] = "" if before.is_exact and now.is_exact else _("Osäkerheten kan inte beräknas.")
        return (_("Sedan förra mätningen: %(change)s %(measure)s. %(sure)s") % said).strip()
    between = intervals.difference(now.value, now.interval, before.value, before.interval)
    said |= {"lower": signed(Decimal(between.lower)), "upper": signed(Decimal(between.upper))}
    begins = _("Sedan förra mätningen: %(change)s %(measure)s (felmarginal %(lower)s till %(upper)s).") % said
    if 0 in between:
        return f"{begins} {_('Förändringen är inte större än vad slumpen brukar ge.')}"
    return f"{begins} {_('Förändringen är större än vad slumpen brukar ge.')}"


def measure_of_change(indicator: Indicator) -> str:
    """Shares differ by percentage points, means by steps of their scale."""
    kind = indicator.kind
    if kind == IndicatorKind.SHARE:
        return _("procentenheter")
    return _("steg på skalan") if kind in {IndicatorKind.MEAN, IndicatorKind.INDEX} else indicator.measure


def signed(value: Decimal) -> str:
    """With two decimals where one would hide the whole change."""
    short = shown(value, Decimal(0))
    return f"{'+' if short > 0 else '−' if short < 0 else ''}{number_format(abs(short))}"
