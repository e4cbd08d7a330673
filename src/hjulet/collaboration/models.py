from hjulet.collaboration.attachments.models import Attachment
from hjulet.collaboration.comments.models import Comment
from hjulet.collaboration.drafts.models import Draft
from hjulet.collaboration.registers.models import RegisterVersion

__all__ = ["Attachment", "Comment", "Draft", "RegisterVersion"]
