from django import template

from hjulet.collaboration.conversation.queries import Conversation, conversation_of
from hjulet.collaboration.saved_views.queries import views_of_list
from hjulet.collaboration.secrecy.queries import Secrecy, secrecy_of
from hjulet.organisation.standing import kept_for

register = template.Library()


@register.simple_tag
def conversation(target, user) -> Conversation:
    """Comments and attachments of the row that the page is about."""
    return conversation_of(target, user)


@register.simple_tag
def secrecy(target, user) -> Secrecy:
    """Whether the row is marked as secret, and whether the person may mark it. One statement for a row that is."""
    return secrecy_of(target, user)


@register.simple_tag
def saved_views(request):
    """The ways this list has been saved, by the person or for the person's units."""
    return kept_for(request.user, views_of_list, request.path)
