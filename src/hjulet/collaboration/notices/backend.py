from allauth.account.auth_backends import AuthenticationBackend

from hjulet.collaboration.notices.queries import unread_count
from hjulet.organisation.models import Person


class PersonWithNotices(AuthenticationBackend):
    """Reads whoever is logged in together with how many notices wait: the bell of every page costs no statement."""

    def get_user(self, user_id):
        person = Person.objects.annotate(unread_notices=unread_count()).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
