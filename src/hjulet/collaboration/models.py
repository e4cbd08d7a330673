from hjulet.collaboration.attachments.models import Attachment
from hjulet.collaboration.clock.models import ClockHold, ClockRun
from hjulet.collaboration.comments.models import Comment
from hjulet.collaboration.drafts.models import Draft
from hjulet.collaboration.notices.models import Notice, Preference, Sending
from hjulet.collaboration.registers.models import RegisterVersion
from hjulet.collaboration.saved_views.models import SavedView

__all__ = [
    "Attachment",
    "ClockHold",
    "ClockRun",
    "Comment",
    "Draft",
    "Notice",
    "Preference",
    "RegisterVersion",
    "SavedView",
    "Sending",
]
