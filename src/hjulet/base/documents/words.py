"""The few words that the machinery itself says; all other text comes from the caller."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

TABLE: Final = _("Tabell %(number)s.")
FIGURE: Final = _("Figur %(number)s.")
PAGE: Final = _("Sida %(page)s av %(pages)s")


def say(words: Promise, language: str, **values: object) -> str:
    """The words in the language of the document, not of the person who makes it."""
    with override(language):
        return str(words) % values
