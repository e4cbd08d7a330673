import django_filters
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.filters import YearFilter
from hjulet.organisation.choices import Filters
from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import Unit


class DecisionFilters(Filters):
    q = django_filters.CharFilter(field_name="subject", lookup_expr="icontains", label=_("Sök i ärendet"))
    committee = django_filters.ModelChoiceFilter(queryset=Unit.objects.none(), label=_("Nämnd"), empty_label=_("Alla"))
    year = YearFilter(field_name="meeting_date__year", label=_("År"))

    class Meta:
        model = Decision
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(self.request.user, Permission.ORGANISATION_READ)
        self.filters["committee"].queryset = reach.committees().order_by("path")
