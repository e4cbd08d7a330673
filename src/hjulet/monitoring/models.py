from hjulet.monitoring.self_monitoring.models import Control, Frequency, Occurrence, OccurrenceStep

__all__ = ["Control", "Frequency", "Occurrence", "OccurrenceStep"]
