from hjulet.monitoring.recurring_duties.models import DutyOccurrence, DutyStep, DutyTemplate, RecurringDuty
from hjulet.monitoring.self_monitoring.models import Control, Frequency, Occurrence, OccurrenceStep

__all__ = [
    "Control",
    "DutyOccurrence",
    "DutyStep",
    "DutyTemplate",
    "Frequency",
    "Occurrence",
    "OccurrenceStep",
    "RecurringDuty",
]
