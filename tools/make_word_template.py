"""Makes the Word template we ship: `python tools/make_word_template.py`. Run it again after a change here.

Everything a reader sees is a style, so a municipality restyles the documents by editing styles in Word.
"""

from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from hjulet.base.documents.word import normalised

TARGET = Path(__file__).parent.parent / "src/hjulet/base/documents/template.docx"
FONT = "Calibri"
INK, QUIET, COLOUR, LINE = "1B1F23", "4B555F", "1F4E79", "C9D0D6"
PARAGRAPH, CHARACTER = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER
PARAGRAPHS = {  # name: size in points, bold, colour, space before, space after, keep with next
    "Title": (26, True, COLOUR, 0, 4, True),
    "Subtitle": (13, False, QUIET, 0, 4, False),
    "Heading 1": (17, True, COLOUR, 22, 6, True),
    "Heading 2": (14, True, COLOUR, 16, 4, True),
    "Heading 3": (12, True, COLOUR, 12, 3, True),
    "Heading 4": (11, True, COLOUR, 10, 2, True),
    "Lead": (13, False, INK, 0, 8, False),
    "Note": (9.5, False, QUIET, 0, 8, False),
    "Caption": (10, True, INK, 12, 4, True),
    "Figure": (11, False, INK, 10, 2, True),
    "Figure Caption": (10, True, INK, 0, 12, False),
    "Table Text": (9.5, False, INK, 0, 0, False),
    "Table Heading": (9.5, True, INK, 0, 0, True),
    "Table Row Heading": (9.5, True, INK, 0, 0, False),
    "Table Section": (9.5, True, INK, 2, 2, True),
    "Table End": (6, False, INK, 0, 6, False),
    "List Bullet": (11, False, INK, 0, 3, False),
    "List Number": (11, False, INK, 0, 3, False),
    "Header": (9, False, QUIET, 0, 0, False),
    "Footer": (9, False, QUIET, 0, 0, False),
}
KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Normal"}


def make() -> bytes:
    document = Document()
    styles = document.styles
    for style in list(styles):
        if style.name not in KEPT:
            style.delete()
    defaults(styles)
    for name, look in PARAGRAPHS.items():
        paragraph_style(styles, name, look)
    for name, bold, italic in (("Strong", True, None), ("Emphasis", None, True), ("Intense Emphasis", True, True)):
        font = styles.add_style(name, CHARACTER, builtin=True).font
        font.bold, font.italic = bold, italic
    styles.add_style("Code", CHARACTER).font.name = "Consolas"
    link = styles.add_style("Hyperlink", CHARACTER, builtin=True).font
    link.color.rgb, link.underline = RGBColor.from_string(COLOUR), True
    styles.element.append(parse_xml(TABLE_STYLE))
    numbering(document)
    page(document.sections[0])
    return normalised(document)


def defaults(styles) -> None:
    styles.element.replace(
        styles.element.find(qn("w:docDefaults")),
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
            f'<w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
            '<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
            '<w:spacing w:after="140" w:line="271" w:lineRule="auto"/>'
            "</w:pPr></w:pPrDefault></w:docDefaults>"
        ),
    )
    normal = styles["Normal"].element
    if normal.rPr is not None:
        normal.remove(normal.rPr)


def paragraph_style(styles, name, look) -> None:
    size, bold, colour, before, after, keep_with_next = look
    is_builtin = name.split()[0] in {"Title", "Subtitle", "Heading", "Caption", "List", "Header", "Footer"}
    style = styles.add_style(name, PARAGRAPH, builtin=is_builtin)
    style.base_style = styles["Normal"]
    style.quick_style = True
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = keep_with_next
    if name.startswith(("Title", "Heading", "Table")):
        layout.line_spacing = 1.08
    if name.startswith("Heading"):
        style.next_paragraph_style = styles["Normal"]
        level = int(name[-1]) - 1
        style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))
    if name.startswith("List"):
        number = 1 if name == "List Bullet" else 2
        style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number


TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="DocumentTable">
  <w:name w:val="Document Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="60" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
      <w:bottom w:w="60" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tblPr/>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{COLOUR}"/></w:tcBorders>
      <w:vAlign w:val="bottom"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>"""


def numbering(document) -> None:
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, kind in ((1, "bullet"), (2, "decimal")):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{"•◦"[level % 2] if kind == "bullet" else f"%{level + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{340 * (level + 1)}" w:hanging="340"/></w:pPr></w:lvl>'
            for level in range(9)
        )
        root.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
        )
    for number in (1, 2):
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def page(section) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    footer = section.footer.paragraphs[0]
    footer.style = "Footer"
    footer.alignment = 2
    for words, field in (("Sida ", "PAGE"), (" av ", "NUMPAGES")):
        footer.add_run(words)
        footer._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )


if __name__ == "__main__":
    TARGET.write_bytes(make())
