"""Self-monitoring, indicators and what comes back every year."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.monitoring.indicators.queries import indicators_visible_to, measurements_visible_to
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.models import DutyOccurrence
from hjulet.monitoring.recurring_duties.models import DutyKind
from hjulet.monitoring.recurring_duties.queries import duty_occurrences_visible_to
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.monitoring.self_monitoring.queries import controls_visible_to, occurrences_visible_to
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.models import lies_below
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source

NO_OWNER = Q(owner_person=None, owner_role="")

CONTROLS = Source(
    rows=lambda person, committee, day: controls_visible_to(person).filter(
        lies_below(committee), starts_date__lte=day, ends_date__gte=day, stopped_reason=""
    ),
    evidence=(
        Evidence(
            "control-owner",
            ("Q-5", "Q-13"),
            _("Egenkontroller med ansvarig"),
            lambda _day: ~NO_OWNER,
            lambda _day: NO_OWNER,
            "self_monitoring:list",
            _("Välj ansvarig"),
        ),
        Evidence(
            "control-method",
            ("Q-14",),
            _("Egenkontroller där metoden är beskriven"),
            lambda _day: ~Q(method=""),
            lambda _day: Q(method=""),
            "self_monitoring:list",
            _("Beskriv metoden"),
        ),
    ),
)
OCCURRENCES = Source(
    rows=lambda person, committee, day: (
        occurrences_visible_to(person).in_unit(committee).filter(due_date__year=day.year)
    ),
    evidence=(
        Evidence(
            "control-done",
            ("Q-13",),
            _("Kontroller i år som är gjorda"),
            lambda _day: Q(state=OccurrenceState.DONE),
            lambda day: Q(state=OccurrenceState.PLANNED, due_date__lt=day),
            "self_monitoring:occurrences",
            _("Registrera resultaten"),
        ),
        Evidence(
            "control-finding",
            ("Q-22", "Q-23"),
            _("Gjorda kontroller där det står vad de visade"),
            lambda _day: Q(state=OccurrenceState.DONE) & ~Q(finding=""),
            lambda _day: Q(state=OccurrenceState.DONE, finding=""),
            "self_monitoring:occurrences",
            _("Skriv vad de visade"),
        ),
    ),
)
INDICATORS = Source(
    rows=lambda person, committee, _day: indicators_visible_to(person).in_use().filter(lies_below(committee)),
    evidence=(
        Evidence(
            "indicator-owner",
            ("Q-5",),
            _("Nyckeltal med ansvarig"),
            lambda _day: ~NO_OWNER,
            lambda _day: NO_OWNER,
            "indicators:list",
            _("Välj ansvarig"),
        ),
    ),
)
MEASUREMENTS = Source(
    rows=lambda person, committee, day: (
        measurements_visible_to(person).in_unit(committee).filter(due_date__year=day.year)
    ),
    evidence=(
        Evidence(
            "indicator-measured",
            ("Q-14",),
            _("Mätningar av nyckeltal i år som är gjorda"),
            lambda _day: Q(state=MeasurementState.MEASURED),
            lambda day: Q(state=MeasurementState.PLANNED, due_date__lt=day),
            "indicators:measurements",
            _("Registrera mätningarna"),
        ),
    ),
)


def duties_of_the_year(person: Person, committee: Unit, day: date) -> QuerySet[DutyOccurrence]:
    return duty_occurrences_visible_to(person).in_unit(committee).filter(due_date__year=day.year)


def duty(key: str, requirements: tuple[str, ...], label: Any, among: Q) -> Evidence:
    return Evidence(
        key,
        requirements,
        label,
        lambda _day: among & Q(state=DutyState.DONE),
        lambda day: among & Q(state=DutyState.PLANNED, due_date__lt=day),
        "recurring_duties:occurrences",
        _("Gör årsuppgiften"),
    )


LOOKING = Q(duty__kind__in=[DutyKind.SURVEY, DutyKind.REVIEW, DutyKind.ANALYSIS])
DUTIES = Source(
    rows=duties_of_the_year,
    evidence=(
        duty("duty-looking", ("Q-14",), _("Enkäter, granskningar och analyser i år"), LOOKING),
        duty("quality-report", ("Q-24",), _("Kvalitetsberättelse"), Q(duty__template__key="quality_report")),
        duty(
            "safety-report",
            ("Q-2", "Q-25"),
            _("Patientsäkerhetsberättelse"),
            Q(duty__template__key="patient_safety_report"),
        ),
        duty(
            "complaints-report",
            ("Q-18",),
            _("Sammanställningar av synpunkter och klagomål i år"),
            Q(duty__template__key="complaints_report"),
        ),
        duty(
            "reports-information",
            ("Q-17",),
            _("Information om lex Sarah i år"),
            Q(duty__template__key="lex_sarah_information"),
        ),
        duty(
            "revision", ("Q-20",), _("Översyn av ledningssystemet"), Q(duty__template__key="management_system_revision")
        ),
    ),
)
