from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import ModelForm
from hjulet.collaboration.saved_views.models import SavedView
from hjulet.collaboration.saved_views.queries import units_to_share_with
from hjulet.organisation.models import Person


class ViewForm(ModelForm):
    address = forms.CharField(widget=forms.HiddenInput, max_length=4000)

    class Meta:
        model = SavedView
        fields = ["name", "shared_with"]
        help_texts = {
            "name": _("Till exempel ”Röda risker i hemtjänsten”."),
            "shared_with": _("Alla som har en roll där ser vyn. Var och en ser bara de rader som personen får se."),
        }

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shared_with"].queryset = units_to_share_with(person)
        self.fields["shared_with"].empty_label = _("Ingen, bara för mig")
