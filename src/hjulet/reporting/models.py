from hjulet.reporting.calendar_feed.models import CalendarFeed
from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.follow_up.models import FollowUp, FollowUpFile, FollowUpStep, FollowUpText, Lesson

__all__ = ["CalendarFeed", "ComplianceJudgement", "FollowUp", "FollowUpFile", "FollowUpStep", "FollowUpText", "Lesson"]
