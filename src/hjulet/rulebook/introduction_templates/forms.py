from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SoughtField
from hjulet.base.forms.performing import ModelForm, RevisedModelForm
from hjulet.organisation.choices import Filters
from hjulet.organisation.models import Person, Unit
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate, TemplatePoint
from hjulet.rulebook.introduction_templates.queries import documents_to_read, units_to_lead_in
from hjulet.rulebook.introduction_templates.states import Work


class TemplateForm(RevisedModelForm):
    class Meta:
        model = IntroductionTemplate
        fields = ["name", "role"]
        help_texts = {"name": _("Skriv vilket arbete introduktionen gäller, till exempel ”Undersköterska, natt”.")}


class NewTemplateForm(TemplateForm):
    revision = None
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Enhet"))
    work = forms.ChoiceField(
        label=_("Börja med punkterna för"),
        required=False,
        choices=[("", _("Inga, jag skriver egna")), *Work.choices],
        help_text=_("Du kan ändra, ta bort och lägga till efteråt."),
    )

    field_order = ["unit"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_lead_in(person)


class PointFields(forms.ModelForm):
    document = SoughtField(
        GoverningDocument.objects.none(),
        label=_("Dokument att läsa"),
        required=False,
        help_text=_("Punkten är klar för medarbetaren när dokumentet är läst."),
    )

    class Meta:
        model = TemplatePoint
        fields = ["text", "kind", "document", "legal_basis", "signed_by", "days", "order"]
        help_texts = {
            "text": _("Skriv funktioner, inte namn: ”Träffa enhetens skyddsombud”."),
            "days": _("Räknat från den första dagen."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents_to_read(person)


class NewPointForm(PointFields, ModelForm):
    pass


class PointForm(PointFields, RevisedModelForm):
    pass


class TemplateFilters(Filters):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Sök"))

    class Meta:
        model = IntroductionTemplate
        fields = []
