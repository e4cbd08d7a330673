from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import NamedField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import ModelForm, RevisedModelForm
from hjulet.organisation.people.models import Person
from hjulet.organisation.units.models import Unit, UnitKind
from hjulet.organisation.units.queries import units_managed_by

KINDS = [(kind.value, kind.label) for kind in UnitKind if kind != UnitKind.MUNICIPALITY]


FROM_A_FILE = _("Behövs bara om organisationen läses in från en fil: då känns enheten igen på det.")


class DayForm(forms.Form):
    """Which day's organisation to show."""

    day = DateField(label=_("Visa organisationen den"), required=False)


class EstablishForm(ModelForm):
    kind = forms.ChoiceField(label=_("Slag"), choices=KINDS)
    valid_from = DateField(label=_("Gäller från"), initial=timezone.localdate)

    class Meta:
        model = Unit
        fields = ["parent", "kind", "name", "code", "external_id", "valid_from"]
        field_classes = {"parent": NamedField}
        help_texts = {"code": _("Till exempel kostnadsställe. Kan lämnas tom."), "external_id": FROM_A_FILE}

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units_managed_by(person)
        self.fields["parent"].required = True


class ChangeForm(RevisedModelForm):
    class Meta:
        model = Unit
        fields = ["name", "code", "external_id"]
        help_texts = {
            "name": _(
                "Rätta det som är fel skrivet. Byter enheten namn planerar du ett namnbyte, så att äldre uppgifter behåller det gamla namnet."
            ),
            "external_id": FROM_A_FILE,
        }
