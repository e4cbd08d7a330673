"""A document as a Word file whose whole look is styles, so that each organisation can have its own.

The body is written as XML and read once: python-docx's own cells are a hundred times slower in long tables.
"""

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
from django.conf import settings
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from hjulet.base.documents.model import Document, clean
from hjulet.base.documents.tones import readable
from hjulet.base.documents.word_body import Body
from hjulet.base.operations import Refused

STYLES: Final = (
    *("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Lead", "Note"),
    *("List Bullet", "List Number", "Caption", "Figure", "Figure Caption"),
    *("Table Text", "Table Heading", "Table Row Heading", "Table Section", "Table End", "Document Table"),
    *("Strong", "Emphasis", "Intense Emphasis", "Code", "Hyperlink"),
)
TEMPLATE: Final = Path(__file__).parent / "template.docx"
_LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


class TemplateError(Refused):
    """The template cannot be used; the text says why and what to do."""


def render(document: Document, *, template: bytes | None = None) -> bytes:
    """The .docx file; the same document and template give the same bytes.

    A template is a .docx that has all of `STYLES`; its header and footer are kept, its text is not. Without one
    the organisation's own is used (`own_template`), or else ours, in the document's colour. Raises TemplateError
    for a template that does not do.
    """
    template = own_template() if template is None else template
    file = _opened(TEMPLATE.read_bytes() if template is None else template)
    file.element.body.clear_content()
    if template is None:
        _paint(file.styles, readable(document.colour)[1:].upper())
    _set_language(file.styles, _LANGUAGES[document.language])
    if document.landscape:
        _turn(file.sections[0])
    body = parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{Body(document, file).xml()}</w:body>")
    for element in list(body):
        file.element.body.sectPr.addprevious(element)
    _set_properties(file.core_properties, document)
    return normalised(file)


def own_template() -> bytes | None:
    """The template that the organisation has put where `WORD_TEMPLATE` says; None when there is none."""
    path = settings.WORD_TEMPLATE
    return path.read_bytes() if path.exists() else None


def normalised(file: Any) -> bytes:
    """The file saved with one and the same time for each of its parts."""
    saved, same = BytesIO(), BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(same, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EARLIEST), source.read(name), zipfile.ZIP_DEFLATED)
    return same.getvalue()


def _opened(template: bytes) -> Any:
    try:
        file = docx.Document(BytesIO(template))
    except Exception as error:  # whatever breaks in a stranger's file, it is no template
        raise TemplateError(_("Mallen är inte en Word-fil (.docx). Välj en fil som är sparad i Word.")) from error
    names = {style.name for style in file.styles}
    missing = [name for name in STYLES if name not in names]
    if missing:
        raise TemplateError(
            _("Word-mallen saknar formatmallarna %(names)s. Utgå från vår mall och ändra dess formatmallar.")
            % {"names": ", ".join(missing)}
        )
    unnumbered = [name for name in ("List Bullet", "List Number") if not file.styles[name].element.xpath(".//w:numId")]
    if unnumbered:
        raise TemplateError(
            _("Formatmallen %(names)s i Word-mallen saknar punkter eller nummer. Koppla den till en lista i Word.")
            % {"names": ", ".join(unnumbered)}
        )
    return file


def _paint(styles: Any, colour: str) -> None:
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Hyperlink"):
        styles[name].element.xpath("w:rPr/w:color")[0].set(qn("w:val"), colour)
    styles["Document Table"].element.xpath(".//w:tcBorders/w:bottom")[0].set(qn("w:color"), colour)


def _set_language(styles: Any, language: str) -> None:
    for properties in styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(OxmlElement("w:lang", attrs={qn("w:val"): language}))


def _turn(section: Any) -> None:
    shorter, longer = sorted((section.page_width, section.page_height))
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, longer, shorter


def _set_properties(properties: Any, document: Document) -> None:
    made_at = datetime.combine(document.date, time(), tzinfo=UTC).replace(tzinfo=None)
    properties.title = clean(document.title)[:255]
    properties.subject = clean(document.subtitle)[:255]
    properties.author = properties.last_modified_by = clean(document.organisation)[:255]
    properties.created = properties.modified = made_at
    properties.language = document.language
    properties.comments = properties.keywords = ""
    properties.revision = 1
