from django.conf import settings
from django.utils.functional import SimpleLazyObject

from hjulet.config.navigation import menu_for
from hjulet.organisation.units.queries import municipality


def page(request):
    """What every page shows around its content; read only if the template asks."""
    person = getattr(request, "user", None)
    return {
        "navigation": SimpleLazyObject(lambda: menu_for(person, request.path))
        if person is not None and person.is_authenticated
        else (),
        "municipality": SimpleLazyObject(municipality),
        "sign_on": settings.SIGN_ON,
        "end_session": SimpleLazyObject(lambda: request.session.get("end_session", "")),
        "idle_seconds": settings.SESSION_COOKIE_AGE,
        "unread_notices": getattr(person, "unread_notices", 0),
    }
