from django import template

from hjulet.collaboration.conversation.queries import Conversation, conversation_of

register = template.Library()


@register.simple_tag
def conversation(target, user) -> Conversation:
    """Comments and attachments of the row that the page is about."""
    return conversation_of(target, user)
