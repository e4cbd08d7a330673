import django_filters
from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SoughtField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.monitoring.indicators.queries import indicators_to_choose
from hjulet.monitoring.models import Indicator
from hjulet.organisation.choices import Filters, PersonField, UnitField, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.owner_forms import SharedOwnerForm
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach, units_within_reach
from hjulet.planning.goals.models import Goal, GoalLevel
from hjulet.planning.goals.queries import goals_visible_to


class ParentField(forms.ModelChoiceField):
    """A goal to contribute to, told by level, unit and title."""

    def label_from_instance(self, goal):
        return f"{goal.level}, {goal.unit}: {Truncator(goal.title).chars(90)} ({goal.period})"


class GoalForm(RevisedModelForm):
    parent = ParentField(
        Goal.objects.none(),
        label=_("Bidrar till"),
        required=False,
        help_text=_("Det högre mål som det här målet är en del av. En vision bidrar inte till något annat."),
    )

    class Meta:
        model = Goal
        fields = [
            "level",
            "parent",
            "title",
            "description",
            "first_year",
            "last_year",
            "owner_person",
            "owner_role",
        ]
        field_classes = {"owner_person": PersonField}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"owner_person": _("Välj en person, eller en roll i enheten.")}

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        choices = goals_visible_to(person).in_force().order_by("level__order", "unit__path", "pk")
        if self.instance.pk:
            choices = choices.of_or_above(self.instance.unit).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = choices
        self.fields["owner_person"].queryset = possible_owners(person, Permission.GOALS_READ)


class NewGoalForm(GoalForm):
    """A new goal also says where it belongs; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(label=_("Enhet"), help_text=_("Den som målet gäller för."))

    field_order = ["unit"]

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.GOALS_EDIT)


class ChooseIndicatorForm(Form):
    indicator = SoughtField(
        Indicator.objects.none(),
        label=_("Nyckeltal"),
        help_text=_("Finns inget som passar? Definiera det under Nyckeltal och kom tillbaka hit."),
    )

    def __init__(self, *args, person: Person, goal: Goal, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].words = "name"
        choices = indicators_to_choose(person, goal.unit).exclude(goals=goal)
        self.fields["indicator"].queryset = choices


class ManyGoalsForm(SharedOwnerForm):
    READ = Permission.GOALS_READ

    last_year = forms.IntegerField(label=_("Gäller till och med år"), required=False)


class GoalFilters(Filters):
    """Starts at this year's goals in force: an empty year shows all of them."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Sök i målet"))
    year = django_filters.NumberFilter(
        method="during", label=_("Gäller år"), widget=forms.NumberInput(attrs={"min": 1990, "max": 2100})
    )
    unit = UnitFilter(method="through", label=_("Enhet"))
    level = django_filters.ModelChoiceFilter(queryset=GoalLevel.objects.all(), label=_("Nivå"), empty_label=_("Alla"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    withdrawn = django_filters.BooleanFilter(
        method="also_withdrawn", label=_("Visa även upphävda"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Goal
        fields = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        data.setdefault("year", str(timezone.localdate().year))
        super().__init__(data, *args, **kwargs)
        reach = units_within_reach(self.request.user, Permission.GOALS_READ)
        self.filters["unit"].queryset = reach.order_by("path")

    def during(self, goals, name, year):
        return goals.during(int(year))

    def through(self, goals, name, unit):
        return goals.through(unit)

    def only_mine(self, goals, name, value):
        return goals.owned_by(self.request.user) if value else goals

    def also_withdrawn(self, goals, name, value):
        return goals if value else goals.in_force()
