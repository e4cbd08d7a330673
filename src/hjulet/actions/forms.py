import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action, ActionType, Effect, EffectCheck, ProgressNote
from hjulet.actions.states import ActionState
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.filters import YearFilter
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.base.parts import PartFilter
from hjulet.organisation.choices import PersonField, ReachFilters, UnitField, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.owner_forms import SharedOwnerForm
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach


class ActionForm(RevisedModelForm):
    due_date = DateField(label=_("Klart senast"), required=False)
    effect_due_date = DateField(
        label=_("Effekten bedöms senast"),
        required=False,
        help_text=_("Ge åtgärden tid att verka innan du bedömer om den hjälpte."),
    )

    class Meta:
        model = Action
        fields = ["title", "description", "type", "owner_person", "owner_role", "due_date", "effect_due_date"]
        field_classes = {"owner_person": PersonField}
        help_texts = {"owner_person": _("Välj en person, eller en roll i enheten.")}

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.ACTIONS_READ)


class NewActionForm(ActionForm):
    """A new action also says where it belongs; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(label=_("Enhet"))

    field_order = ["unit"]

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.ACTIONS_EDIT)


class ManyActionsForm(SharedOwnerForm):
    READ = Permission.ACTIONS_READ

    due_date = DateField(label=_("Klart senast"), required=False)


class ProgressForm(ModelForm):
    class Meta:
        model = ProgressNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class CompleteForm(Form):
    result = forms.CharField(
        label=_("Resultat"),
        help_text=_("Vad är gjort och vad ledde det till?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    completed_date = DateField(label=_("Genomförd"), initial=timezone.localdate)


class EffectForm(ModelForm):
    effect = forms.ChoiceField(label=_("Fick åtgärden effekt?"), choices=Effect, widget=forms.RadioSelect)
    checked_date = DateField(label=_("Bedömd"), initial=timezone.localdate)

    class Meta:
        model = EffectCheck
        fields = ["effect", "evidence", "checked_date"]
        help_texts = {"evidence": _("Till exempel resultat från egenkontroll, enkät eller statistik.")}


class ActionFilters(ReachFilters):
    READ = Permission.ACTIONS_READ
    more = ("year", "due_from", "due_to", "type", "ownerless")

    q = PartFilter("title", label=_("Sök i rubriken"))
    state = django_filters.ChoiceFilter(choices=ActionState, label=_("Läge"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    year = YearFilter(field_name="due_date__year", label=_("Klart senast under år"))
    due_from = django_filters.DateFilter(
        field_name="due_date",
        lookup_expr="gte",
        label=_("Klar från och med"),
        widget=forms.DateInput(format="%Y-%m-%d"),
    )
    due_to = django_filters.DateFilter(
        field_name="due_date",
        lookup_expr="lte",
        label=_("Klar till och med"),
        widget=forms.DateInput(format="%Y-%m-%d"),
    )
    type = django_filters.ModelChoiceFilter(queryset=ActionType.objects.all(), label=_("Typ"), empty_label=_("Alla"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    overdue = django_filters.BooleanFilter(method="only_overdue", label=_("Bara försenade"), widget=forms.CheckboxInput)
    ownerless = django_filters.BooleanFilter(
        method="only_ownerless", label=_("Bara utan ansvarig"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Action
        fields = []

    def only_overdue(self, rows, name, value):
        return rows.overdue(timezone.localdate()) if value else rows

    def only_ownerless(self, rows, name, value):
        return rows.open().filter(owner_person=None, owner_role="") if value else rows
