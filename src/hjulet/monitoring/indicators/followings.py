from django.utils.translation import gettext_lazy as _

from hjulet.monitoring.indicators.measurements.operations import relocate_measured_unit
from hjulet.monitoring.indicators.models import Indicator, MeasuredUnit
from hjulet.monitoring.indicators.operations import relocate_indicator
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission

FOLLOWINGS = (
    Following(
        key="indicators",
        model=Indicator,
        name=_("Nyckeltal som används"),
        open_in=lambda units, day: Indicator.objects.in_use().filter(unit__in=units),
        follow=relocate_indicator,
        visible_to=Indicator.objects.visible_to,
        sorted_by=Permission.INDICATORS_EDIT,
        words="name",
        kept_name=_("Upphävda nyckeltal"),
        kept_in=lambda units, day: Indicator.objects.filter(unit__in=units, withdrawn_date__isnull=False),
    ),
    # After the indicators, so that one of the unit's own has gone ahead to where it is to be measured.
    Following(
        key="measured_units",
        model=MeasuredUnit,
        name=_("Nyckeltal som mäts i enheten, med det som är kvar att mäta"),
        open_in=lambda units, day: MeasuredUnit.objects.filter(unit__in=units, indicator__withdrawn_date=None),
        follow=relocate_measured_unit,
        visible_to=MeasuredUnit.objects.visible_to,
        sorted_by=Permission.INDICATORS_EDIT,
        words="indicator__name",
    ),
)
