from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.log_review.models import Review, ReviewPlan, ReviewRule, ReviewStep, SampledReading
from hjulet.monitoring.recurring_duties.models import DutyOccurrence, DutyStep, DutyTemplate, RecurringDuty
from hjulet.monitoring.self_monitoring.models import Control, Occurrence, OccurrenceStep

__all__ = [
    "Control",
    "DutyOccurrence",
    "DutyStep",
    "DutyTemplate",
    "Frequency",
    "Occurrence",
    "OccurrenceStep",
    "RecurringDuty",
    "Review",
    "ReviewPlan",
    "ReviewRule",
    "ReviewStep",
    "SampledReading",
]
