"""One field of each kind, in the gallery and nowhere else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField, DecimalField, MarkdownField

LEVELS = [("low", _("Låg")), ("middle", _("Måttlig")), ("high", _("Hög"))]


class EveryField(forms.Form):
    name = forms.CharField(label=_("Rubrik"), max_length=120, help_text=_("Säg kort vad det handlar om."))
    email = forms.EmailField(label=_("E-postadress"), required=False)
    due_date = DateField(label=_("Klart senast"))
    target = DecimalField(label=_("Målvärde i procent"), required=False, min_value=0, max_value=100)
    area = forms.ChoiceField(label=_("Kvalitetsområde"), choices=[("", _("Välj område")), *LEVELS], required=False)
    level = forms.ChoiceField(
        label=_("Sannolikhet"),
        choices=LEVELS,
        widget=forms.RadioSelect,
        help_text=_("Hur troligt är det att det händer i år?"),
    )
    sources = forms.MultipleChoiceField(
        label=_("Varifrån vet vi det?"),
        choices=[("deviation", _("Avvikelser")), ("survey", _("Enkät")), ("law", _("Ny lag"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("Orsak"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv inga namn eller personnummer."),
    )
    text = MarkdownField(label=_("Text i planen"), required=False)
    attachment = forms.FileField(label=_("Bilaga"), required=False, help_text=_("PDF, Word, Excel eller bild."))
    is_public = forms.BooleanField(label=_("Visa för alla i förvaltningen"), required=False)


class RiskFilter(forms.Form):
    query = forms.CharField(label=_("Sök"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    level = forms.ChoiceField(label=_("Nivå"), choices=[("", _("Alla nivåer")), *LEVELS], required=False)
    late = forms.BooleanField(label=_("Bara försenade"), required=False)
