from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import Form
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.rulebook.exchange.folders import files_in_zip


class ImportForm(Form):
    committee = forms.ModelChoiceField(Unit.objects.none(), label=_("Nämnd"), empty_label=None)
    file = forms.FileField(
        label=_("Zip-fil"),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    check = forms.BooleanField(
        label=_("Kontrollera bara, spara inget"), required=False, initial=True, widget=forms.CheckboxInput
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(person, Permission.RULEBOOK_EDIT).committees()
        self.fields["file"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            _("En mapp med dokument och innehållsförteckningen innehall.xlsx, packad som zip."),
            reverse("exchange:template"),
            _("Hämta en tom innehållsförteckning"),
        )
        self.fields["committee"].queryset = reach.order_by("name")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        file = typed.pop("file", None)
        return typed | {"files": files_in_zip(file.read()) if file else {}}
