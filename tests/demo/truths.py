"""What must be true of the demo on every day."""

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from hjulet.actions.models import Action, EffectCheck
from hjulet.audit.models import Event
from hjulet.audit.queries import faults_of_chain, faults_of_readings
from hjulet.monitoring.models import AgreementFollowUp, DutyOccurrence, Occurrence
from hjulet.organisation.models import Decision, Person
from hjulet.planning.models import Assessment, Risk, RiskAnalysis
from hjulet.planning.risk_analyses.queries import standing_of
from hjulet.rulebook.models import DocumentVersion, GoverningDocument

DAYS = (
    (Action, "completed_date"),
    (AgreementFollowUp, "done_date"),
    (Assessment, "assessed_date"),
    (Decision, "meeting_date"),
    (EffectCheck, "checked_date"),
    (Occurrence, "done_date"),
    (DutyOccurrence, "done_date"),
)


def untrue() -> list:
    """What contradicts the rest: nothing, one hopes."""
    return [
        *faults_of_chain(),
        *faults_of_readings(),
        *done_later_than_today(),
        *miscounted_analyses(),
        *risks_of_another_year(),
        *occurrences_of_another_unit(),
        *documents_decided_otherwise(),
    ]


def done_later_than_today():
    late = [event for event in Event.objects.all() if event.at > timezone.now()]
    for model, field in DAYS:
        late += model.objects.filter(**{f"{field}__gt": timezone.localdate()})
    return late


def miscounted_analyses():
    """Those whose picture does not count every risk that is still there exactly once, by its latest assessment."""
    machine = Person.objects.machine()
    return [
        analysis
        for analysis in RiskAnalysis.objects.all()
        if standing_of(machine, analysis).cells.total() != analysis.risks.present().exclude(band=None).count()
    ]


def risks_of_another_year():
    """Those that do not repeat the year of their analysis."""
    return Risk.objects.exclude(year=F("analysis__year"))


def occurrences_of_another_unit():
    """Those that do not repeat the unit of their control."""
    return Occurrence.objects.exclude(control_unit=F("control__unit"))


def documents_decided_otherwise():
    """Those that do not repeat that one of their versions has been decided."""
    decided = DocumentVersion.objects.ever_decided().filter(document=OuterRef("pk"))
    return GoverningDocument.objects.exclude(Exists(decided), was_decided=True).exclude(
        ~Exists(decided), was_decided=False
    )
