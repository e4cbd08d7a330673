"""Opening a file that somebody sends: no entities, no DTD, nothing fetched, nothing huge."""

from itertools import islice
from typing import Any, Final

from defusedxml import ElementTree as Guarded
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from lxml import etree

from hjulet.rulebook.processes.bpmn.names import MODEL

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ELEMENTS: Final = 40_000
DEEPEST: Final = 60


class Unreadable(Exception):
    """The file cannot be read in; `sentence` says why and what to do."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def parsed(content: bytes) -> Any:
    """The root of the file, when it is BPMN and harmless."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("Filen är för stor. Den får vara högst 2 MB."))
    refuse_declarations(content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(not_xml(error.lineno)) from error
    if root.tag != f"{{{MODEL}}}definitions":
        raise Unreadable(_("Filen är ingen BPMN 2.0-fil. Välj att exportera som BPMN 2.0 i verktyget du ritade i."))
    refuse_sizes(root)
    return root


def refuse_declarations(content: bytes) -> None:
    """A parser of its own looks first: it stops at the first declaration, before anything is expanded or opened."""
    try:
        Guarded.fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Unreadable(
            _("Filen har en dokumenttypsdeklaration (DTD) eller egna entiteter och läses inte in av säkerhetsskäl.")
        ) from error
    except Guarded.ParseError as error:
        raise Unreadable(not_xml(error.position[0])) from error
    except (LookupError, ValueError) as error:
        raise Unreadable(_("Filens teckenkodning går inte att läsa. Spara den som UTF-8.")) from error


def not_xml(line: int | None) -> str:
    return _("Filen går inte att läsa: felet finns på rad %(line)s. Exportera den igen.") % {"line": line or 1}


def refuse_sizes(root: Any) -> None:
    if next(islice(root.iter(), MOST_ELEMENTS, None), None) is not None:
        raise Unreadable(_("Filen har för många delar för att läsas in. Dela upp den i flera processer."))
    if depth_of(root) > DEEPEST:
        raise Unreadable(_("Filen är för djupt nästlad för att läsas in."))


def depth_of(root: Any) -> int:
    deepest, level = 0, [root]
    while level:
        deepest += 1
        level = [child for element in level for child in element]
    return deepest
