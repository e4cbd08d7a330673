from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person, Unit
from hjulet.reporting.wheel.queries import committees_of


class WheelChoice(forms.Form):
    """Which nämnd and which year; what is not the person's to choose falls back to the first nämnd and this year."""

    namnd = forms.ChoiceField(label=_("Nämnd"), required=False)
    ar = forms.IntegerField(label=_("År"), required=False, min_value=2000, max_value=2100)

    def __init__(self, data, *, person: Person):
        self.committees = {str(unit.pk): unit for unit in committees_of(person)}
        this_year = timezone.localdate().year
        super().__init__({"namnd": next(iter(self.committees), ""), "ar": this_year} | data.dict())
        self.fields["namnd"].choices = [(key, unit.name) for key, unit in self.committees.items()]
        self.full_clean()
        self.year: int = self.cleaned_data.get("ar") or this_year
        chosen = self.cleaned_data.get("namnd", "")
        self.committee: Unit | None = self.committees.get(chosen) or next(iter(self.committees.values()), None)
