import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField, MarkdownField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.base.forms.uploads import FileForm
from hjulet.organisation.choices import Filters
from hjulet.organisation.models import Decision, Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.quality_plan.models import PlanText, QualityPlan
from hjulet.planning.quality_plan.states import PlanState

FIRST_YEAR, LAST_YEAR = 2000, 2100


class NewPlanForm(Form):
    committee = forms.ModelChoiceField(Unit.objects.none(), label=_("Nämnd"), empty_label=None)
    year = forms.IntegerField(label=_("År"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(person, Permission.PLANS_EDIT).committees()
        self.fields["committee"].queryset = reach.order_by("name")
        self.initial.setdefault("year", timezone.localdate().year)


class ImportForm(NewPlanForm, FileForm):
    field_order = ["committee", "year", "file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("En .xlsx-fil med bladen Risker, Åtgärder och Egenkontroll, högst 2 MB.")


class TextForm(RevisedModelForm):
    body = MarkdownField(
        label=_("Text"),
        required=False,
        max_length=PlanText._meta.get_field("body").max_length,
        help_text=_("Rubriker, listor, fetstil och länkar skrivs i Markdown; knapparna ovanför fältet hjälper dig."),
    )

    class Meta:
        model = PlanText
        fields = ["body"]


class AdoptForm(Form):
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


class PlanFilters(Filters):
    year = django_filters.NumberFilter(label=_("År"))
    state = django_filters.ChoiceFilter(choices=PlanState, label=_("Läge"), empty_label=_("Alla"))
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.none(), label=_("Nämnd"), empty_label=_("Alla"))

    class Meta:
        model = QualityPlan
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(self.request.user, Permission.PLANS_READ).committees()
        self.filters["unit"].queryset = reach.order_by("name")
