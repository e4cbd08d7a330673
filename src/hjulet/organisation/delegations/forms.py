from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import NamedField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.filters import YearFilter
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.organisation.choices import Filters
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation
from hjulet.organisation.delegations.queries import committees_edited_by, delegations_held_by, units_to_decide_in
from hjulet.organisation.delegations.states import Standing
from hjulet.organisation.models import Decision, Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.roles.roles import role_choices


class DelegationForm(RevisedModelForm):
    class Meta:
        model = Delegation
        fields = [
            "code",
            "title",
            "legal_basis",
            "is_delegable",
            "role",
            "sub_delegating_role",
            "conditions",
            "must_be_reported",
            "valid_from",
        ]
        field_classes = {"valid_from": DateField}
        widgets = {"conditions": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "code": _("Så som det står i delegationsordningen, till exempel 5.1."),
            "title": _("Vilket slags beslut, till exempel ”Anställa personal vid enheten”."),
            "is_delegable": _("Nej för det som bara nämnden kan besluta (KL 6 kap. 38 §). Då väljs ingen delegat."),
            "role": _("Den som har rollen i enheten, eller i en enhet ovanför, får besluta där."),
            "sub_delegating_role": _("Den roll som får låta någon annan anställd besluta. Lämna tomt om ingen får."),
            "valid_from": _("Raden gäller tidigast från det sammanträde då nämnden beslutar om den."),
        }

    def clean(self) -> dict[str, Any]:
        """There is nothing to report of what is never delegated."""
        given = super().clean()
        if not given.get("is_delegable"):
            given["must_be_reported"] = False
        return given


class ReplacingForm(DelegationForm):
    """A new row in the place of another: nobody else can have changed it yet."""

    revision = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", timezone.localdate())


class NewDelegationForm(ReplacingForm):
    committee = NamedField(Unit.objects.none(), label=_("Nämnd"), empty_label=None)

    field_order = ["committee"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees_edited_by(person)


class MeetingForm(Form):
    meeting_date = DateField(label=_("Sammanträdesdag"))
    paragraph = forms.CharField(
        label=_("Paragraf"),
        max_length=Decision._meta.get_field("paragraph").max_length,
        help_text=_("Till exempel § 12."),
    )
    registry_number = forms.CharField(
        label=_("Diarienummer"),
        max_length=Decision._meta.get_field("registry_number").max_length,
        help_text=_("Till exempel SN 2026/45."),
    )


class EndForm(Form):
    valid_to = DateField(label=_("Sista dag"), initial=timezone.localdate)


class DecideForm(Form):
    """What one has decided oneself; the operation says whether one may."""

    delegation = forms.ModelChoiceField(
        Delegation.objects.none(), label=_("Enligt vilken rad i delegationsordningen?"), empty_label=_("Välj en rad")
    )
    unit = NamedField(Unit.objects.none(), label=_("Vilken enhet gäller beslutet?"), empty_label=_("Välj en enhet"))
    decided_on = DateField(label=_("Beslutsdag"), initial=timezone.localdate)
    subject = forms.CharField(
        label=_("Ärende"), max_length=300, help_text=_("Skriv inga namn och inget om en enskild persons förhållanden.")
    )
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60)
    reasons = forms.CharField(
        label=_("Skäl för beslutet"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv inga personuppgifter."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["delegation"].queryset = delegations_held_by(person)
        self.fields["unit"].queryset = units_to_decide_in(person)


class CommitteeFilters(Filters):
    """What both lists ask: which nämnd."""

    committee = django_filters.ModelChoiceFilter(queryset=Unit.objects.none(), label=_("Nämnd"), empty_label=_("Alla"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(self.request.user, Permission.ORGANISATION_READ)
        self.filters["committee"].queryset = reach.committees().order_by("path")


class DelegationFilters(CommitteeFilters):
    q = django_filters.CharFilter(method="with_words", label=_("Sök nummer eller beslut"))
    role = django_filters.ChoiceFilter(choices=role_choices, label=_("Delegat"), empty_label=_("Alla"))
    standing = django_filters.ChoiceFilter(
        choices=Standing, method="standing_so", label=_("Läge"), empty_label=_("Allt som inte är slut")
    )

    class Meta:
        model = Delegation
        fields = []

    @property
    def qs(self):
        """What is over is shown when it is asked for."""
        rows = super().qs
        if self.form.cleaned_data.get("standing") in (Standing.ENDED, Standing.WITHDRAWN):
            return rows
        return rows.not_over(timezone.localdate())

    def with_words(self, rows, name, words):
        return rows.filter(Q(code__istartswith=words) | Q(title__icontains=words))

    def standing_so(self, rows, name, standing):
        return rows.standing(standing, timezone.localdate())


class DelegatedDecisionFilters(CommitteeFilters):
    q = django_filters.CharFilter(method="with_words", label=_("Sök ärende eller diarienummer"))
    committee = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), field_name="unit__committee", label=_("Nämnd"), empty_label=_("Alla")
    )
    year = YearFilter(field_name="decided_on__year", label=_("År"))
    delegation = django_filters.CharFilter(field_name="delegation__code", lookup_expr="iexact", label=_("Nummer"))
    waiting = django_filters.BooleanFilter(
        method="only_waiting", label=_("Bara det som ska anmälas"), widget=forms.CheckboxInput
    )

    class Meta:
        model = DelegatedDecision
        fields = []

    def with_words(self, rows, name, words):
        return rows.filter(Q(subject__icontains=words) | Q(registry_number__icontains=words))

    def only_waiting(self, rows, name, chosen):
        return rows.unreported() if chosen else rows
