from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form
from hjulet.organisation.deputies.queries import possible_deputies
from hjulet.organisation.models import Person, RoleAssignment


class DeputyForm(Form):
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Ersättare"),
        empty_label=_("Välj en person"),
        help_text=_("Personen får samma rättigheter som rollen ger, och ser det som väntar på rollen."),
    )
    valid_from = DateField(label=_("Från och med"), initial=timezone.localdate)
    valid_to = DateField(label=_("Till och med"), help_text=_("Ersättarskapet slutar av sig självt efter den dagen."))

    def __init__(self, *args, by: Person, assignment: RoleAssignment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = possible_deputies(by, assignment)
