"""What a measurement consists of, by the kind of indicator: which fields belong, and what they can hold."""

from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.monitoring.indicators.models import Indicator
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.rules import obstacle_to_figure
from hjulet.monitoring.indicators.scales import IndicatorKind

NOTHING: Final[dict[str, Any]] = {"count": None, "total": None, "value": None, "answers": [], "is_census": False}
ASKED: Final = {
    IndicatorKind.SHARE: {"count", "total", "value", "is_census"},
    IndicatorKind.MEAN: {"answers", "value", "total"},
    IndicatorKind.INDEX: {"value", "total"},
    IndicatorKind.COUNT: {"value"},
    IndicatorKind.TIME: {"value", "total"},
    IndicatorKind.NUMBER: {"value", "total"},
}
RECORDED: Final = (*NOTHING, "comment", "measured_date")
TO_FOUR_PLACES: Final = Decimal("0.0001")
LARGEST: Final = 2_000_000_000


def whole(figures: dict[str, Any]) -> dict[str, Any]:
    """With the mean and the number of the answers beside the answers themselves."""
    answers = figures["answers"] = list(figures["answers"])
    if not any(answers):
        return figures | {"answers": []}
    mean = Decimal(sum(step * given for step, given in enumerate(answers, 1))) / sum(answers)
    return figures | {"value": mean.quantize(TO_FOUR_PLACES), "total": sum(answers)}


def require_figures(measurement: Measurement, figures: dict[str, Any]) -> None:
    """ValidationError by field unless the figures are whole, of the indicator's kind, and from a day that can be."""
    indicator = measurement.indicator
    errors = foreign(indicator, figures) or missing(indicator, figures) or impossible(indicator, figures)
    if not measurement.period_start <= figures["measured_date"] <= timezone.localdate():
        errors["measured_date"] = _("Välj en dag från %(first)s till i dag.") % {"first": measurement.period_start}
    if errors:
        raise ValidationError(errors)


def foreign(indicator: Indicator, figures: dict[str, Any]) -> dict[str, str]:
    asked = ASKED[IndicatorKind(indicator.kind)]
    others = {name for name, nothing in NOTHING.items() if name not in asked and figures[name] != nothing}
    return dict.fromkeys(sorted(others), _("Det här hör inte till hur nyckeltalet mäts."))


def missing(indicator: Indicator, figures: dict[str, Any]) -> dict[str, str]:
    """A share has both its parts, or the percentage alone; a mean its answers, or the mean alone."""
    if indicator.kind == IndicatorKind.SHARE and figures["count"] is not None:
        if figures["value"] is not None:
            return {"value": _("Fyll i antalen eller andelen, inte båda.")}
        return {} if figures["total"] else {"total": _("Minst en ska ha räknats. Fanns ingen: markera som ej mätt.")}
    if indicator.kind == IndicatorKind.MEAN and figures["answers"]:
        return {}
    if figures["value"] is None:
        return {main_field(indicator): _("Fyll i det här.")}
    if figures["is_census"]:
        return {"is_census": _("Bara när antalen är ifyllda går det att säga att alla är räknade.")}
    if figures["total"] == 0:
        return {"total": _("Minst ett svar ska finnas. Fanns inget: markera som ej mätt.")}
    return {}


def main_field(indicator: Indicator) -> str:
    return "count" if indicator.kind == IndicatorKind.SHARE else "value"


def impossible(indicator: Indicator, figures: dict[str, Any]) -> dict[str, str]:
    answers = figures["answers"]
    if answers and (len(answers) != indicator.scale_steps or min(answers) < 0 or sum(answers) > LARGEST):
        return {"answers": _("Ange hur många som svarade varje steg på skalan.")}
    if figures["count"] is not None and figures["count"] > figures["total"]:
        return {"count": _("Högst så många som räknades: %(total)s.") % {"total": figures["total"]}}
    if figures["value"] is not None and (obstacle := obstacle_to_figure(indicator, Decimal(figures["value"]))):
        return {"value": obstacle}
    return {}
