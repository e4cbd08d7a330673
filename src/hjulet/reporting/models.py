from hjulet.reporting.calendar_feed.models import CalendarFeed
from hjulet.reporting.follow_up.models import FollowUp, FollowUpFile, FollowUpStep, FollowUpText, Lesson

__all__ = ["CalendarFeed", "FollowUp", "FollowUpFile", "FollowUpStep", "FollowUpText", "Lesson"]
