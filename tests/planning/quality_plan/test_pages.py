from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hjulet.base.intake.reading import MOST_BYTES
from hjulet.planning.models import PlanText, QualityPlan, Risk
from hjulet.planning.quality_plan import operations
from hjulet.planning.quality_plan.states import PlanState as S
from tests.factories import committee, person, unit
from tests.planning.quality_plan import walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client):
    board, developer = walks.home()
    client.force_login(developer)
    return board, developer


def address(name, *args):
    return reverse(f"quality_plan:{name}", args=args)


def plans(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def add_risks(developer, board, rows):
    analysis = walks.analysis(developer, board)
    for number in range(rows):
        risk = walks.risk(developer, analysis, title=f"Risk {number}")
        for step in range(rows):
            walks.answer(
                developer, risk, title=f"Steg {step}", owner_role="", owner_person=person(f"A {number} {step}")
            )
        walks.control(developer, risk)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home, rows, django_assert_num_queries):
    board, developer = home
    for year in range(2026, 2026 + rows):
        operations.start_plan(by=developer, committee=board, year=year)

    with django_assert_num_queries(8):
        client.get(address("list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home, rows, django_assert_num_queries):
    board, developer = home
    add_risks(developer, board, rows)
    plan = operations.start_plan(by=developer, committee=board, year=2026)

    with django_assert_num_queries(12):
        client.get(plan.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_decided_detail_statements(client, home, rows, django_assert_num_queries):
    board, developer = home
    add_risks(developer, board, rows)
    plan = operations.start_plan(by=developer, committee=board, year=2026)
    operations.propose_plan(plan, by=developer)
    walks.adopt(plan, walks.secretary(board))

    with django_assert_num_queries(6):
        client.get(plan.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_history_statements(client, home, rows, django_assert_num_queries):
    board, developer = home
    plan = walks.ready(developer, board)
    for _ in range(rows):
        operations.refer_plan(plan, by=developer)
        operations.send_back_plan(plan, by=developer, reason="Mer.")

    with django_assert_num_queries(9):
        client.get(address("history", plan.pk))


def test_list_filters_and_sorts(client, home):
    board, developer = home
    walks.plan_at(S.ADOPTED, developer, walks.secretary(board), board)
    operations.start_plan(by=developer, committee=board, year=2027)

    def shown(**query):
        return [plan.year for plan in client.get(address("list"), query).context["shown"].page.object_list]

    assert (shown(), shown(sort="year"), shown(state="adopted"), shown(year=2027), shown(unit=board.pk)) == (
        [2027, 2026],
        [2026, 2027],
        [2026],
        [2027],
        [2027, 2026],
    )


def test_empty_list_says_how_to_begin(client, home):
    assert "Inga kvalitetsplaner här" in client.get(address("list")).content.decode()


def test_from_nothing_to_closed_on_pages(client, home):
    board, developer = home
    walks.answer(developer, walks.risk(developer, walks.analysis(developer, board)))
    client.post(address("start"), {"committee": board.pk, "year": 2026})
    plan = QualityPlan.objects.get()

    def post(name, **data):
        assert client.post(address(name, plan.pk), data).url == plan.get_absolute_url()

    response = client.post(address("text", plan.pk, "purpose"), {"body": "Att **hjälpa** mer.", "revision": 1})
    assert (response.url, PlanText.objects.get(plan=plan, key="purpose").body) == (
        plan.get_absolute_url(),
        "Att **hjälpa** mer.",
    )
    post("refer")
    post("send_back", reason="En rubrik saknas.")
    post("propose")
    client.force_login(walks.secretary(board))
    post("adopt", meeting_date="2026-03-10", paragraph="§ 12", registry_number="ÄN 2026/45")
    client.force_login(developer)
    post("start_follow_up")
    post("close")

    plan.refresh_from_db()
    assert (plan.state, [step.move for step in plan.steps.all()]) == (
        S.CLOSED,
        ["refer", "send_back", "propose", "adopt", "start_follow_up", "close"],
    )
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "<strong>hjälpa</strong>" in page
    assert "Antagen av Äldrenämnden 2026-03-10, § 12, dnr ÄN 2026/45" not in page
    assert "antagen 2026-03-10, § 12, dnr ÄN 2026/45" in page


def test_a_word_template_that_does_not_do_stops_the_decision_in_words(client, home, settings, tmp_path):
    board, developer = home
    secretary = walks.secretary(board)
    plan = walks.plan_at(S.PROPOSED, developer, secretary, board)
    settings.WORD_TEMPLATE = tmp_path / "own.docx"
    settings.WORD_TEMPLATE.write_bytes(b"hej")
    client.force_login(secretary)

    decision = {"meeting_date": "2026-03-10", "paragraph": "§ 12", "registry_number": "ÄN 2026/45"}
    response = client.post(address("adopt", plan.pk), decision)

    plan.refresh_from_db()
    assert (response.status_code, plan.state) == (422, S.PROPOSED)
    assert "Mallen är inte en Word-fil (.docx)." in response.content.decode()


def test_buttons_follow_state_and_person(client, home):
    board, developer = home
    plan = walks.ready(developer, board)

    def moves(somebody):
        client.force_login(somebody)
        page = client.get(plan.get_absolute_url()).context["page"]
        return [(open.move.name, bool(open.obstacle)) for open in page.moves]

    manager = person("Karin Chef", unit_manager=unit(board))
    assert (moves(developer), moves(manager)) == ([("refer", False), ("propose", False)], [])

    operations.propose_plan(plan, by=developer)
    secretary = walks.secretary(board)
    assert (moves(developer), moves(secretary)) == (
        [("send_back", False), ("adopt", True)],
        [("adopt", False)],
    )


def test_what_is_missing_stands_on_the_page_with_links(client, home):
    board, developer = home
    risk = walks.risk(developer, walks.analysis(developer, board))
    plan = operations.start_plan(by=developer, committee=board, year=2026)

    page = client.get(plan.get_absolute_url()).content.decode()

    assert f'<a href="{reverse("risks:plan_action", args=[risk.pk])}">1.1 Röd risk utan åtgärd' in page
    response = client.post(address("propose", plan.pk), follow=True)
    assert [str(m) for m in response.context["messages"]] == ["En sak måste rättas innan planen kan föreslås."]


def test_links_are_there_for_those_who_may_follow_them(client, home):
    board, developer = home
    plan = walks.plan_at(S.ADOPTED, developer, walks.secretary(board), board)
    link = f'href="{Risk.objects.get().get_absolute_url()}"'

    def is_linked(somebody):
        client.force_login(somebody)
        return link in client.get(plan.get_absolute_url()).content.decode()

    assert (is_linked(developer), is_linked(person("Ali Strand", employee=unit(board)))) == (True, False)


@pytest.mark.parametrize("state", [S.DRAFT, S.ADOPTED])
def test_files_are_sent_to_be_saved(client, home, state):
    board, developer = home
    plan = walks.plan_at(state, developer, walks.secretary(board), board)

    answers = {kind: client.get(address("file", plan.pk, kind)) for kind in ("html", "docx", "pdf", "xlsx")}

    assert {kind: answer.headers["Content-Disposition"] for kind, answer in answers.items()} == {
        kind: f'attachment; filename="kvalitetsplan-2026-aldrenamnden-version-1.{kind}"' for kind in answers
    }
    assert [answers[kind].content[:4] for kind in ("docx", "pdf", "xlsx")] == [b"PK\x03\x04", b"%PDF", b"PK\x03\x04"]
    assert client.get(address("file", plan.pk, "exe")).status_code == 404


def test_history_has_versions_steps_and_comments(client, home):
    board, developer = home
    first = walks.plan_at(S.ADOPTED, developer, walks.secretary(board), board)
    second = operations.revise_plan(first, by=developer, reason="En risk till.")

    page = client.get(address("history", second.pk))

    assert [version.pk for version in page.context["page"].versions] == [second.pk, first.pk]
    assert 'id="history"' in page.content.decode()
    client.force_login(person("Ali Strand", employee=unit(board)))
    assert [plan.pk for plan in client.get(address("history", first.pk)).context["page"].versions] == [first.pk]


NAMES = ["detail", "history", "refer", "propose", "send_back", "adopt", "start_follow_up", "close", "revise"]
ACTS = {"refer", "propose", "start_follow_up", "close"}


@pytest.mark.parametrize("name", NAMES)
def test_another_committee_gets_not_found(client, home, name):
    board, developer = home
    plan = walks.plan_at(S.ADOPTED, developer, walks.secretary(board), board)
    other = committee("Socialnämnden")
    client.force_login(person("Ola Berg", quality_developer=other, committee_secretary=other))

    answer = client.post(address(name, plan.pk)) if name in ACTS else client.get(address(name, plan.pk))

    assert (answer.status_code, client.get(address("file", plan.pk, "pdf")).status_code) == (404, 404)
    assert client.get(address("text", plan.pk, "purpose")).status_code == 404
    assert plans(client.get(address("list"))) == []


@pytest.mark.parametrize("name", [*NAMES[2:], "text"])
def test_reader_is_refused_what_only_workers_do(client, home, name):
    board, developer = home
    plan = walks.plan_at(S.ADOPTED, developer, walks.secretary(board), board)
    client.force_login(person("Nils Ledamot", committee_member=board))

    where = address("text", plan.pk, "purpose") if name == "text" else address(name, plan.pk)
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert client.post(where).status_code == 403


def test_markup_in_every_text_is_shown_as_text(client, home):
    board, developer = home
    evil = "<script>x</script>"
    risk = walks.risk(developer, walks.analysis(developer, board), title=evil, deficiency=evil)
    walks.answer(developer, risk, title=evil, description=evil)
    plan = operations.start_plan(by=developer, committee=board, year=2026)
    operations.write_text(plan.texts.get(key="purpose"), by=developer, revision=1, body=evil)

    page = client.get(plan.get_absolute_url()).content.decode()

    assert (evil in page, page.count("&lt;script&gt;x&lt;/script&gt;")) == (False, 5)


def upload(content, name="plan.xlsx"):
    return SimpleUploadedFile(name, content)


def test_file_is_shown_first_and_taken_in_when_confirmed(client, home):
    board, _developer = home
    where = {"committee": board.pk, "year": 2023}

    preview = client.post(address("import"), where | {"file": upload(walks.case())})
    assert (len(preview.context["result"].new), QualityPlan.objects.count()) == (23, 0)

    done = client.post(address("import"), where | {"tried": preview.context["tried"]})
    plan = QualityPlan.objects.get()
    assert (done.url, plan.year, Risk.objects.count()) == (plan.get_absolute_url(), 2023, 5)

    again = client.post(address("import"), where | {"file": upload(walks.case())})
    assert "Det finns inget att läsa in" in again.content.decode()


def test_every_fault_of_the_file_stands_on_the_page(client, home):
    board, _developer = home
    faulty = walks.case("kvalitetsplan-2023-med-fel.xlsx")

    answer = client.post(address("import"), {"committee": board.pk, "year": 2023, "file": upload(faulty)})

    assert (answer.status_code, [error.split(":")[0] for error in answer.context["form"].non_field_errors()]) == (
        422,
        ["Risker G4", "Åtgärder A3", "Åtgärder E5", "Egenkontroll D7"],
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Välj en Excel-fil."),
        ({"file": upload(b"MZ\x90")}, "Filen är inte en Excel-fil (.xlsx). Välj en fil som är sparad i Excel."),
        ({"file": upload(b"PK" + b"x" * MOST_BYTES)}, "Filen är för stor. Den får vara högst 2 MB."),
        ({"tried": "inte base64!"}, "Filen kom inte fram hel. Välj den igen."),
    ],
)
def test_wrong_files_are_refused_in_swedish(client, home, given, sentence):
    board, _developer = home

    answer = client.post(address("import"), {"committee": board.pk, "year": 2023} | given)

    errors = [error for told in answer.context["form"].errors.values() for error in told]
    assert (answer.status_code, errors) == (422, [sentence])


def test_template_has_the_sheets_of_an_export(client, home):
    book = openpyxl.load_workbook(BytesIO(client.get(address("template")).content))

    assert book.sheetnames == ["Risker", "Åtgärder", "Egenkontroll"]


def test_only_committees_where_the_person_plans_can_be_chosen(client, home):
    board, _developer = home
    committee("Socialnämnden")

    choices = client.get(address("import")).context["form"].fields["committee"].queryset

    assert list(choices) == [board]
