"""The body of a Word file as XML text, in the order that the schema of Word demands."""

from io import BytesIO
from itertools import count
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE

from hjulet.base.documents.model import (
    Block,
    Bullets,
    Content,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Place,
    Row,
    Table,
    Text,
    cell_blocks,
    clean,
    items,
    placed,
    plain,
    runs,
)
from hjulet.base.documents.pictures import fitted, png, proportions
from hjulet.base.documents.tones import TONES
from hjulet.base.documents.words import FIGURE, TABLE, say

_EMU_PER_TWIP: Final = 635
_PIXELS_PER_TWIP: Final = 200 / 1440
_SECTION_FILL: Final = "#eef1f4"


class Body:
    """The body's XML; holds the counts and ids that run through the document."""

    def __init__(self, document: Document, file: Any) -> None:
        self.document = document
        self.file = file
        self.styles = {style.name: style.style_id for style in file.styles}
        self.tables, self.figures, self.ids = count(1), count(1), count(1)
        section = file.sections[0]
        self.width = (section.page_width - section.left_margin - section.right_margin) // _EMU_PER_TWIP

    def xml(self) -> str:
        document = self.document
        opening = self.paragraph("Title", document.title)
        if document.subtitle:
            opening += self.paragraph("Subtitle", document.subtitle)
        opening += self.paragraph("Note", f"{document.organisation}, {document.date.isoformat()}")
        return opening + "".join(self.block(block) for block in document.blocks)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph():
                return self.paragraph(block.style.capitalize(), block.content)
            case Bullets():
                return self.bullets(block)
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case PageBreak():
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def paragraph(self, style: str, content: Content, *, more: str = "") -> str:
        return f"<w:p>{self.properties(style, more)}{self.text(content)}</w:p>"

    def properties(self, style: str, more: str = "") -> str:
        return f'<w:pPr><w:pStyle w:val="{self.styles[style]}"/>{more}</w:pPr>'

    def heading(self, heading: Heading) -> str:
        style, text = f"Heading {heading.level}", self.text(heading.text)
        if heading.anchor:
            number = next(self.ids)
            name = _bookmark(heading.anchor)
            text = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{text}<w:bookmarkEnd w:id="{number}"/>'
        return f"<w:p>{self.properties(style)}{text}</w:p>"

    def text(self, content: Content) -> str:
        return "".join(self.run(run) for run in runs(content))

    def run(self, run: Text) -> str:
        href = run.href
        if href.startswith("#") and href[1:] in self.document.anchors:
            return f'<w:hyperlink w:anchor="{_bookmark(href[1:])}">{self.styled(run, "Hyperlink")}</w:hyperlink>'
        if href and href[0] not in "/#":
            address = quote(href, safe=":/?#[]@!$&'()*+,;=%~-._")
            link = self.file.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            return f'<w:hyperlink r:id="{link}">{self.styled(run, "Hyperlink")}</w:hyperlink>'
        return self.styled(run)

    def styled(self, run: Text, style: str = "") -> str:
        emphasis = {(True, True): "Intense Emphasis", (True, False): "Strong", (False, True): "Emphasis"}
        style = style or ("Code" if run.code else emphasis.get((run.bold, run.italic), ""))
        look = f'<w:rPr><w:rStyle w:val="{self.styles[style]}"/></w:rPr>' if style else ""
        text = escape(run.text)
        for character, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
            text = text.replace(character, f'</w:t>{element}<w:t xml:space="preserve">')
        return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'

    def bullets(self, bullets: Bullets, *, cell_style: str = "", depth: int = 0) -> str:
        style = cell_style or ("List Number" if bullets.ordered else "List Bullet")
        number = self.numbering(ordered=bullets.ordered)
        place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        return "".join(
            self.paragraph(style, content, more=place)
            + (self.bullets(nested, cell_style=cell_style, depth=depth + 1) if nested else "")
            for content, nested in items(bullets)
        )

    def numbering(self, *, ordered: bool) -> int:
        """The numbering that the template's list style uses; a numbered list gets its own, to begin at 1."""
        style = self.file.styles["List Number" if ordered else "List Bullet"]
        numbering = self.file.part.numbering_part.element
        number = style.element.pPr.numPr.numId.val
        if not ordered:
            return number
        fresh = numbering.add_num(numbering.num_having_numId(number).abstractNumId.val)
        for level in range(9):
            fresh.add_lvlOverride(ilvl=level).add_startOverride(1)
        return fresh.numId

    def table(self, table: Table) -> str:
        total = sum(column.width for column in table.columns)
        widths = [int(self.width * column.width / total) for column in table.columns]
        caption = clean(table.caption)
        label = say(TABLE, self.document.language, number=next(self.tables))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        header = self.rows(table.header, table, widths, is_header=True)
        return (
            self.paragraph("Caption", f"{label} {caption}")
            + f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.styles["Document Table"]}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{header}{self.rows(table.rows, table, widths)}</w:tbl>"
            + self.paragraph("Table End", "")
        )

    def rows(self, rows: tuple[Row, ...], table: Table, widths: list[int], *, is_header: bool = False) -> str:
        properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_header else ''}</w:trPr>"
        lines = zip(rows, placed(rows, len(table.columns)), strict=True)
        return "".join(
            f"<w:tr>{properties}"
            + "".join(self.cell(place, row, table, widths, is_header=is_header) for place in line)
            + "</w:tr>"
            for row, line in lines
        )

    def cell(self, place: Place, row: Row, table: Table, widths: list[int], *, is_header: bool) -> str:
        cell = place.cell
        width = sum(widths[place.column : place.column + place.colspan])
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if place.colspan > 1:
            properties += f'<w:gridSpan w:val="{place.colspan}"/>'
        if cell.rowspan > 1:
            properties += "<w:vMerge/>" if place.continued else '<w:vMerge w:val="restart"/>'
        fill = TONES[cell.tone].fill if cell.tone else _SECTION_FILL if row.section else None
        if fill:
            properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:].upper()}"/>'
        style = _cell_style(row, is_header=is_header, is_row_header=cell.header)
        at_end = table.columns[place.column].align == "end" and place.colspan == 1
        inside = self.inside(place, style, '<w:jc w:val="end"/>' if at_end else "")
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    def inside(self, place: Place, style: str, alignment: str) -> str:
        if place.continued:
            return self.paragraph(style, "")
        return "".join(
            self.bullets(block, cell_style=style)
            if isinstance(block, Bullets)
            else self.paragraph("Note" if block.style == "note" else style, block.content, more=alignment)
            for block in cell_blocks(place.cell)
        )

    def figure(self, figure: Figure) -> str:
        width = int(self.width * fitted(figure.svg, figure.width, landscape=self.document.landscape))
        picture = png(figure.svg, width=int(width * _PIXELS_PER_TWIP))
        link, _ = self.file.part.get_or_add_image(BytesIO(picture))
        wide, high = width * _EMU_PER_TWIP, int(width * _EMU_PER_TWIP * proportions(figure.svg))
        description = quoteattr(clean(f"{figure.title}. {figure.description}"))
        number = next(self.ids)
        label = say(FIGURE, self.document.language, number=next(self.figures))
        drawing = _PICTURE.format(number=number, link=link, wide=wide, high=high, description=description)
        return (
            f"<w:p>{self.properties('Figure')}<w:r>{drawing}</w:r></w:p>"
            + self.paragraph("Figure Caption", f"{label} {plain(figure.title)}")
            + (self.table(figure.table) if figure.table else "")
        )


_PICTURE: Final = (
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:docPr id="{number}" name="Figure {number}" descr={description}/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Figure {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def _cell_style(row: Row, *, is_header: bool, is_row_header: bool) -> str:
    if row.section:
        return "Table Section"
    if is_header:
        return "Table Heading"
    return "Table Row Heading" if is_row_header else "Table Text"


def _bookmark(anchor: str) -> str:
    """Word wants no digit first and no hyphen."""
    return "_" + anchor.replace("-", "_")
