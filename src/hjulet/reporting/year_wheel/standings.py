"""How something of the year stands today, whichever part of the product owns it."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """The most urgent first, as the picture draws them."""

    LATE = "late", _("Försenad")
    BEGUN = "begun", _("Tiden har börjat")
    COMING = "coming", _("Kommande")
    DONE = "done", _("Gjord")
    SET_ASIDE = "set_aside", _("Inte aktuell")


COLORS: dict[str, str] = {
    Standing.LATE: "danger",
    Standing.BEGUN: "warning",
    Standing.COMING: "info",
    Standing.DONE: "success",
    Standing.SET_ASIDE: "neutral",
}

# What is drawn and counted: what is not applicable asks nothing of the year.
COUNTED = (Standing.LATE, Standing.BEGUN, Standing.COMING, Standing.DONE)


def standing_of(*, is_done: bool, begins: date, due: date, today: date) -> Standing:
    if is_done:
        return Standing.DONE
    if due < today:
        return Standing.LATE
    return Standing.BEGUN if begins <= today else Standing.COMING


def standing_in_sql(*, done: Q, begun: Q, late: Q) -> Case:
    """The same question asked of many rows at once; the conditions are tried in this order."""
    cases: tuple[tuple[Q, Any], ...] = ((done, Standing.DONE), (late, Standing.LATE), (begun, Standing.BEGUN))
    return Case(
        *(When(condition, then=Value(standing.value)) for condition, standing in cases),
        default=Value(Standing.COMING.value),
        output_field=CharField(),
    )
