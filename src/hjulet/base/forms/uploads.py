"""A file that is tried before it is taken in: what was tried comes back inside the form."""

import base64
import binascii

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import Form
from hjulet.base.intake.reading import MOST_BYTES


class FileForm(Form):
    """A chosen file is tried first; what was tried comes back inside the form and is then taken in for real."""

    file = forms.FileField(
        label=_("Excel-fil"),
        help_text=_("En .xlsx-fil, högst 2 MB."),
        error_messages={"required": _("Välj en Excel-fil.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    tried = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("tried")

    @property
    def packed(self) -> str:
        """What was tried, to be sent again."""
        return packed(self.cleaned_data["content"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(_("Filen är för stor. Den får vara högst 2 MB."))
        return file

    def clean(self) -> dict:
        data = super().clean()
        file, tried = data.pop("file", None), data.pop("tried", "")
        return data | {"content": file.read() if file else unpacked(tried), "check": bool(file)}


class SeenFileForm(FileForm):
    """Also carries what the person was shown of the trial: something else is not done without being shown first."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


def packed(content: bytes) -> str:
    """A file as it travels in a form between the trial and the import: nothing is kept on the server meanwhile."""
    return base64.b64encode(content).decode()


def unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValidationError(_("Filen kom inte fram hel. Välj den igen.")) from error
