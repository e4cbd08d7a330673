from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.organisation.choices import PersonField, ReachFilters, UnitField, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.planning.participation.models import Meeting, MeetingKind, Outcome, OutcomeKind, Participant, Voice
from hjulet.planning.participation.states import OutcomeState

MOST = 10_000


class Counting:
    """Asks how many of each kind took part; what is left empty nobody counted."""

    fields: dict[str, forms.Field]

    def ask_for_numbers(self, meeting: Meeting | None = None) -> None:
        counted = dict(meeting.attendance.values_list("kind", "number")) if meeting else {}
        for kind in Participant:
            self.fields[f"number_{kind}"] = forms.IntegerField(
                label=gettext("Antal %(kind)s") % {"kind": str(kind.label).lower()},
                min_value=0,
                max_value=MOST,
                required=False,
                initial=counted.get(kind),
            )

    def with_attendance(self, typed: dict) -> dict:
        """The numbers as the operation asks for them; what was wrongly typed has no number and is told of."""
        numbers = {kind.value: typed.pop(f"number_{kind}", None) for kind in Participant}
        return typed | {"attendance": numbers}


class MeetingForm(RevisedModelForm):
    meeting_date = DateField(label=_("Vilken dag hölls mötet?"))

    class Meta:
        model = Meeting
        fields = ["kind", "meeting_date", "subject", "summary", "owner_person", "owner_role"]
        field_classes = {"owner_person": PersonField}
        labels = {
            "kind": _("Mötesform"),
            "subject": _("Vad handlade det om?"),
            "owner_person": _("Vem höll i mötet?"),
            "owner_role": _("eller vilken roll"),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "summary": _("Skriv inga namn på dem som deltog. Det som kom fram skriver du för sig, efteråt."),
            "owner_person": _("Den som höll i mötet svarar på det som kom fram."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.PARTICIPATION_READ)


class NewMeetingForm(Counting, MeetingForm):
    """A new meeting also says where it belongs and how many came; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(label=_("Enhet"))

    field_order = ["unit"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.PARTICIPATION_EDIT)
        self.ask_for_numbers()

    def clean(self) -> dict:
        return self.with_attendance(super().clean() or self.cleaned_data)


class AttendanceForm(Counting, Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any):
        super().__init__(*args, **kwargs, initial={"revision": meeting.revision})
        self.ask_for_numbers(meeting)

    def clean(self) -> dict:
        return self.with_attendance(super().clean() or self.cleaned_data)


class NewOutcomeForm(ModelForm):
    kind = forms.ChoiceField(label=_("Slag"), choices=OutcomeKind, widget=forms.RadioSelect)

    class Meta:
        model = Outcome
        fields = ["kind", "text"]
        labels = {"text": _("Vad kom fram?")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("En sak i taget. Skriv inga namn.")}


class OutcomeForm(NewOutcomeForm, RevisedModelForm):
    pass


class ParticipationFilters(ReachFilters):
    """`unit` offers the units whose meetings the person reads."""

    READ = Permission.PARTICIPATION_READ


class MeetingFilters(ParticipationFilters):
    q = django_filters.CharFilter(field_name="subject", lookup_expr="icontains", label=_("Sök"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    kind = django_filters.ModelChoiceFilter(
        queryset=MeetingKind.objects.all(), label=_("Mötesform"), empty_label=_("Alla")
    )
    voice = django_filters.ChoiceFilter(
        field_name="kind__voice", choices=Voice, label=_("Vems röst"), empty_label=_("Alla")
    )
    year = django_filters.NumberFilter(
        field_name="meeting_date", lookup_expr="year", label=_("År"), min_value=2000, max_value=2100
    )

    class Meta:
        model = Meeting
        fields = []


class OutcomeFilters(ParticipationFilters):
    q = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label=_("Sök"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    kind = django_filters.ChoiceFilter(choices=OutcomeKind, label=_("Slag"), empty_label=_("Alla"))
    state = django_filters.ChoiceFilter(choices=OutcomeState, method="in_state", label=_("Läge"), empty_label=_("Alla"))
    voice = django_filters.ChoiceFilter(
        field_name="meeting__kind__voice", choices=Voice, label=_("Vems röst"), empty_label=_("Alla")
    )
    year = django_filters.NumberFilter(
        field_name="meeting__meeting_date", lookup_expr="year", label=_("År"), min_value=2000, max_value=2100
    )
    late = django_filters.BooleanFilter(
        method="only_late", label=_("Bara utan svar fast dagen har gått"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Outcome
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.in_unit(unit)

    def in_state(self, rows, name, value):
        """What works is not shown as without an answer, so it is not found as such either."""
        return rows.unanswered() if value == OutcomeState.NEW else rows.filter(state=value)

    def only_late(self, rows, name, value):
        return rows.unanswered().filter(answer_by_date__lt=timezone.localdate()) if value else rows
