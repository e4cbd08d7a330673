import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.base.documents.model import clean
from hjulet.base.spreadsheets import ReadCell, Sheet, SpreadsheetError, Unreadable, read_workbook, write_workbook

LIMITS = {"max_bytes": 1_000_000, "max_rows": 100}


def values(data: bytes, **limits) -> dict[str, list[list]]:
    return {
        name: [[cell.value for cell in row] for row in rows]
        for name, rows in read_workbook(data, **(LIMITS | limits)).items()
    }


def saved(change) -> bytes:
    book = openpyxl.Workbook()
    change(book.active)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def refusal(data: bytes, **limits) -> str:
    with pytest.raises(SpreadsheetError) as caught:
        read_workbook(data, **(LIMITS | limits))
    return str(caught.value)


def packed(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_values_come_back_as_they_were():
    rows = [
        ("=1+1", "+46", "-2", "@a"),
        ("åäö ÅÄÖ", "två\nrader", "https://example.org", " _x000D_ "),
        (date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), time(5, 6), True),
        (7, 2.5, Decimal("1.25"), None),
        (date(1850, 3, 4), None, None, None),
    ]

    assert values(write_workbook([Sheet("Blad", ("A", "B", "C", "D"), rows)])) == {
        "Blad": [
            ["A", "B", "C", "D"],
            *(list(row) for row in rows[:3]),
            [7, 2.5, 1.25, None],
            ["1850-03-04", None, None, None],
        ]
    }


@given(st.lists(st.lists(st.text(max_size=40), min_size=2, max_size=2), max_size=5))
def test_any_text_comes_back_as_text_without_what_excel_cannot_hold(rows):
    wanted = [[clean(text) or None for text in row] for row in rows]

    read = values(write_workbook([Sheet("Blad", ("A", "B"), rows)]))["Blad"][1:]

    assert read == [row for row in wanted if any(row)]


def test_what_looks_like_a_formula_is_stored_as_text():
    book = openpyxl.load_workbook(BytesIO(write_workbook([Sheet("B", ("=A",), [("=cmd|'/c calc'!A1",)])])))

    assert [(cell.value, cell.data_type) for cell in book["B"]["A"]] == [("=A", "s"), ("=cmd|'/c calc'!A1", "s")]


def test_headings_are_bold_frozen_filtered_and_have_widths():
    data = write_workbook(
        [
            Sheet("Ett", ("Namn", "Datum"), [("a", date(2026, 1, 2))], widths=(30, 12)),
            Sheet("Två", ("Längre rubrik",), []),
        ]
    )
    first, second = openpyxl.load_workbook(BytesIO(data)).worksheets

    assert (first.freeze_panes, first.auto_filter.ref, second.auto_filter.ref) == ("A2", "A1:B2", "A1")
    assert [cell.font.bold for row in first.iter_rows() for cell in row] == [True, True, False, False]
    assert [round(first.column_dimensions[name].width) for name in "AB"] == [31, 13]
    assert round(second.column_dimensions["A"].width) == 18
    assert first["B2"].number_format == "yyyy-mm-dd"


def test_sheet_names_are_made_to_fit():
    data = write_workbook([Sheet("'Risker/åtgärder [2026]: alla nämnder?", ("A",), [])])

    assert list(values(data)) == ["Risker åtgärder  2026   alla n"]


def test_the_same_rows_give_the_same_bytes():
    sheets = [Sheet("Blad", ("A",), [("a",)])]

    assert write_workbook(sheets) == write_workbook(sheets)


def test_text_too_long_for_a_cell_is_not_cut_in_silence():
    with pytest.raises(ValueError, match=r"^A cell holds at most 32767 characters, not 32768\.$"):
        write_workbook([Sheet("Blad", ("A",), [("x" * 32_768,)])])


def test_cells_know_their_address_and_empty_rows_are_left_out():
    def fill(sheet) -> None:
        sheet.title = "Blad"
        sheet["B2"], sheet["C5"] = "här", 3

    assert read_workbook(saved(fill), **LIMITS) == {
        "Blad": [
            (ReadCell("A2", None), ReadCell("B2", "här"), ReadCell("C2", None)),
            (ReadCell("A5", None), ReadCell("B5", None), ReadCell("C5", 3)),
        ]
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"hej", "Filen är inte en Excel-fil (.xlsx). Välj en fil som är sparad i Excel."),
        (b"", "Filen är inte en Excel-fil (.xlsx). Välj en fil som är sparad i Excel."),
        (packed(a=b"b"), "Filen är inte en Excel-fil (.xlsx). Välj en fil som är sparad i Excel."),
        (
            b"\xd0\xcf\x11\xe0" + b"\x00" * 100,
            "Filen är låst med lösenord eller sparad i ett gammalt format. Ta bort lösenordet och spara den som .xlsx.",
        ),
        (
            b"PK\x03\x04trasig",
            "Filen är skadad och kan inte läsas. Öppna den i Excel, spara den på nytt och försök igen.",
        ),
        (
            packed(**{"xl/workbook.xml": b"<x", "[Content_Types].xml": b"<y/>"}),
            "Filen är skadad och kan inte läsas. Öppna den i Excel, spara den på nytt och försök igen.",
        ),
        (
            packed(**{"xl/workbook.xml": b"\x00" * 101 * 1024 * 1024}),
            "Filen blir för stor när den packas upp. Ta bort bilder och tomma rader och försök igen.",
        ),
        (
            saved(lambda sheet: [sheet.append([number]) for number in range(101)]),
            "Bladet Sheet har fler än 100 rader. Dela upp det i flera filer.",
        ),
        (
            saved(lambda sheet: sheet.cell(1, 201, "x")),
            "Bladet Sheet har fler än 200 kolumner. Ta bort dem som inte används.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data, message):
    assert refusal(data) == message


def test_a_formula_and_an_error_say_what_to_do_with_them_and_the_rest_is_read():
    assert values(saved(lambda sheet: sheet.append(["a", "=1+1", "#N/A"]))) == {
        "Sheet": [
            [
                "a",
                Unreadable("cellen har en formel. Byt den mot sitt värde."),
                Unreadable("cellen har felet #N/A. Rätta det."),
            ]
        ]
    }


def test_the_last_columns_may_lie_hidden():
    data = write_workbook([Sheet("Blad", ["a", "b", "c"], [["x", "y", "z"]], hidden=1)])

    dimensions = openpyxl.load_workbook(BytesIO(data)).active.column_dimensions
    assert [dimensions[letter].hidden for letter in "ABC"] == [False, False, True]
    assert values(data) == {"Blad": [["a", "b", "c"], ["x", "y", "z"]]}


def test_a_file_that_is_too_large_is_refused_before_it_is_opened():
    assert refusal(b"x" * 1_500_001, max_bytes=1_500_000) == (
        "Filen är för stor. Den får vara högst 1,5 MB. Dela upp den i flera."
    )
    assert refusal(b"x" * 2_000_001, max_bytes=2_000_000) == (
        "Filen är för stor. Den får vara högst 2 MB. Dela upp den i flera."
    )
