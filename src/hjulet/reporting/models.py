from hjulet.reporting.calendar_feed.models import CalendarFeed
from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.follow_up.models import (
    FollowUp,
    FollowUpFile,
    FollowUpStep,
    FollowUpText,
    Lesson,
)
from hjulet.reporting.outside_links.models import (
    OutsideAddress,
    OutsidePlace,
)

__all__ = [
    "CalendarFeed",
    "ComplianceJudgement",
    "FollowUp",
    "FollowUpFile",
    "FollowUpStep",
    "FollowUpText",
    "Lesson",
    "OutsideAddress",
    "OutsidePlace",
]
