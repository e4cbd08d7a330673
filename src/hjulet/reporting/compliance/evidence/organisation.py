"""Who leads, what is covered, and whether the laws themselves have been read."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.roles.roles import ROLES, Responsibility
from hjulet.organisation.units.models import UnitKind, lies_below
from hjulet.organisation.units.queries import units_visible_to
from hjulet.planning.models import RiskAnalysis
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.rulebook.laws.queries import law_reviews_visible_to, laws_visible_to
from hjulet.rulebook.laws.states import Certainty, ReviewState

LEADING = [role.key for role in ROLES.values() if Responsibility.LEAD in role.responsibilities]


def open_units(person: Person, committee: Unit, day: date) -> QuerySet:
    """With whether somebody leads the unit, and whether an analysis of the year covers it."""
    led = RoleAssignment.objects.on(day).filter(unit=OuterRef("pk"), role__in=LEADING).order_by()
    covering = RiskAnalysis.objects.visible_to(person).filter(year=day.year).order_by()
    covering = covering.annotate(path=ExpressionWrapper(OuterRef("path"), output_field=CharField())).filter(
        path__startswith=F("unit__path")
    )
    units = units_visible_to(person).filter(path__startswith=committee.path, kind=UnitKind.UNIT, valid_to=None)
    return units.annotate(is_led=Exists(led), is_covered=Exists(covering))


UNITS = Source(
    rows=open_units,
    evidence=(
        Evidence(
            "unit-lead",
            ("Q-4", "Q-5"),
            _("Enheter som någon leder"),
            lambda _day: Q(is_led=True),
            lambda _day: Q(is_led=False),
            "roles:list",
            _("Ge någon rollen"),
        ),
        Evidence(
            "unit-analysis",
            ("Q-6", "Q-12"),
            _("Enheter som årets riskanalys omfattar"),
            lambda _day: Q(is_covered=True),
            lambda _day: Q(is_covered=False),
            "risk_analyses:list",
            _("Börja en riskanalys"),
        ),
    ),
    unit=lambda row: str(row.name),
)
LAWS = Source(
    rows=lambda person, _committee, day: laws_visible_to(person).on(day),
    evidence=(
        Evidence(
            "law-read",
            ("Q-1",),
            _("Författningar som gäller och som någon har läst"),
            lambda _day: ~Q(certainty=Certainty.UNVERIFIED),
            lambda _day: Q(certainty=Certainty.UNVERIFIED),
            "laws:unverified",
            _("Kontrollera dem"),
        ),
    ),
    unit=lambda _row: "",
)
LAW_REVIEWS = Source(
    rows=lambda person, committee, _day: law_reviews_visible_to(person).filter(lies_below(committee)),
    evidence=(
        Evidence(
            "law-review",
            ("Q-20",),
            _("Genomgångar när en lag ändras"),
            lambda _day: Q(state=ReviewState.DONE),
            lambda day: Q(state=ReviewState.OPEN, due_date__lt=day),
            "laws:reviews",
            _("Gå igenom"),
        ),
    ),
)
