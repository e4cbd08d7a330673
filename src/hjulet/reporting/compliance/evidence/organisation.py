"""Who leads, what is covered, and whether the laws themselves have been read."""

from datetime import date
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.roles.roles import ROLES, Responsibility
from hjulet.organisation.units.models import UnitKind, lies_below
from hjulet.organisation.units.queries import units_visible_to
from hjulet.planning.models import RiskAnalysis
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.reporting.compliance.evidence.rulebook import points_to
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
    led = RoleAssignment.objects.on(day).filter(unit=OuterRef("pk"), role__in=LEADING).order_by()
    covering = RiskAnalysis.objects.visible_to(person).filter(year=day.year).order_by()
    covering = covering.annotate(path=path_outside(OuterRef("path"))).filter(path__startswith=F("unit__path"))
    investigating = RoleAssignment.objects.on(day).filter(role=INVESTIGATOR).order_by()
    investigating = investigating.annotate(path=path_outside(OuterRef("path"))).filter(path__startswith=F("unit__path"))
    units = units_visible_to(person).filter(path__startswith=committee.path, kind=UnitKind.UNIT, valid_to=None)
    return units.annotate(
        is_led=Exists(led),
        is_covered=Exists(covering),
        is_investigated=Exists(investigating),
        **{name: holding_there(person, day, key) for key, name in IS_TOLD.items()},
    )


def holding_there(person: Person, day: date, requirement: str) -> Exists:
    """Whether a document of those that point to the requirement holds in the outer unit: it lies there or above it."""
    of_units = GoverningDocument.applies_to.through.objects.filter(governingdocument=OuterRef("pk"))
    named = of_units.annotate(path=path_outside(OuterRef(OuterRef("path")))).filter(path__startswith=F("unit__path"))
    documents = documents_in_force(person, day).filter(points_to(requirement)).order_by()
    documents = documents.annotate(path=path_outside(OuterRef("path"))).filter(path__startswith=F("unit__path"))
    return Exists(documents.filter(~Exists(of_units) | Exists(named)))


def path_outside(path: Any) -> ExpressionWrapper:
    return ExpressionWrapper(path, output_field=CharField())


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
