from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from hjulet.collaboration.notices.queries import unread_count
from hjulet.organisation.models import Person


class PersonWithNotices(AuthenticationBackend):
    """Reads whoever is logged in together with how many notices wait: the bell of every page costs no statement."""

    def get_user(self, user_id):
        person = people_with_notices().filter(pk=user_id).order_by().first()
        return person if person is not None and self.user_can_authenticate(person) else None


@cache
def people_with_notices() -> QuerySet[Person]:
    """The question alone, put together once: that takes longer than to ask it."""
    return Person.objects.annotate(unread_notices=unread_count())
