from hjulet.reporting.follow_up.models import FollowUp, FollowUpFile, FollowUpStep, FollowUpText, Lesson

__all__ = ["FollowUp", "FollowUpFile", "FollowUpStep", "FollowUpText", "Lesson"]
