from django.conf import settings
from django.utils.functional import SimpleLazyObject

from hjulet.config.navigation import menu_for
from hjulet.organisation.units.queries import municipality
from hjulet.reporting.gaps.queries import sees_any
from hjulet.reporting.gaps.remembering import remembered


def page(request):
    """What every page shows around its content; read only if the template asks."""
    person = getattr(request, "user", None)
    return {
        "navigation": SimpleLazyObject(lambda: menu_for(person, request.path))
        if person is not None and person.is_authenticated
        else "",
        "municipality": SimpleLazyObject(municipality),
        "sign_on": settings.SIGN_ON,
        "end_session": SimpleLazyObject(lambda: request.session.get("end_session", "")),
        "idle_seconds": settings.SESSION_COOKIE_AGE,
        "known_gaps": SimpleLazyObject(lambda: gaps_known_to(person, request.session)),
        "unread_notices": getattr(person, "unread_notices", 0),
    }


def gaps_known_to(person, session):
    """None for whoever sees no piece of the thread, and until a one-time password has been changed for an own one."""
    return remembered(session) if sees_any(person) and not person.must_change_password else None
