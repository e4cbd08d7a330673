from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.organisation.choices import PersonField, ReachFilters, UnitField, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.planning.competence.models import GATE, MOST, Competence, CompetenceNeed


class NeedForm(RevisedModelForm):
    """The plan; the figures are counted, not changed."""

    plan_due_date = DateField(label=_("Planen klar senast"), required=False)

    class Meta:
        model = CompetenceNeed
        fields = ["plan", "plan_due_date", "owner_person", "owner_role"]
        field_classes = {"owner_person": PersonField}
        labels = {"plan": _("Hur ska det som fattas täckas?")}
        widgets = {"plan": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "plan": _(
                "Till exempel utbildning, rekrytering eller handledning. Skriv inga namn, och i en liten grupp inget"
                " antal: planen läses av fler än siffrorna."
            ),
            "owner_person": _("Välj en person, eller en roll i enheten."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.COMPETENCE_READ)


class NewNeedForm(NeedForm):
    """A new need also says where and what, and how it is now; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(label=_("Enhet"))
    needed = forms.IntegerField(label=_("Hur många behöver kompetensen?"), min_value=0, max_value=MOST)
    have = forms.IntegerField(
        label=_("Hur många har den?"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_("Lämna tomt om ingen har räknat: det är inte samma sak som noll."),
    )
    headcount = forms.IntegerField(
        label=_("Hur många är anställda i rollen?"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_("Andra än de som leder enheten ser bara siffror för minst %(least)s anställda.")
        % {"least": GATE.threshold},
    )
    counted_date = DateField(label=_("Vilken dag räknades det?"), required=False, initial=timezone.localdate)

    field_order = ["unit", "role_title", "competence", "needed", "have", "headcount", "counted_date"]

    class Meta(NeedForm.Meta):
        fields = ["role_title", "competence", *NeedForm.Meta.fields]
        labels = NeedForm.Meta.labels | {"role_title": _("Roll i enheten")}
        help_texts = NeedForm.Meta.help_texts | {"role_title": _("Till exempel undersköterska eller handläggare.")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.COMPETENCE_EDIT)


class CountForm(Form):
    needed = forms.IntegerField(label=_("Hur många behöver kompetensen?"), min_value=0, max_value=MOST)
    have = forms.IntegerField(label=_("Hur många har den?"), min_value=0, max_value=MOST)
    headcount = forms.IntegerField(label=_("Hur många är anställda i rollen?"), min_value=0, max_value=MOST)
    counted_date = DateField(label=_("Vilken dag räknades det?"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("Anteckning"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Skriv inga namn."),
    )

    def __init__(self, *args: Any, need: CompetenceNeed, **kwargs: Any):
        super().__init__(*args, **kwargs, initial={"needed": need.needed, "headcount": need.headcount})


class NeedFilters(ReachFilters):
    READ = Permission.COMPETENCE_READ

    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    competence = django_filters.ModelChoiceFilter(
        queryset=Competence.objects.all(), label=_("Kompetens"), empty_label=_("Alla")
    )
    q = django_filters.CharFilter(field_name="role_title", lookup_expr="icontains", label=_("Roll"))
    lacking = django_filters.BooleanFilter(
        method="only_lacking", label=_("Bara där något fattas"), widget=forms.CheckboxInput
    )
    ended = django_filters.BooleanFilter(
        method="with_ended", label=_("Också det som inte behövs längre"), widget=forms.CheckboxInput
    )

    class Meta:
        model = CompetenceNeed
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.in_unit(unit)

    def only_lacking(self, rows, name, value):
        """By the figures that the person may see."""
        return rows.filter(shown_gap__gt=0) if value else rows

    def with_ended(self, rows, name, value):
        return rows if value else rows.filter(Q(ended_date=None))


class MapFilters(NeedFilters):
    ended = None
