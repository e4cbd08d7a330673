"""The files, opened again and read."""

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from hjulet.base.frozen import Unreadable, freeze, thaw
from hjulet.planning.quality_plan import operations, queries
from hjulet.planning.quality_plan.content import GoneRisk, PlanContent
from hjulet.planning.quality_plan.document import document_of
from hjulet.planning.risk_analyses.operations import start_analysis_from
from hjulet.planning.risks.operations import mark_change
from tests.factories import committee, group, unit
from tests.planning.quality_plan import walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return walks.home()


@pytest.fixture
def adopted(home):
    board, developer = home
    plan = walks.take_in(developer, board).plan
    for risk in plan_risks(plan, tone="yellow"):
        walks.risks.analyse_deeper(risk, by=developer, text="Därför.")
    operations.propose_plan(plan, by=developer)
    return walks.adopt(plan, walks.secretary(board), meeting_date=date(2023, 2, 14))


def plan_risks(plan, tone):
    return walks.risks.Risk.objects.filter(analysis__unit=plan.unit, band__tone=tone)


def test_the_plan_stands_in_the_order_of_the_source(adopted):
    content = queries.plan_content(adopted)

    assert [(goal.overall, [(area.number, area.name) for area in goal.areas]) for goal in content.goals] == [
        ("Maximalt värde för skattepengarna", [("1", "Helhetssyn och samordning"), ("2", "Effektivitet")]),
        (
            "Bästa utveckling för alla",
            [("3", "Trygghet och säkerhet"), ("4", "Kunskapsbaserad verksamhet")],
        ),
        ("Stark och balanserad tillväxt", [("5", "Tillgänglighet")]),
    ]
    assert [(risk.number, risk.level.score, risk.level.tone) for risk in content.risks] == [
        ("1.1", 9, "red"),
        ("2.1", 12, "red"),
        ("3.1", 8, "red"),
        ("4.1", 6, "yellow"),
        ("5.1", 4, "yellow"),
    ]
    assert [chapter.title for chapter in content.introduction] == ["Vad är kvalitet?", "Syfte"]
    assert [chapter.area for chapter in content.area_chapters] == [
        area.name for goal in content.goals for area in goal.areas
    ]


def test_pdf_is_read_again(adopted):
    reader = PdfReader(BytesIO(queries.plan_file(adopted, "pdf").content))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())

    assert reader.metadata.title == "Kvalitetsplan 2023"
    for said in (
        "Antagen av Äldrenämnden 2023-02-14, § 12, dnr SN 2026/45 (version 1)",
        "1 Helhetssyn och samordning",
        "Motverka välfärdsfusk",
        "12 Hög",
        "allvarlighetsgrad 4",
    ):
        assert said in text


def test_word_is_read_again(adopted):
    document = docx.Document(BytesIO(queries.plan_file(adopted, "docx").content))

    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Vad är kvalitet?",
        "Syfte",
        "Risker, åtgärder och egenkontroll",
        "Om kvalitetsområdena",
    ]
    assert [len(table.rows) for table in document.tables] == [6, 6, 6, 4]
    row = document.tables[1].rows[5].cells
    assert [cell.text for cell in row[:3]] == [
        "2.1",
        (
            "Risk att det förekommer fusk och oegentligheter hos anordnare.\n"
            "Bristande uppföljning av anordnare inom hemtjänsten."
        ),
        "12 Hög\nsannolikhet 3\nallvarlighetsgrad 4\n2023-01-15",
    ]
    assert row[3].text.splitlines()[:3] == [
        "Motverka välfärdsfusk",
        "Granskning av hemtjänstanordnare sker enligt årsplanen och med hjälp av metoder för att granska välfärdsfusk.",
        "Enhetschef, senast 2023-12-31",
    ]


def test_excel_and_html_are_read_again(adopted):
    book = openpyxl.load_workbook(BytesIO(queries.plan_file(adopted, "xlsx").content))
    html = queries.plan_file(adopted, "html").content.decode()

    assert {sheet.title: sheet.max_row for sheet in book} == {"Risker": 6, "Åtgärder": 10, "Egenkontroll": 10}
    assert ('<html lang="sv">' in html, "<script" in html, 'href="/risker' in html) == (True, False, False)


def test_what_is_frozen_thaws_the_same_and_another_shape_is_refused(adopted):
    content = queries.plan_content(adopted)

    assert thaw(PlanContent, freeze(content)) == content
    with pytest.raises(Unreadable):
        thaw(PlanContent, adopted.frozen | {"unknown": 1})


def test_changes_since_last_year_are_told(home):
    board, developer = home
    last_year = walks.analysis(developer, board, 2025)
    kept, changed, gone = (walks.risk(developer, last_year, title=title) for title in ("Kvar", "Ändras", "Försvinner"))
    analysis = start_analysis_from(last_year, by=developer)
    mark_change(analysis.risks.get(previous=changed), by=developer, change="changed", reason="Fler anordnare.")
    mark_change(analysis.risks.get(previous=gone), by=developer, change="gone", reason="Löst.")
    walks.risk(developer, analysis, title="Tillkommer")

    content = queries.plan_content(operations.start_plan(by=developer, committee=board, year=2026))

    assert [(risk.title, risk.change, risk.change_reason) for risk in content.risks] == [
        (kept.title, "Oförändrad", ""),
        ("Ändras", "Ändrad", "Fler anordnare."),
        ("Tillkommer", "Ny", ""),
    ]
    assert content.gone == (GoneRisk("1.3", "Försvinner", "Löst."),)


def test_units_meet_in_one_plan_with_numbers_of_their_own(home):
    board, developer = home
    north, south = unit(board, "Hemtjänst Norr"), unit(board, "Hemtjänst Söder")
    north.code = "HN"
    north.save()
    places = (south, group(south, "Grupp 1"), group(north, "Grupp 1"), north, board)
    for place in places:
        walks.risk(developer, walks.analysis(developer, place), title=place.name)
    other = committee("Socialnämnden")
    stranger = walks.developer(other, name="Ola Berg")
    walks.risk(stranger, walks.analysis(stranger, other), title="Annan nämnd")

    content = queries.plan_content(operations.start_plan(by=developer, committee=board, year=2026))

    assert [(risk.number, risk.title) for risk in content.risks] == [
        ("1.1", "Äldrenämnden"),
        ("HN 1.1", "Hemtjänst Norr"),
        ("Grupp 1 1.1", "Grupp 1"),
        ("Hemtjänst Söder 1.1", "Hemtjänst Söder"),
        ("Grupp 1 (2) 1.1", "Grupp 1"),
    ]


def test_the_matrix_counts_every_risk_that_is_there(home):
    board, developer = home
    analysis = walks.analysis(developer, board)
    for scores in ((3, 3), (3, 3), (1, 1), (None, None)):
        walks.risk(developer, analysis, *scores)
    mark_change(walks.risk(developer, analysis, 4, 4), by=developer, change="gone", reason="Löst.")

    matrix = queries.plan_content(operations.start_plan(by=developer, committee=board, year=2026)).matrix

    assert {(c.probability, c.severity): c.count for c in matrix.cells if c.count} == {(3, 3): 2, (1, 1): 1}
    assert (len(matrix.cells), [step.word for step in matrix.probability]) == (
        16,
        ["Osannolik", "Mindre sannolik", "Möjlig", "Sannolik"],
    )


def test_a_plan_without_risks_says_so(home):
    board, developer = home
    plan = operations.start_plan(by=developer, committee=board, year=2026)

    blocks = document_of(queries.plan_content(plan), status="Utkast", day=walks.TODAY).blocks

    assert blocks[-1].content == "Det finns inga gula eller röda risker det här året."
