from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.uploads import SeenFileForm
from hjulet.organisation.importing.result import Ended

CHOICES = [
    (Ended.UNITS.value, _("Stäng enheter")),
    (Ended.PEOPLE.value, _("Avsluta personer: deras roller slutar i dag och inloggningen stängs")),
    (Ended.ROLES.value, _("Avsluta roller som personerna i filen har här men inte i filen")),
]


class OrganisationFileForm(SeenFileForm):
    end = forms.MultipleChoiceField(
        label=_("Vad ska hända med det som har ett id här men inte finns i filen?"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Väljer du inget räknas det bara upp."),
    )
    give_passwords = forms.BooleanField(
        label=_("Ge nya personer engångslösenord"),
        required=False,
        help_text=_("De visas en gång, när filen är inläst. Annars kan de nya inte logga in än."),
    )

    field_order = ["file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Excel- eller CSV-fil")
        self.fields["file"].help_text = _("Bladen Enheter och Personer, eller ett av dem som CSV. Högst 2 MB.")
        self.fields["file"].error_messages["required"] = _("Välj en fil.")
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"
