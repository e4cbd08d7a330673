import django_filters
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from hjulet.audit.models import Event
from hjulet.base.forms.filters import DayFilter
from hjulet.organisation.choices import ReachFilters, UnitFilter
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.units.models import lies_below


def kinds() -> list[tuple[str, str]]:
    """Every kind of row that an event can be about, by its name."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("hjulet."))
    return sorted(
        ((model._meta.label_lower, str(model._meta.verbose_name)) for model in ours), key=lambda kind: kind[1]
    )


class EventFilters(ReachFilters):
    READ = Permission.AUDIT_READ

    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    q = django_filters.CharFilter(field_name="actor_name", lookup_expr="icontains", label=_("Vem"))
    kind = django_filters.ChoiceFilter(
        choices=kinds, field_name="target_type", label=_("Vad det gäller"), empty_label=_("Allt")
    )
    first = DayFilter(field_name="at", lookup_expr="date__gte", label=_("Från och med"))
    last = DayFilter(field_name="at", lookup_expr="date__lte", label=_("Till och med"))

    class Meta:
        model = Event
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(lies_below(unit, "unit_id"))
