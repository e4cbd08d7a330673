"""What shows that the requirements are met, what somebody holds of it, and the way out."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import fromstring

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.library.operations import install_library
from hjulet.organisation.models import Person
from hjulet.reporting.compliance.evidence import ABSENT, SOURCES
from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.compliance.operations import take_out_archive
from hjulet.reporting.compliance.queries import committees_listed_for, compliance_page, requirements_of
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.rulebook.documents.operations import keep_file
from hjulet.rulebook.laws.operations import supersede_provision
from hjulet.rulebook.models import Provision
from tests.actions.walks import action_at
from tests.actions.walks import plan as plan_action
from tests.collaboration.files import upload
from tests.collaboration.secrecy.walks import mark
from tests.factories import committee, municipality, person, unit
from tests.monitoring.indicators.walks import define as define_indicator
from tests.monitoring.indicators.walks import record as record_measurement
from tests.monitoring.indicators.walks import turn
from tests.monitoring.recurring_duties.walks import plan as plan_duty
from tests.monitoring.self_monitoring.walks import occurrence_at
from tests.planning import walks as planning
from tests.reporting.walks import follow_up_at, year_begun
from tests.rulebook.documents import walks as documents
from tests.rulebook.laws.walks import LATER, TODAY, YESTERDAY, judged, law, provision

pytestmark = pytest.mark.django_db

KEYS = [f"Q-{number}" for number in range(1, 27)]


def requirement(key, by):
    """One requirement row as the library has it, without the rest of the library."""
    [row] = rows_with([key], by)
    return row


def rows_with(keys, by):
    of = law(by, "2011:9", series="SOSFS", title="Ledningssystem", short="", kind="provisions")
    for order, key in enumerate(keys):
        row = provision(by, of, "5 kap. 1 §", heading="Riskanalys", order=order)
        Provision.objects.filter(pk=row.pk).update(key=key)
    return list(Provision.objects.order_by("order"))


def figures(person, board):
    """What is counted, by the key of the evidence; without what is nought."""
    page = compliance_page(person, board)
    found = {one.evidence.key: (one.shown, one.lacking) for row in page.requirements for one in row.found}
    return {key: pair for key, pair in found.items() if pair != (0, 0)}


@pytest.fixture
def requirements():
    return rows_with(KEYS, Person.objects.machine())


def test_every_requirement_is_shown_once_in_order_with_evidence_of_its_own(board, developer):
    install_library("socialtjanst", by=Person.objects.machine())
    page = compliance_page(developer, board)

    assert [row.key for row in page.requirements] == KEYS
    assert [row.key for row in page.requirements if not row.found] == []
    assert {row.key for row in page.requirements if row.absent} == ABSENT.keys()


def test_every_evidence_serves_a_requirement_and_has_a_key_of_its_own():
    evidence = [one for source in SOURCES for one in source.evidence]

    assert len({one.key for one in evidence}) == len(evidence)
    assert {key for one in evidence for key in one.requirements} == set(KEYS)


def test_what_is_there_is_counted_and_so_is_what_lacks(requirements, board, developer):
    home_care = unit(board)
    person(unit_manager=home_care)
    unit(board, "Hemtjänst Söder")
    analysis = planning.analysis(developer, home_care)
    planning.risk(developer, analysis, 1, 1)
    action_at("done", developer, board, owner_person=developer)
    action_at("closed", developer, board, owner_person=developer)
    plan_action(developer, board, due_date=YESTERDAY)
    occurrence_at("done", developer, home_care)
    plan_duty(developer, board, first_due_date=date(2026, 3, 1))
    define_indicator(developer, home_care)
    record_measurement(
        turn(define_indicator(developer, home_care, months=12, lag_days=0, owner_person=developer)), developer
    )

    counted = figures(developer, board)

    assert counted.pop("law-read")[1] > 0
    assert counted == {
        "unit-lead": (1, 1),
        "unit-analysis": (1, 1),
        "unit-complaints": (0, 2),
        "unit-reports": (0, 2),
        "unit-investigator": (0, 2),
        "analysis": (1, 0),
        "risk-assessed": (1, 0),
        "action-done": (2, 1),
        "action-effect": (1, 1),
        "control-owner": (0, 1),
        "control-method": (1, 0),
        "control-done": (1, 1),
        "control-finding": (0, 1),
        "indicator-owner": (1, 1),
        "indicator-measured": (1, 0),
    }


def test_what_the_committee_got_is_counted(requirements):
    year = year_begun()
    follow_up_at(FollowUpState.REPORTED, year)

    counted = figures(year.developer, year.committee)

    assert (counted["plan"], counted["follow-up"]) == ((1, 0), (1, 0))


def test_what_is_secret_is_not_counted_not_even_for_whoever_reads_it(requirements, board, developer):
    mark(plan_action(developer, board, due_date=YESTERDAY, owner_person=developer), developer)

    assert "action-done" not in figures(developer, board)


def test_rows_of_another_committee_are_not_counted(requirements, board, developer):
    other = committee("Äldrenämnden")
    assistant = person("Ida Öst", quality_developer=other)
    plan_action(assistant, other, due_date=YESTERDAY)

    assert "action-done" not in figures(developer, board)
    assert figures(assistant, other)["action-done"] == (0, 1)


def test_the_last_judgement_stands_and_the_earlier_are_kept(board, developer):
    asked = requirement("Q-12", developer)
    judged(developer, board, asked, "not_met")
    latest = judged(developer, board, asked, "partly")

    [row] = compliance_page(developer, board).requirements
    assert (row.judgement, ComplianceJudgement.objects.count()) == (latest, 2)
    assert [(unit, [(v.value, n) for v, n, _c in tally]) for unit, tally in committees_listed_for(developer)] == [
        (board, [("partly", 1)])
    ]


def test_the_list_counts_what_the_page_shows(board, developer):
    met, _unjudged = rows_with(["Q-12", "Q-13"], developer)
    own = provision(developer, law(developer, "7", title="Program", short="", kind="other"), "4 §")
    judged(developer, board, met, "met")
    judged(developer, board, own, "not_met")
    supersede_provision(own, by=developer, valid_to=YESTERDAY, reason="Ny.", due_date=LATER)

    [(unit, tally)] = committees_listed_for(developer)

    assert (unit, tally) == (board, compliance_page(developer, board).tally)
    assert [(verdict, count) for verdict, count, _color in tally] == [("met", 1), (None, 1)]


def test_judgements_are_written_once(board, developer):
    judged(developer, board, requirement("Q-12", developer))
    with pytest.raises(IntegrityError):
        ComplianceJudgement.objects.update(comment="Annat.")


@pytest.mark.parametrize(
    ("role", "may_judge", "may_take_out"),
    [
        ("quality_developer", True, True),
        ("social_director", True, True),
        ("auditor", False, True),
        ("unit_manager", False, False),
        ("employee", False, False),
        ("lawyer", False, False),
        ("committee_member", False, False),
    ],
)
def test_who_may_judge_and_who_may_take_it_out(board, developer, role, may_judge, may_take_out):
    asked = requirement("Q-12", developer)
    somebody = person("Robin Ask", **{role: board})

    if may_judge:
        assert judged(somebody, board, asked).by == somebody
    else:
        with pytest.raises(PermissionDenied):
            judged(somebody, board, asked)
    if may_take_out:
        assert take_out_archive(board, by=somebody, into=BytesIO(), day=TODAY).files
    else:
        with pytest.raises(PermissionDenied):
            take_out_archive(board, by=somebody, into=BytesIO(), day=TODAY)


def test_what_no_longer_holds_is_not_judged(board, developer):
    asked = requirement("Q-12", developer)
    supersede_provision(asked, by=developer, valid_to=YESTERDAY, reason="Ny.", due_date=LATER)

    with pytest.raises(Refused) as refusal:
        judged(developer, board, asked)

    assert refusal.value.sentence == "Kravet gäller inte längre."


def test_a_judgement_says_what_it_builds_on_and_is_of_no_coming_day(board, developer):
    asked = requirement("Q-12", developer)
    for values in ({"comment": " "}, {"judged_date": LATER}):
        with pytest.raises(ValidationError):
            judged(developer, board, asked, **values)


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, board, developer, rows, django_assert_num_queries):
    for number in range(rows):
        asked = provision(developer, law(developer, f"200{number}:1"), "1 §")
        Provision.objects.filter(pk=asked.pk).update(key=KEYS[number + 11])
        judged(developer, board, asked)
        plan_action(developer, board, title=f"Åtgärd {number}", due_date=YESTERDAY)
    client.force_login(developer)
    first = requirements_of(developer).first()
    addresses = {
        reverse("compliance:list"): 7,
        reverse("compliance:detail", args=[board.pk]): 8,
        reverse("compliance:requirement", args=[board.pk, first.pk]): 11,
    }

    for address, statements in addresses.items():
        with django_assert_num_queries(statements):
            client.get(address)


def test_no_requirement_takes_more_than_twelve_statements(client, requirements, board, developer):
    client.force_login(developer)
    taken = {}
    for asked in requirements:
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("compliance:requirement", args=[board.pk, asked.pk]))
        taken[asked.key] = len(statements)

    assert {key: number for key, number in taken.items() if number > 12} == {}


def test_pages_show_what_there_is_and_judge(client, requirements, board, developer):
    late = plan_action(developer, board, title="Bygg ramp", due_date=YESTERDAY)
    client.force_login(developer)
    asked = Provision.objects.get(key="Q-19")
    page, judge = (reverse(f"compliance:{name}", args=[board.pk, asked.pk]) for name in ("requirement", "judge"))

    assert f'<a href="{late.get_absolute_url()}">Bygg ramp</a>' in client.get(page).text
    typed = {"verdict": "partly", "comment": "En är sen.", "link": "https://example.org/a", "judged_date": "2026-03-16"}
    assert client.post(judge, typed).url == page
    assert "En är sen." in client.get(page).text
    assert "Uppfylls delvis" in client.get(reverse("compliance:detail", args=[board.pk])).text


def test_what_the_product_has_not_is_said(client, requirements, board, developer):
    client.force_login(developer)
    page = client.get(reverse("compliance:requirement", args=[board.pk, Provision.objects.get(key="Q-15").pk])).text

    assert "Det som kommer in registreras ännu inte i Kvalitetshjulet." in page


@pytest.mark.parametrize("page", ["detail", "requirement", "judge", "file", "archive"])
def test_another_committee_is_not_there(client, board, developer, page):
    asked = requirement("Q-12", developer)
    client.force_login(person("Ida Öst", quality_developer=committee("Äldrenämnden")))
    last = {"requirement": [asked.pk], "judge": [asked.pk], "file": ["pdf"]}.get(page, [])
    address = reverse(f"compliance:{page}", args=[board.pk, *last])

    assert (client.post(address) if page == "archive" else client.get(address)).status_code == 404
    assert board.name not in client.get(reverse("compliance:list")).text


@pytest.mark.parametrize(("format", "beginning"), [("html", b"<!doctype"), ("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_document_in_each_format(client, board, developer, format, beginning):
    judged(developer, board, requirement("Q-12", developer), comment="Årets analys är gjord.")
    client.force_login(developer)

    answer = client.get(reverse("compliance:file", args=[board.pk, format]))

    assert answer.content[: len(beginning)].lower() == beginning.lower()
    if format == "html":
        assert all(word in answer.text for word in ("Riskanalys", "Årets analys är gjord.", "Uppfylls"))


def test_an_unknown_format_is_not_there(client, board, developer):
    client.force_login(developer)
    assert client.get(reverse("compliance:file", args=[board.pk, "exe"])).status_code == 404


def test_the_archive_has_texts_and_laid_in_files_under_their_names(board, developer, requirements):
    chief = person("Eva Ek", unit_manager=board)
    text = documents.first(documents.in_force(chief, chief, board, title="Larm"))
    laid_in = documents.first(documents.start(chief, board, title="Hygien", body=""))
    content = documents.word_file("Sprita händerna.")
    keep_file(laid_in, upload=upload("Hygien.docx", content), by=chief)
    documents.decide(documents.send(laid_in, chief), chief, TODAY)

    take_out_archive(board, by=developer, into=(into := BytesIO()), day=TODAY)

    archive = ZipFile(into)
    assert archive.read(f"dokument/fil-{laid_in.pk}-hygien.docx") == content
    index = fromstring(archive.read("index.html"))
    listed = [link for link in index.iter("a") if link.get("href").startswith("dokument/")]
    assert [(link.get("aria-label"), link.text) for link in listed] == [
        ("Hygien, version 1, Hygien.docx", "Hygien.docx"),
        *((f"{text}, {label}", label) for label in ("Webbsida", "Word", "PDF")),
    ]


def test_the_auditor_takes_out_an_archive_that_can_be_checked(client, requirements):
    year = year_begun()
    follow_up_at(FollowUpState.REPORTED, year)
    late = plan_action(year.developer, year.committee, title="Bygg ramp", due_date=YESTERDAY)
    auditor = person("Robin Revisor", auditor=municipality())
    client.force_login(auditor)

    answer = client.post(reverse("compliance:archive", args=[year.committee.pk]))

    archive = ZipFile(BytesIO(b"".join(answer)))
    manifest = dict(line.split("  ")[::-1] for line in archive.read("manifest.sha256").decode().splitlines())
    assert manifest == {
        name: sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "manifest.sha256"
    }
    assert {name.partition("/")[0] for name in archive.namelist()} == {
        "efterlevnad.html",
        "efterlevnad.pdf",
        "efterlevnad.docx",
        "index.html",
        "kvalitetsplaner",
        "manifest.sha256",
        "underlag",
        "uppfoljningar",
    }
    sheet = openpyxl.load_workbook(BytesIO(archive.read("underlag/Q-19.xlsx")))
    rows = [[cell.value for cell in row] for page in sheet for row in page]
    assert [late.title, year.committee.name, "ja"] in rows
    event = Event.objects.get(verb="compliance.taken_out")
    assert (event.actor_name, event.unit_id, event.after["files"]) == (str(auditor), year.committee.pk, len(manifest))
