from hjulet.monitoring.agreement_follow_ups.models import AgreementFollowUp, RequirementVerdict
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget, IndicatorTemplate, MeasuredUnit
from hjulet.monitoring.indicators.parts import MeasuredValue, Measurement, MeasurementStep
from hjulet.monitoring.log_review.models import Review, ReviewPlan, ReviewRule, ReviewStep, SampledReading
from hjulet.monitoring.recurring_duties.models import DutyOccurrence, DutyStep, DutyTemplate, RecurringDuty
from hjulet.monitoring.self_monitoring.models import Control, Occurrence, OccurrenceStep

__all__ = [
    "AgreementFollowUp",
    "Control",
    "DutyOccurrence",
    "DutyStep",
    "DutyTemplate",
    "Frequency",
    "Indicator",
    "IndicatorTarget",
    "IndicatorTemplate",
    "MeasuredUnit",
    "MeasuredValue",
    "Measurement",
    "MeasurementStep",
    "Occurrence",
    "OccurrenceStep",
    "RecurringDuty",
    "RequirementVerdict",
    "Review",
    "ReviewPlan",
    "ReviewRule",
    "ReviewStep",
    "SampledReading",
]
