"""Who leads, what is covered, and whether the laws themselves have been read."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.roles.roles import ROLES, Responsibility
from hjulet.organisation.units.models import UnitKind, at_or_above, lies_below
from hjulet.organisation.units.queries import units_visible_to
from hjulet.planning.models import RiskAnalysis
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.reporting.compliance.evidence.rulebook import points_to
from hjulet.rulebook.documents.concerns import holding_in_each
from hjulet.rulebook.documents.queries import documents_in_force
from hjulet.rulebook.laws.queries import law_reviews_visible_to, laws_visible_to
from hjulet.rulebook.laws.states import Certainty, ReviewState
from hjulet.rulebook.models import GoverningDocument

INVESTIGATOR = "lex_sarah_investigator"
# Where a routine that holds says what to do with what people tell of, by the requirement that it points to.
IS_TOLD = {"Q-15": "is_told_of_complaints", "Q-17": "is_told_of_reports"}
LEADING = [role.key for role in ROLES.values() if Responsibility.LEAD in role.responsibilities]


def open_units(person: Person, committee: Unit, day: date) -> QuerySet:
    """With whether somebody leads the unit, what of the year covers it, and whether what people tell of is met there."""
    held = RoleAssignment.objects.on(day).filter(person__is_active=True).order_by()
    led = held.filter(unit=OuterRef("pk"), role__in=LEADING)
    covering = RiskAnalysis.objects.visible_to(person).filter(year=day.year).order_by()
    investigating = held.filter(role=INVESTIGATOR)
    units = units_visible_to(person).filter(path__startswith=committee.path, kind=UnitKind.UNIT, valid_to=None)
    return units.annotate(
        is_led=Exists(led),
        is_covered=Exists(at_or_above(covering, OuterRef("path"))),
        is_investigated=Exists(at_or_above(investigating, OuterRef("path"))),
        **{name: Exists(holding_in_each(pointing_to(key, person, day))) for key, name in IS_TOLD.items()},
    )


def pointing_to(requirement: str, person: Person, day: date) -> QuerySet[GoverningDocument]:
    return documents_in_force(person, day).filter(points_to(requirement)).order_by()


def told(key: str, requirement: str, label: Any) -> Evidence:
    is_told = IS_TOLD[requirement]
    return Evidence(
        key,
        (requirement,),
        label,
        lambda _day: Q(**{is_told: True}),
        lambda _day: Q(**{is_told: False}),
        "documents:list",
        _("Peka från rutinen till kravet"),
    )


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
        told("unit-complaints", "Q-15", _("Enheter där en rutin för klagomål och synpunkter gäller")),
        told("unit-reports", "Q-17", _("Enheter där en rutin för lex Sarah gäller")),
        Evidence(
            "unit-investigator",
            ("Q-17",),
            _("Enheter som en lex Sarah-utredare har ansvar för"),
            lambda _day: Q(is_investigated=True),
            lambda _day: Q(is_investigated=False),
            "roles:list",
            _("Ge någon rollen"),
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
