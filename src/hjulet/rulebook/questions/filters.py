import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.choices import Filters
from hjulet.rulebook.questions.models import DocumentQuestion


class QuestionFilters(Filters):
    q = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label=_("Sök"))
    unanswered = django_filters.BooleanFilter(
        method="only_unanswered", label=_("Bara de som väntar på svar"), widget=forms.CheckboxInput
    )
    mine = django_filters.BooleanFilter(
        method="only_mine", label=_("Bara de som jag ska svara på"), widget=forms.CheckboxInput
    )
    overdue = django_filters.BooleanFilter(method="only_overdue", label=_("Bara försenade"), widget=forms.CheckboxInput)

    class Meta:
        model = DocumentQuestion
        fields = []

    def only_unanswered(self, rows, name, value):
        return rows.unanswered() if value else rows

    def only_mine(self, rows, name, value):
        return rows.owned_by(self.request.user) if value else rows

    def only_overdue(self, rows, name, value):
        return rows.overdue(timezone.localdate()) if value else rows
