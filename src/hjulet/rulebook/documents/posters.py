"""A sign for the wall: a code that a phone reads, which leads to a document's standing address and so to what applies."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hjulet.rulebook.documents.models import GoverningDocument


@dataclass(frozen=True)
class Poster:
    document: GoverningDocument
    address: str
    code: SafeString


def poster_of(document: GoverningDocument) -> Poster:
    address = settings.ADDRESS.rstrip("/") + document.get_absolute_url()
    return Poster(document, address, drawn(address))


def drawn(address: str) -> SafeString:
    """The code as SVG, with its words for whoever does not see it; legible with a seventh of it worn away."""
    title = _("QR-kod som leder till %(address)s") % {"address": address}
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(scale=8, title=title, svgclass="qr", omitsize=True)
    return mark_safe(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 - segno escapes the title
