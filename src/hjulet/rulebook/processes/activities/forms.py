from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SeveralField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.parts import Activity
from hjulet.rulebook.processes.queries import processes_visible_to, routines_to_choose


class NumberedField(forms.ModelChoiceField):
    """A step of the version by its title; steps without one by what they are."""

    def label_from_instance(self, activity: Activity) -> str:
        return f"{activity.order}. {activity}"


class ActivityForm(RevisedModelForm):
    routines = SeveralField(
        GoverningDocument.objects.none(),
        label=_("Rutiner"),
        required=False,
        help_text=_("De dokument som säger hur aktiviteten görs."),
    )
    units = SeveralField(Unit.objects.none(), label=_("Samverkar med enheterna"), required=False)
    calls = forms.ModelChoiceField(
        Process.objects.none(),
        label=_("Beskrivs i processen"),
        required=False,
        help_text=_("Bara för en delprocess som är beskriven för sig."),
    )

    class Meta:
        model = Activity
        fields = [
            "kind",
            "title",
            "role",
            "lane",
            "description",
            "routines",
            "is_collaboration",
            "units",
            "parties",
            "calls",
            "stops",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "parties": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "title": _("Börja med ett verb, till exempel ”Utred behoven”. Vid ett val: skriv frågan."),
            "lane": _("Den som inte har någon roll här, till exempel ”Den enskilde”."),
            "parties": _("En på varje rad, till exempel ”Vårdcentralen”."),
            "stops": _("Annars går det vidare till nästa i ordning."),
        }

    def __init__(self, *args: Any, person: Person, version: ProcessVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["routines"].queryset = routines_to_choose(person)
        reach = units_within_reach(person, Permission.RULEBOOK_READ)
        self.fields["units"].queryset = reach.order_by("path")
        others = processes_visible_to(person).exclude(pk=version.process_id)
        self.fields["calls"].queryset = others.order_by("title", "pk")

    def show_both_versions(self, current: Any) -> None:
        """What is chosen among many is not shown beside: the list stands as it was chosen."""
        for name in ("routines", "units"):
            self.cleaned_data.pop(name, None)
        super().show_both_versions(current)


class NewActivityForm(ActivityForm):
    """A new one also says where it comes; nobody else can have changed it yet."""

    revision = None
    after = NumberedField(
        Activity.objects.none(), label=_("Kommer efter"), required=False, empty_label=_("Allt annat (sist)")
    )

    field_order = ["kind", "title", "after"]

    def __init__(self, *args: Any, person: Person, version: ProcessVersion, **kwargs: Any):
        super().__init__(*args, person=person, version=version, **kwargs)
        self.fields["after"].queryset = version.activities.order_by("order")


class FlowForm(Form):
    source = NumberedField(Activity.objects.none(), label=_("Efter"))
    target = NumberedField(Activity.objects.none(), label=_("går det till"))
    label = forms.CharField(
        label=_("om"), required=False, max_length=300, help_text=_("Till exempel ”ja” eller ”något saknas”.")
    )

    def __init__(self, *args: Any, version: ProcessVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].queryset = version.activities.order_by("order")


class PositionForm(Form):
    position = forms.IntegerField(min_value=1, max_value=1000)
