"""The layers of the year beside what is told one by one, and the page that lists what a number stands for."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hjulet.actions.states import ActionState


class Layer(models.TextChoices):
    DUTIES = "duties", _("Årsuppgifter")
    CONTROLS = "controls", _("Egenkontroller")
    MEASUREMENTS = "measurements", _("Mätningar av nyckeltal")
    ACTIONS = "actions", _("Åtgärder som ska vara klara")
    EFFECTS = "effects", _("Effekter som ska bedömas")


# Told as a number for each month.
MONTHLY = (Layer.CONTROLS, Layer.MEASUREMENTS, Layer.ACTIONS, Layer.EFFECTS)
PAGES = {Layer.CONTROLS: "self_monitoring:occurrences", Layer.MEASUREMENTS: "indicators:measurements"}


def rows_of(layer: Layer, year: int, month: int, *, unit: int, only_mine: bool) -> str:
    """The list behind a number of a month; for effects all that wait, since no list knows their day."""
    ends = {"due_from": date(year, month, 1), "due_to": date(year, month, monthrange(year, month)[1])}
    asked: dict[str, Any] = {"unit": unit} | ends | ({"mine": "on"} if only_mine else {})
    if layer == Layer.EFFECTS:
        asked = {"unit": unit, "state": ActionState.DONE.value}
    return f"{reverse(PAGES.get(layer, 'actions:list'))}?{urlencode(asked)}"
