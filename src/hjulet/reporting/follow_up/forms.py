import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField, MarkdownField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.organisation.choices import Filters
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.models import QualityPlan
from hjulet.reporting.follow_up.models import FollowUp, FollowUpText, Lesson, Period
from hjulet.reporting.follow_up.rules import FOLLOWED


class StartForm(Form):
    plan = forms.ModelChoiceField(QualityPlan.objects.none(), label=_("Kvalitetsplan"))
    period = forms.ChoiceField(label=_("Period"), choices=Period, widget=forms.RadioSelect)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(person, Permission.FOLLOW_UPS_EDIT)
        self.fields["plan"].queryset = QualityPlan.objects.filter(unit__in=reach, state__in=FOLLOWED).select_related(
            "unit"
        )


class TextForm(RevisedModelForm):
    body = MarkdownField(label=_("Text"), max_length=20000, required=False)

    class Meta:
        model = FollowUpText
        fields = ["body"]


class LessonForm(RevisedModelForm):
    class Meta:
        model = Lesson
        fields = ["quality_area", "text", "becomes_risk"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class NewLessonForm(LessonForm):
    revision = None


class ReportForm(Form):
    meeting_date = DateField(label=_("Sammanträdesdag"))
    paragraph = forms.CharField(label=_("Paragraf"), max_length=40, help_text=_("Till exempel § 84."))
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60)


class FollowUpFilters(Filters):
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.none(), label=_("Nämnd"), empty_label=_("Alla"))
    year = django_filters.NumberFilter(field_name="plan__year", label=_("År"))
    period = django_filters.ChoiceFilter(choices=Period, label=_("Period"), empty_label=_("Alla"))

    class Meta:
        model = FollowUp
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(self.request.user, Permission.FOLLOW_UPS_READ)
        self.filters["unit"].queryset = reach.committees().order_by("name")
