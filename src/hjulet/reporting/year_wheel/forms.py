from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.monitoring.recurring_duties.models import DutyKind
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.roles import role_choices
from hjulet.reporting.wheel.queries import committees_of
from hjulet.reporting.year_wheel.counting import Asked
from hjulet.reporting.year_wheel.queries import units_of


class OtherKind(TextChoices):
    """What stands in the year beside the duties of its own register."""

    CONTROLS = "controls", _("Egenkontroll")
    MEASUREMENTS = "measurements", _("Mätning av nyckeltal")
    PLANNING = "planning", _("Riskanalys, plan och uppföljning")
    AGREEMENTS = "agreements", _("Avtal")


class YearChoice(forms.Form):
    """Which nämnd, which year and what of it; what is not the person's to choose falls back to all there is."""

    namnd = forms.ChoiceField(label=_("Nämnd"), required=False)
    ar = forms.IntegerField(label=_("År"), required=False, min_value=2000, max_value=2100)
    enhet = forms.ChoiceField(label=_("Enhet och under den"), required=False)
    slag = forms.ChoiceField(
        label=_("Slag"), required=False, choices=[("", _("Alla")), *DutyKind.choices, *OtherKind.choices]
    )
    roll = forms.ChoiceField(label=_("Ansvarig roll"), required=False)
    mina = forms.BooleanField(label=_("Bara mina"), required=False)
    atgarder = forms.BooleanField(label=_("Visa åtgärder också"), required=False)

    def __init__(self, data, *, person: Person):
        self.committees = {str(unit.pk): unit for unit in committees_of(person)}
        this_year = timezone.localdate().year
        super().__init__({"namnd": next(iter(self.committees), ""), "ar": this_year} | data.dict())
        chosen = self.data.get("namnd", "")
        self.committee: Unit | None = self.committees.get(chosen) or next(iter(self.committees.values()), None)
        units = {str(unit.pk): unit for unit in units_of(person, self.committee)} if self.committee else {}
        self.fields["namnd"].choices = [(key, unit.name) for key, unit in self.committees.items()]
        self.fields["enhet"].choices = [("", _("Alla")), *((key, unit.name) for key, unit in units.items())]
        self.fields["roll"].choices = [("", _("Alla")), *role_choices()]
        self.full_clean()
        given = self.cleaned_data
        self.year: int = given.get("ar") or this_year
        kind = given.get("slag", "")
        self.asked = Asked(
            unit=units.get(given.get("enhet", "")),
            duty_kind=kind if kind in DutyKind else "",
            role=given.get("roll", ""),
            only_mine=given.get("mina", False),
            has_duties=kind not in OtherKind,
            has_controls=kind in {"", OtherKind.CONTROLS},
            has_measurements=kind in {"", OtherKind.MEASUREMENTS},
            has_planning=kind in {"", OtherKind.PLANNING},
            has_agreements=kind in {"", OtherKind.AGREEMENTS},
            has_actions=given.get("atgarder", False),
        )
