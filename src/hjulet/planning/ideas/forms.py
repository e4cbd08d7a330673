from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import ModelForm, RevisedModelForm
from hjulet.organisation.choices import ReachFilters, UnitFilter
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.ideas.models import Idea
from hjulet.planning.ideas.queries import units_to_propose_in
from hjulet.planning.ideas.states import IdeaState
from hjulet.planning.leads.prefilled import LeadActionForm


class ProposeForm(ModelForm):
    """Three questions; whoever works in several units is asked in which of them, too."""

    class Meta:
        model = Idea
        fields = ["title", "why", "place"]
        labels = {
            "title": _("Vad vill du förbättra?"),
            "why": _("Varför?"),
            "place": _("Var gäller det?"),
        }
        widgets = {"why": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("En mening räcker. Skriv inga namn på enskilda."),
            "why": _("Vad fungerar inte i dag, eller vad skulle bli bättre?"),
            "place": _("Till exempel en plats, en grupp eller ett arbetsmoment."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.units = units_to_propose_in(person)
        if len(self.units) != 1:
            choices = [("", "–"), *((unit.pk, unit.name) for unit in self.units)]
            self.fields["unit"] = forms.TypedChoiceField(
                label=_("I vilken enhet?"), choices=choices, coerce=self.unit_of
            )

    def unit_of(self, key: str) -> Unit:
        return next(unit for unit in self.units if str(unit.pk) == str(key))

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        return typed if "unit" in self.fields else typed | {"unit": self.units[0]}


class IdeaForm(RevisedModelForm):
    class Meta(ProposeForm.Meta):
        pass


class AcceptForm(LeadActionForm):
    """The answer first: it is what whoever proposed it gets to read."""

    answer = forms.CharField(
        label=_("Ditt svar till den som föreslog"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("Sedan följer åtgärden som idén blir."),
    )

    field_order = ["answer"]


class IdeaFilters(ReachFilters):
    READ = Permission.IDEAS_READ

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Sök"))
    state = django_filters.ChoiceFilter(choices=IdeaState, label=_("Läge"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    late = django_filters.BooleanFilter(
        method="only_late", label=_("Bara utan svar fast dagen har gått"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Idea
        fields = []

    def only_mine(self, rows, name, value):
        return rows.filter(proposed_by=self.request.user) if value else rows

    def only_late(self, rows, name, value):
        return rows.unanswered().filter(answer_by_date__lt=timezone.localdate()) if value else rows
