from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from hjulet.base.middleware import FIELD

LONGEST_ADDRESS = 300
MOST_CHARACTERS = 200_000
# What belongs to one sending of a form and not to what was typed; a file on its way in (`base.forms.uploads`) is neither.
NOT_TYPED = {FIELD, "csrfmiddlewaretoken", "address", "tried", "seen"}


def is_form(address: str) -> bool:
    """Whether one of our own form pages stands at the address."""
    if not address.startswith("/") or len(address) > LONGEST_ADDRESS:
        return False
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return getattr(match.func, "access_mode", "") == "writes"


def is_worth_keeping(typed: dict[str, list[str]]) -> bool:
    """Something is written, and no more than a person writes."""
    return 0 < sum(len(value) for values in typed.values() for value in values) <= MOST_CHARACTERS
