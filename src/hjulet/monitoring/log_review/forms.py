import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.monitoring.log_review.models import Review, ReviewPlan, SampledReading, Verdict
from hjulet.monitoring.log_review.queries import committees_without_plan
from hjulet.monitoring.log_review.states import ReviewState
from hjulet.organisation.choices import Filters
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES


class PlanForm(RevisedModelForm):
    class Meta:
        model = ReviewPlan
        fields = ["rule", "owner_person", "owner_role"]
        labels = {"owner_person": _("Granskare"), "owner_role": _("eller roll som granskar")}
        help_texts = {
            "owner_person": _("Den som granskar bedömer aldrig sina egna läsningar. Se till att det finns en till.")
        }

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.READ_LOG_REVIEW)
        reviewing = [(role.key, role.name) for role in ROLES.values() if role.grants(Permission.READ_LOG_REVIEW)]
        self.fields["owner_role"].choices = [("", "–"), *reviewing]


class NewPlanForm(PlanForm):
    revision = None
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Nämnd"))
    starts_date = DateField(
        label=_("Granskas från och med"),
        help_text=_("Perioder som redan har gått kommer direkt, en granskning för varje."),
    )

    field_order = ["unit"]

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = committees_without_plan(person)


class JudgeForm(ModelForm):
    verdict = forms.ChoiceField(label=_("Bedömning"), choices=Verdict, widget=forms.RadioSelect)

    class Meta:
        model = SampledReading
        fields = ["verdict", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": _("Behövs när något är oklart eller obehörigt. Skriv inget av det som lästes.")}


class SignForm(Form):
    conclusion = forms.CharField(
        label=_("Vad visade granskningen?"),
        help_text=_("Efter undertecknandet ändras ingenting."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class ReviewActionForm(ModelForm):
    due_date = DateField(label=_("Klart senast"), required=False)

    class Meta:
        model = Action
        fields = ["title", "description", "owner_person", "owner_role", "due_date"]

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.ACTIONS_READ)


class ReviewFilters(Filters):
    state = django_filters.ChoiceFilter(choices=ReviewState, label=_("Läge"), empty_label=_("Alla"))
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), field_name="plan__unit", label=_("Nämnd"), empty_label=_("Alla")
    )

    class Meta:
        model = Review
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plans = ReviewPlan.objects.visible_to(self.request.user).order_by().values("unit")
        self.filters["unit"].queryset = Unit.objects.filter(pk__in=plans).order_by("path")
