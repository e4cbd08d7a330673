from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.monitoring.recurring_duties.models import RecurringDuty
from hjulet.monitoring.recurring_duties.operations import relocate_duty
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission

FOLLOWINGS = (
    Following(
        key="duties",
        model=RecurringDuty,
        name=_("Årsuppgifter som pågår"),
        open_in=lambda units, day: RecurringDuty.objects.filter(
            Q(last_date=None) | Q(last_date__gte=day), unit__in=units
        ),
        follow=relocate_duty,
        visible_to=RecurringDuty.objects.visible_to,
        sorted_by=Permission.CONTROLS_EDIT,
        kept_name=_("Avslutade årsuppgifter"),
        kept_in=lambda units, day: RecurringDuty.objects.filter(unit__in=units, last_date__lt=day),
    ),
)
