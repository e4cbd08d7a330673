from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import ModelForm
from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.compliance.states import Verdict


class JudgementForm(ModelForm):
    verdict = forms.ChoiceField(label=_("Bedömning"), choices=Verdict, widget=forms.RadioSelect)
    link = forms.URLField(label=_("Länk till underlag"), required=False, max_length=500, assume_scheme="https")
    judged_date = DateField(label=_("Bedömd"), initial=timezone.localdate)

    class Meta:
        model = ComplianceJudgement
        fields = ["verdict", "comment", "link", "judged_date"]
        labels = {"comment": _("Vad bygger du det på?")}
        widgets = {"comment": forms.Textarea(attrs={"rows": 4})}
