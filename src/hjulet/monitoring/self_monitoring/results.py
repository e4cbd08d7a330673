"""What a result consists of, by the kind of result that the control asks for."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.monitoring.self_monitoring.models import Occurrence, ResultKind

ASKED: Final = {
    ResultKind.SHARE: {"checked_count", "fulfilled_count", "is_census"},
    ResultKind.VALUE: {"value"},
    ResultKind.JUDGEMENT: {"judgement"},
}
NOTHING: Final = {"checked_count": None, "fulfilled_count": None, "is_census": False, "value": None, "judgement": ""}
RECORDED: Final = (*NOTHING, "done_date", "evidence", "finding")


def require_result(occurrence: Occurrence, result: dict[str, Any]) -> None:
    """ValidationError by field unless the result is whole, of the control's kind, and from a day that can be."""
    asked = ASKED[ResultKind(occurrence.control.result_kind)]
    errors = {}
    for name, nothing in NOTHING.items():
        if name not in asked and result[name] != nothing:
            errors[name] = _("Det här hör inte till hur egenkontrollens resultat anges.")
        if name in asked and result[name] == nothing and name != "is_census":
            errors[name] = _("Fyll i det här.")
    if result["checked_count"] == 0:
        errors["checked_count"] = _("Minst ett ska vara granskat. Fanns inget att granska: markera som inte aktuell.")
    if not occurrence.period_start <= result["done_date"] <= timezone.localdate():
        errors["done_date"] = _("Välj en dag från %(first)s till i dag.") % {"first": occurrence.period_start}
    if errors:
        raise ValidationError(errors)
