from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.states import OPEN
from hjulet.base.forms.choices import SoughtField
from hjulet.base.forms.fields import DateField, DecimalField
from hjulet.base.forms.many import ManyForm
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.monitoring.models import Control
from hjulet.monitoring.self_monitoring.queries import controls_visible_to
from hjulet.organisation.choices import PersonField, UnitField
from hjulet.organisation.models import Person
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.organisation.roles.roles import role_choices
from hjulet.planning.goals.queries import goals_to_choose
from hjulet.planning.risk_matrix.models import Axis
from hjulet.planning.risks import rules
from hjulet.planning.risks.models import Change, Occasion, Risk, RiskAnalysis, RiskSource
from hjulet.rulebook.laws.acts import Act
from hjulet.rulebook.models import QualityArea


class RiskForm(RevisedModelForm):
    laws = forms.MultipleChoiceField(
        label=_("Lagrum"), choices=Act, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Risk
        fields = [
            "title",
            "deficiency",
            "consequence",
            "quality_area",
            "goal",
            "laws",
            "operational_area",
            "source",
            "source_note",
            "responsible_role",
        ]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "deficiency": forms.Textarea(attrs={"rows": 3}),
            "consequence": forms.Textarea(attrs={"rows": 3}),
            "source_note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "title": _("Vad kan hända, och för vem?"),
            "consequence": _("Vad leder det till om det händer?"),
            "goal": _("Det mål som risken hotar. Riskerna grupperas efter mål och kvalitetsområde i kvalitetsplanen."),
        }

    def __init__(self, *args, person: Person, analysis: RiskAnalysis, **kwargs):
        super().__init__(*args, **kwargs)
        goals = goals_to_choose(person, analysis.unit, analysis.year)
        areas = QualityArea.objects.on(timezone.localdate())
        if self.instance.pk:
            goals |= goals.model.objects.filter(pk=self.instance.goal_id)
            areas |= QualityArea.objects.filter(pk=self.instance.quality_area_id)
        self.fields["goal"].queryset = goals
        self.fields["quality_area"].queryset = areas


class NewRiskForm(RiskForm):
    """Nobody else can have changed it yet."""

    revision = None


class ManyRisksForm(ManyForm):
    responsible_role = forms.ChoiceField(label=_("Ansvarig roll"), required=False)
    source = forms.ModelChoiceField(
        RiskSource.objects.all(), label=_("Källa"), required=False, empty_label=_("Ändras inte")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible_role"].choices = [("", _("Ändras inte")), *role_choices()]


class AssessForm(Form):
    """Offers the steps of the risk's own matrix, each in its words, and only the occasions that are open now."""

    occasion = forms.ChoiceField(label=_("Vad gäller bedömningen?"), widget=forms.RadioSelect)
    assessed_date = DateField(label=_("Bedömd"), initial=timezone.localdate)
    probability = forms.TypedChoiceField(label=_("Sannolikhet"), coerce=int, widget=forms.RadioSelect)
    severity = forms.TypedChoiceField(label=_("Allvarlighetsgrad"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Motivering"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vad bygger bedömningen på?"),
    )
    participants = forms.CharField(label=_("Vilka deltog?"), required=False, max_length=1000)

    def __init__(self, *args, risk: Risk, **kwargs):
        super().__init__(*args, **kwargs)
        open_now = [occasion for occasion in Occasion if not rules.obstacle_to_assessing(risk, occasion)]
        self.fields["occasion"].choices = [(occasion.value, occasion.label) for occasion in open_now or Occasion]
        self.fields["occasion"].initial = Occasion.FOLLOW_UP if risk.band else Occasion.INITIAL
        labels = list(risk.analysis.matrix.axis_labels.all())
        for axis in Axis:
            steps = [label for label in labels if label.axis == axis]
            self.fields[axis.value].choices = [(s.value, f"{s}: {s.meaning}" if s.meaning else str(s)) for s in steps]


class DeeperForm(Form):
    text = forms.CharField(
        label=_("Fördjupad analys"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
        help_text=Risk._meta.get_field("deeper_analysis").help_text,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, risk: Risk, **kwargs):
        super().__init__(*args, **kwargs, initial={"text": risk.deeper_analysis, "revision": risk.revision})

    def show_both_versions(self, current: Risk) -> None:
        super().show_both_versions(current)
        self.conflicts = [self.conflict("text", self.cleaned_data["text"], current.deeper_analysis)]


class AcceptForm(Form):
    reason = forms.CharField(
        label=_("Varför kan risken accepteras?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    until = DateField(label=_("Accepteras till och med"))


class ManyMarksForm(Form):
    """What became of several risks; which of the answers are open to a risk is said when they are given."""

    change = forms.ChoiceField(label=_("Sedan förra året är riskerna"), choices=Change, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Orsak"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Behövs när risken är ändrad eller borta."),
    )


class MarkForm(ManyMarksForm):
    def __init__(self, *args, risk: Risk, **kwargs):
        super().__init__(*args, **kwargs, initial={"change": risk.change, "reason": risk.change_reason})
        self.fields["change"].label = _("Sedan förra året är risken")
        open_now = [change for change in Change if not rules.obstacle_to_marking(risk, change)]
        self.fields["change"].choices = [(change.value, change.label) for change in open_now or Change]


class ActionForRiskForm(ModelForm):
    """An action as the answer to a risk; one that red waits for names who and when."""

    unit = UnitField(label=_("Enhet"))
    due_date = DateField(label=_("Klart senast"), required=False)

    class Meta:
        model = Action
        fields = ["unit", "title", "description", "type", "owner_person", "owner_role", "due_date"]
        field_classes = {"owner_person": PersonField}
        help_texts = {"owner_person": _("Välj en person, eller en roll i enheten.")}

    def __init__(self, *args, person: Person, risk: Risk, **kwargs):
        super().__init__(*args, **kwargs, initial={"unit": risk.analysis.unit_id})
        self.demands_answer = rules.lacks_action(risk)
        self.fields["due_date"].required = self.demands_answer
        self.fields["unit"].queryset = units_to_answer_in(person, risk, Permission.ACTIONS_EDIT)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.ACTIONS_READ)

    def clean(self) -> dict:
        typed = super().clean()
        if self.demands_answer and not (typed.get("owner_person") or typed.get("owner_role")):
            self.add_error("owner_person", _("Risken är röd. Välj vem som ansvarar för åtgärden."))
        return typed


class AnswerForm(Form):
    action = SoughtField(Action.objects.none(), label=_("Åtgärd"))

    def __init__(self, *args, person: Person, risk: Risk, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = (
            actions_visible_to(person)
            .filter(unit__committee=risk.analysis.unit.committee_id, state__in=OPEN)
            .exclude(pk__in=risk.actions.all())
        )


class ControlForRiskForm(ModelForm):
    """A control that will show whether the risk has been dealt with."""

    unit = UnitField(label=_("Enhet"))
    starts_date = DateField(label=_("Börjar"))
    ends_date = DateField(label=_("Slutar"))
    target = DecimalField(label=_("Målvärde"), required=False)

    class Meta:
        model = Control
        fields = [
            "unit",
            "title",
            "method",
            "frequency",
            "starts_date",
            "ends_date",
            "result_kind",
            "comparator",
            "target",
            "measure",
            "owner_person",
            "owner_role",
        ]
        field_classes = {"owner_person": PersonField}
        help_texts = {"owner_person": _("Välj en person, eller en roll i enheten.")}

    def __init__(self, *args, person: Person, risk: Risk, **kwargs):
        year = risk.analysis.year
        initial = {"unit": risk.analysis.unit_id, "starts_date": date(year, 1, 1), "ends_date": date(year, 12, 31)}
        super().__init__(*args, **kwargs, initial=initial)
        self.fields["unit"].queryset = units_to_answer_in(person, risk, Permission.CONTROLS_EDIT)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.CONTROLS_READ)


class CheckForm(Form):
    control = SoughtField(Control.objects.none(), label=_("Egenkontroll"))

    def __init__(self, *args, person: Person, risk: Risk, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["control"].queryset = (
            controls_visible_to(person)
            .filter(unit__committee=risk.analysis.unit.committee_id, stopped_reason="")
            .exclude(pk__in=risk.controls.all())
        )


def units_to_answer_in(person: Person, risk: Risk, permission: Permission):
    """Within the nämnd of the risk, where the person may do this."""
    return open_units_within_reach(person, permission).filter(committee=risk.analysis.unit.committee_id)
