from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SeveralField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.base.forms.uploads import FileForm
from hjulet.organisation.choices import PersonField, ReachFilters, UnitField, UnitFilter
from hjulet.organisation.delegations.models import Delegation
from hjulet.organisation.delegations.queries import delegations_for
from hjulet.organisation.models import Person
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices
from hjulet.rulebook.laws.acts import Act
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.queries import units_to_describe_in
from hjulet.rulebook.processes.states import ProcessState
from hjulet.rulebook.quality_areas.models import QualityArea


class ProcessForm(RevisedModelForm):
    acts = forms.MultipleChoiceField(
        label=_("Enligt"), choices=Act, required=False, widget=forms.CheckboxSelectMultiple
    )
    next_review_date = DateField(
        label=_("Ses över senast"), required=False, help_text=_("Då frågar någon om processen fortfarande stämmer.")
    )

    class Meta:
        model = Process
        fields = ["title", "quality_area", "acts", "owner_person", "owner_role", "next_review_date"]
        field_classes = {"owner_person": PersonField}
        help_texts = {
            "title": _("Vad som görs för någon, till exempel ”Handläggning från ansökan till beslut”."),
            "owner_person": _("Välj en person, eller en roll i enheten."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.RULEBOOK_READ)


class NewProcessForm(ProcessForm):
    """A new process also says where it belongs and what it is for; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(label=_("Enhet"), help_text=_("Processen gäller här och i alla enheter under."))
    purpose = forms.CharField(
        label=_("Syfte"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = ["unit", "title", "purpose"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = units_to_describe_in(person)


class VersionForm(RevisedModelForm):
    provisions = SeveralField(
        Provision.objects.all(),
        label=_("Lagrum"),
        required=False,
        help_text=_("De bestämmelser som processen ska uppfylla."),
    )

    class Meta:
        model = ProcessVersion
        fields = ["purpose", "inputs", "results", "measures", "provisions", "changes"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "inputs", "results", "measures", "changes")
        }
        help_texts = {
            "inputs": _("Till exempel en ansökan, en anmälan eller ett beslut."),
            "measures": _("Vad visar att processen ger det den ska?"),
            "changes": _("Vad som är nytt sedan förra versionen, för den som arbetar enligt den."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["provisions"].queryset = Provision.objects.select_related("law").order_by(
            "law__title", "order", "pk"
        )

    def show_both_versions(self, current: Any) -> None:
        """What is chosen among many is not shown beside: the list stands as it was chosen."""
        self.cleaned_data.pop("provisions", None)
        super().show_both_versions(current)


class AdoptForm(Form):
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(),
        label=_("Delegation"),
        required=False,
        empty_label=_("Ingen: rollen beslutar själv"),
        help_text=_("Välj punkten i delegationsordningen om du beslutar i nämndens ställe."),
    )
    registry_number = forms.CharField(
        label=_("Diarienummer"), required=False, max_length=60, help_text=_("Behövs när du beslutar på delegation.")
    )
    next_review_date = DateField(label=_("Ses över senast"), required=False)

    def __init__(self, *args: Any, person: Person, process: Process, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["delegation"].queryset = delegations_for(person, process.unit, timezone.localdate())
        self.initial.setdefault("next_review_date", process.next_review_date)

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("delegation") and not typed.get("registry_number", "").strip():
            self.add_error("registry_number", _("Skriv diarienumret för beslutet."))
        return typed


class RecordAdoptionForm(Form):
    meeting_date = DateField(label=_("Sammanträdesdag"))
    paragraph = forms.CharField(label=_("Paragraf"), max_length=40)
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60)
    next_review_date = DateField(label=_("Ses över senast"), required=False)


class BpmnForm(FileForm):
    file = forms.FileField(
        label=_("BPMN-fil"),
        help_text=_("En .bpmn- eller .xml-fil enligt BPMN 2.0, högst 2 MB."),
        error_messages={"required": _("Välj en BPMN-fil.")},
        widget=forms.FileInput(attrs={"accept": ".bpmn,.xml"}),
    )


class NewBpmnForm(BpmnForm):
    unit = UnitField(label=_("Enhet"), help_text=_("Processen gäller här och i alla enheter under."))
    owner_role = forms.ChoiceField(label=_("Ansvarig roll"), required=False)

    field_order = ["unit", "owner_role", "file"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_describe_in(person)
        self.fields["owner_role"].choices = [("", _("Ingen vald")), *role_choices()]


class ProcessFilters(ReachFilters):
    READ = Permission.RULEBOOK_READ

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Sök"))
    state = django_filters.ChoiceFilter(choices=ProcessState, label=_("Läge"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    quality_area = django_filters.ModelChoiceFilter(
        queryset=QualityArea.objects.all(), label=_("Kvalitetsområde"), empty_label=_("Alla")
    )
    owner_role = django_filters.ChoiceFilter(choices=role_choices, label=_("Ansvarig roll"), empty_label=_("Alla"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    collaboration = django_filters.BooleanFilter(
        method="only_collaboration", label=_("Bara med samverkan"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Process
        fields = []

    def only_collaboration(self, rows, name, value):
        return rows.filter(has_collaboration=True) if value else rows
