from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form
from hjulet.organisation.choices import Filters
from hjulet.organisation.decisions.queries import decisions_visible_to
from hjulet.organisation.models import Decision, Person, Unit
from hjulet.organisation.reorganisations.models import Kind, Reorganisation, Side
from hjulet.organisation.reorganisations.planning import Course, Plan
from hjulet.organisation.reorganisations.states import ReorganisationState
from hjulet.organisation.units.queries import units_managed_by


class UnitField(forms.ModelChoiceField):
    """Units with what each lies under: many are called alike."""

    def __init__(self, **kwargs: Any):
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.name} – {unit.parent.name}" if unit.parent else unit.name


class DraftForm(Form):
    """What all kinds have in common; a kind asks for its units and what they become."""

    effective_date = DateField(
        label=_("Gäller från"),
        initial=timezone.localdate,
        help_text=_(
            "Första dagen med den nya ordningen. Med dagens datum görs det så snart du har sett vad som följer med."
        ),
    )
    basis = forms.CharField(
        label=_("Vilar på beslut"),
        help_text=_("Vem som har beslutat och när, till exempel ”Förvaltningschefens beslut 2026-03-02”."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Nämndbeslut"),
        required=False,
        empty_label=_("Inget av nämndens beslut här"),
        help_text=_("Om nämnden har beslutat."),
    )

    def __init__(self, *args: Any, person: Person, plan: Plan | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions_visible_to(person)
        units = units_managed_by(person).select_related("parent")
        choices = [("", _("Välj en enhet"))]
        for field in self.unit_fields:
            field.queryset = units
        if self.unit_fields:
            # Read once, however many questions there are.
            choices += [(unit.pk, self.unit_fields[0].label_from_instance(unit)) for unit in units]
        for field in self.unit_fields:
            field.choices = choices
        if plan is not None:
            self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput)
            self.initial |= self.said_in(plan)
        self.order_fields(["revision", *self.asked, "effective_date", "basis", "decision"])

    @property
    def unit_fields(self) -> list[UnitField]:
        return [field for field in self.fields.values() if isinstance(field, UnitField)]

    @property
    def asked(self) -> list[str]:
        return [name for name in self.fields if name not in {"revision", "effective_date", "basis", "decision"}]

    def said_in(self, plan: Plan) -> dict[str, Any]:
        row = plan.reorganisation
        said = {name: getattr(row, name) for name in ("revision", "effective_date", "basis", "decision", "parent")}
        for part in plan.parts:
            place = "" if part.order == 0 else f"_{part.order + 1}"
            if part.side == Side.FROM:
                said[f"unit{place}"] = part.unit
            elif part.unit:
                said["receiver"] = part.unit
            else:
                said |= {f"name{place}": part.name, f"code{place}": part.code}
        return said

    def clean(self) -> dict[str, Any]:
        """As the operation asks for it."""
        typed = super().clean()
        sources = [typed[name] for name in self.fields if name.startswith("unit") and typed.get(name)]
        named = [name.removeprefix("name") for name in self.fields if name.startswith("name")]
        new = [(typed[f"name{place}"], typed.get(f"code{place}", "")) for place in named if typed.get(f"name{place}")]
        kept = {
            name: typed.get(name) for name in ("revision", "effective_date", "basis", "decision") if name in self.fields
        }
        return kept | {
            "sources": sources,
            "receiver": typed.get("receiver"),
            "parent": typed.get("parent"),
            "new": new,
        }


def name_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=required, help_text=help_text)


def code_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, required=False)


class RenameForm(DraftForm):
    unit = UnitField(label=_("Enhet"))
    name = name_field(_("Nytt namn"), help_text=_("Det som är avslutat behåller det gamla namnet."))
    code = code_field(_("Beteckning"))


class MoveForm(DraftForm):
    unit = UnitField(label=_("Enhet"), help_text=_("Det som ligger under enheten flyttar med."))
    parent = UnitField(label=_("Ska ligga under"))
    receiver = UnitField(
        label=_("Vem tar emot det som är öppet, om enheten byter nämnd?"),
        required=False,
        help_text=_(
            "Sekretess gäller mellan nämnder. Byter enheten nämnd följer bara rollerna med; åtgärder, risker och annat "
            "stannar i den gamla nämnden hos den enhet du väljer här."
        ),
    )


class MergeForm(DraftForm):
    unit = UnitField(label=_("Enhet"))
    unit_2 = UnitField(label=_("Enhet att slå ihop med"))
    unit_3 = UnitField(label=_("Enhet 3"), required=False)
    unit_4 = UnitField(label=_("Enhet 4"), required=False)
    receiver = UnitField(
        label=_("En enhet som finns kvar och tar emot de andra"),
        required=False,
        help_text=_("Lämna tomt om det blir en ny enhet, och skriv vad den ska heta."),
    )
    name = name_field(_("Namn på den nya enheten"), required=False)
    code = code_field(_("Beteckning på den nya enheten"))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if bool(said["receiver"]) == bool(said["new"]):
            self.add_error("name", _("Välj en enhet som finns kvar, eller skriv namnet på en ny."))
        return said


class SplitForm(DraftForm):
    unit = UnitField(label=_("Enhet"))
    name = name_field(
        _("Den första nya enheten"), help_text=_("Dit går det som du inte väljer något annat för i nästa steg.")
    )
    code = code_field(_("Dess beteckning"))
    name_2 = name_field(_("Den andra nya enheten"))
    code_2 = code_field(_("Den andras beteckning"))
    name_3 = name_field(_("Den tredje nya enheten"), required=False)
    code_3 = code_field(_("Den tredjes beteckning"))


class CloseForm(DraftForm):
    unit = UnitField(label=_("Enhet"))
    receiver = UnitField(
        label=_("Vem tar emot det som är öppet?"),
        required=False,
        help_text=_(
            "Lämna tomt om inget är öppet. Du ser vad som är det i nästa steg. Rollerna avslutas då sista dagen."
        ),
    )


FORMS: dict[str, type[DraftForm]] = {
    Kind.RENAME: RenameForm,
    Kind.MOVE: MoveForm,
    Kind.MERGE: MergeForm,
    Kind.SPLIT: SplitForm,
    Kind.CLOSE: CloseForm,
}


class SortForm(Form):
    """One question for each open row: which way it goes."""

    def __init__(self, *args: Any, plan: Plan, rows: list[Course], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.targets = {str(part.pk): part for part in plan.targets}
        choices = [(key, str(part)) for key, part in self.targets.items()]
        for course in rows:
            words = (
                course.words
                if course.is_seen
                else _("Nummer %(number)s, som du inte får läsa") % {"number": course.row_id}
            )
            self.fields[f"row_{course.row_id}"] = forms.ChoiceField(
                label=words, choices=choices, initial=str(course.to.part.pk), widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        return {"parts": {int(name.removeprefix("row_")): self.targets[key] for name, key in typed.items()}}


class ReorganisationFilters(Filters):
    state = django_filters.ChoiceFilter(choices=ReorganisationState, label=_("Läge"), empty_label=_("Alla"))
    kind = django_filters.ChoiceFilter(choices=Kind, label=_("Slag"), empty_label=_("Alla"))

    class Meta:
        model = Reorganisation
        fields = []
