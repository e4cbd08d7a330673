"""What may be missing in who answers for what."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.responsibilities import rules as responsibility_rules
from hjulet.organisation.responsibilities.models import is_held, lacks_a_role, lacks_an_area
from hjulet.organisation.responsibilities.queries import responsibilities_visible_to
from hjulet.organisation.units import rules as unit_rules
from hjulet.organisation.units.models import UnitKind
from hjulet.organisation.units.queries import units_visible_to
from hjulet.reporting.gaps.shape import Kind, Source

UNITS = Source(
    rows=lambda person, _year: units_visible_to(person).filter(valid_to=None),
    unit="",
    kinds=(
        Kind(
            "area-role",
            _("Nämnder där ingen ansvarar för något område"),
            _("Ange ansvarig"),
            "responsibilities:answer_for",
            lambda day: Q(lacks_an_area(day), kind=UnitKind.COMMITTEE),
            responsibility_rules.may_edit,
        ),
        Kind(
            "unit-role",
            _("Enheter där en roll som ska finnas saknas"),
            _("Ge någon rollen"),
            "roles:assign_in",
            lacks_a_role,
            unit_rules.may_manage,
        ),
    ),
)
RESPONSIBILITIES = Source(
    rows=lambda person, _year: responsibilities_visible_to(person).filter(valid_to=None),
    unit="unit",
    kinds=(
        Kind(
            "area-holder",
            _("Ansvar för områden där ingen har rollen"),
            _("Ändra vem som är ansvarig"),
            "responsibilities:change",
            lambda day: ~Q(is_held(day)),
            lambda person, row: responsibility_rules.may_edit(person, row.unit),
        ),
    ),
)

SOURCES = (UNITS, RESPONSIBILITIES)
