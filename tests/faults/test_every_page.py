"""Hostile text in every field of every form and every text of every row is text and nothing else; numbers cannot be guessed.

The forms, fields and rows are found, not listed. A new form that the year of everything does not open, or a new text
that stands in none of its rows, fails here by name: `tests/faults/site.py` is to have one.
"""

from io import BytesIO
from urllib.parse import urlencode, urlsplit

import docx
import openpyxl
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import resolve, reverse
from lxml import html
from pypdf import PdfReader

from hjulet.planning.models import QualityPlan
from tests import factories
from tests.architecture.test_pages import OURS, method_of
from tests.faults.hostile import FILLINGS, MARK, TEXT, filled
from tests.faults.site import everybody, open_everything

pytestmark = [pytest.mark.django_db]

# Answered by our own pages when something is not as it should be.
TAKEN_CARE_OF = {200, 302, 400, 403, 404, 409, 422}
# Texts that are no person's: keys, sums and what the machine notes for itself.
NOT_TYPED = {"key", "path", "password", "hash", "previous_hash", "last_hash", "sha256", "media_type", "target_type"}
NOT_TYPED |= {"file", "move", "from_state", "to_state", "duty", "holder", "address", "query", "register", "verb"}
NOT_TYPED |= {"source", "bearer", "library", "version", "part", "email", "code", "token_hash"}
NOT_TYPED |= {"sort_key"}


@pytest.fixture
def media():
    """The files lie where they were put when the year was made, before any test."""


@pytest.fixture
def browser(anybody):
    browser = Client(raise_request_exception=False)
    browser.force_login(anybody)
    return browser


@pytest.fixture
def forms(pages):
    """One page of each view with a form: the first that was met."""
    found = {}
    for page in pages:
        if page.form is not None:
            found.setdefault(page.view, page)
    return found


def test_every_form_there_is_is_met(forms):
    """The preview has none of its own: it shows the field of another."""
    all_forms = {address.name for address in OURS if address.view.access_mode == "writes"}

    assert all_forms - forms.keys() == {"base:preview"}


# How long a text is, and how often a field comes, is judged by our forms before any database hears of it.
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.once] if kind == "long" else []) for kind in FILLINGS]
)
def test_no_form_breaks(forms, browser, kind):
    answers = {view: send(browser, page, filled(page.form, kind)) for view, page in forms.items()}

    done = [view for view, answer in answers.items() if answer.status_code == 302]
    assert broken(answers) == {}
    assert {view: found for view, answer in answers.items() if (found := faults_of(answer.content))} == {}
    assert kind != "text" or len(done) > len(forms) / 2  # else nothing but refusals was tried


@pytest.mark.once
def test_no_form_breaks_when_each_field_comes_many_times(forms, browser):
    answers = {
        view: send(browser, page, {name: [value, "x", ""] for name, value in filled(page.form, "text").items()})
        for view, page in forms.items()
    }

    assert broken(answers) == {}


def broken(answers):
    """The status of each that our own pages did not take care of."""
    return {view: answer.status_code for view, answer in answers.items() if answer.status_code not in TAKEN_CARE_OF}


def test_the_preview_of_a_text_shows_it_as_text(browser):
    answer = browser.post("/forhandsgranska/", {"preview": "body", "body": TEXT})

    assert (answer.status_code, faults_of(answer.content), MARK in answer.text) == (200, [], True)


def send(browser, page, typed):
    """Send it and forget that it was sent."""
    with transaction.atomic():
        answer = browser.post(page.url, typed)
        answer.content  # noqa: B018 - read before its rows are gone
        transaction.set_rollback(True)
    return answer


def faults_of(content):
    """What of the hostile text has become more than text in a page."""
    page = html.fromstring(content) if content.strip() else html.fromstring("<p></p>")
    return [
        *(html.tostring(element) for element in page.iter("x-probe")),
        *(html.tostring(element) for element in page.iter("script") if "alert" in (element.text or "")),
        *(html.tostring(element) for element in page.iter("img") if element.get("src") == "x"),
        *(name for element in page.iter() for name in element.attrib if name.startswith("on")),
        *(link for link in page.xpath("//@href|//@src|//@action") if link.strip().lower().startswith("javascript:")),
        *([f"{MARK}14"] if f"{MARK}14" in page.text_content() else []),
    ]


@pytest.mark.parametrize("hostile", [TEXT, "a\x00b", "99999999999999999999", "-1"])
def test_no_list_breaks_on_what_its_address_says(pages, browser, hostile):
    """Filters, order, columns, page: every name that the page itself uses, and what any page understands.

    A page that asks nothing of its address can only repeat it, so there a text is enough.
    """
    asked = {
        page.view: page
        for page in pages
        if page.kind == "text/html" and not urlsplit(page.url).query and (hostile == TEXT or page.reads_its_address)
    }
    names = {view: {*names_of(page), "sort", "page", "kol", "format", "q"} for view, page in asked.items()}

    answers = {
        view: browser.get(f"{asked[view].url}?{urlencode(dict.fromkeys(sorted(names[view]), hostile))}")
        for view in asked
    }

    assert broken(answers) == {}
    assert {view: found for view, answer in answers.items() if (found := faults_of(answer.content))} == {}
    assert len(answers) > 50


def names_of(page):
    return {field.get("name") for field in html.fromstring(page.content).xpath("//form[@method='get']//*[@name]")}


@pytest.mark.parametrize("number", ["99999999999999999999", "1%00;DROP TABLE x"])
def test_no_address_breaks_on_a_number_that_is_none(browser, number):
    asked = [address for address in OURS if "/1/" in address.path]

    statuses = {
        address.name: getattr(browser, method_of(address))(address.path.replace("/1/", f"/{number}/")).status_code
        for address in asked
    }

    assert set(statuses.values()) == {404}


# Whose row is it?

# Common to the whole municipality, by the first part of the view's name; their own tests say who changes them.
COMMON = {"audit", "laws", "library", "people", "registers", "risk_matrix", "roles", "units"}
# What the address names is no row: they answer with what the person may see or manage anyway.
NO_ROW = {
    "reorganisations:draft",  # the kind of reorganisation
    "year_wheel:file",  # the format of the file
    "responsibilities:file",
    "responsibilities:map_file",
}


def test_rows_of_another_committee_cannot_be_guessed(pages):
    """By somebody with every role, in the nämnd beside."""
    stranger = Client(raise_request_exception=False)
    stranger.force_login(everybody(factories.committee("Skolnämnden"), everywhere=False))
    rows = {page.url: page.view for page in pages if resolve(urlsplit(page.url).path).kwargs}
    guarded = {url: view for url, view in rows.items() if view.partition(":")[0] not in COMMON and view not in NO_ROW}

    seen = {(view, stranger.get(url).status_code) for url, view in guarded.items()}

    assert {(view, status) for view, status in seen if status != 404} == set()
    assert len(seen) > 50


def test_buttons_on_rows_of_another_committee_do_nothing(pages):
    stranger = Client(raise_request_exception=False)
    stranger.force_login(everybody(factories.committee("Skolnämnden"), everywhere=False))
    buttons = {form.get("action") for page in pages for form in forms_in(page) if is_button(form.get("action"))}

    answers = {(resolve(path).view_name, stranger.post(path).status_code) for path in sorted(buttons)}

    assert len(answers) > 8
    assert {answer for answer in answers if answer[1] != 404} == set()


def forms_in(page):
    return html.fromstring(page.content).forms if page.kind == "text/html" else []


def is_button(path):
    """Whether the form is a button of ours on one row."""
    if not path or not path.startswith("/"):
        return False
    match = resolve(urlsplit(path).path)
    return getattr(match.func, "access_mode", "") == "acts" and bool(match.kwargs)


# Every text of every row


@pytest.fixture
def hostile_pages(anybody):
    """All pages and files when every text that somebody may have typed is hostile."""
    with transaction.atomic():
        let_everything_be_changed()
        taken = {field for field in typed_fields() if is_overwritten(field)}
        plan = QualityPlan.objects.filter(state="draft").first()
        files = tuple(reverse("quality_plan:file", args=[plan.pk, kind]) for kind in READERS)
        pages = open_everything(anybody, rows=3, also=files)
        transaction.set_rollback(True)
    return taken, pages


def typed_fields():
    return [
        field
        for model in apps.get_models()
        if model.__module__.startswith("hjulet.") and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        if not field.choices and field.name not in NOT_TYPED and model._meta.app_label != "search"
    ]


def is_overwritten(field):
    """False where the database itself refuses it for some row: then that row keeps what it has."""
    text = TEXT[: field.max_length]
    done = False
    for row in field.model._base_manager.all():
        try:
            with transaction.atomic():
                field.model._base_manager.filter(pk=row.pk, **{f"{field.name}__gt": ""}).update(**{field.name: text})
                done = True
        except DatabaseError:
            continue
    return done


def let_everything_be_changed():
    """Until the transaction is taken back, nothing is written once only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


@pytest.mark.once
def test_every_page_and_file_shows_hostile_text_as_text(hostile_pages):
    """Once, for it asks our templates and files: what a database makes of such a text, the forms have tried on each."""
    taken, pages = hostile_pages

    assert {str(field) for field in typed_fields()} - {str(field) for field in taken} == {
        "collaboration.ClockRun.fault",  # said by the program
        "reporting.FollowUpFile.name",  # named by the program
    }
    assert {page.url: page.response.status_code for page in pages if page.response.status_code != 200} == {}
    assert {page.url: found for page in pages if page.kind == "text/html" if (found := faults_of(page.content))} == {}
    assert sum(MARK in page.content.decode() for page in pages if page.kind == "text/html") > len(pages) / 2
    assert {page.url: found for page in pages if (found := faults_of_file(page))} == {}
    assert {"xlsx", "docx", "pdf"} - {kind for page in pages for kind in READERS if is_file(page, kind)} == set()


def is_file(page, kind):
    return f'.{kind}"' in page.response.headers.get("Content-Disposition", "")


def cells_that_calculate(content):
    book = openpyxl.load_workbook(BytesIO(content))
    return [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def parts_that_act(content):
    """Fields, links and foreign parts in a Word file, beyond the page numbers of its footer."""
    document = docx.Document(BytesIO(content))
    links = [part.target_ref for part in document.part.rels.values() if part.is_external]
    return [link for link in links if "alert" in link] + [
        field for field in document.element.body.xpath(".//w:instrText/text()") if MARK in field
    ]


def actions_in_pdf(content):
    reader = PdfReader(BytesIO(content))
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots") or []]
    return [str(link["/A"]) for link in links if "/A" in link and "javascript" in str(link["/A"]).lower()]


READERS = {"xlsx": cells_that_calculate, "docx": parts_that_act, "pdf": actions_in_pdf}


def faults_of_file(page):
    """A file that cannot be read at all raises."""
    return [
        fault for kind, look in READERS.items() if is_file(page, kind) and page.content for fault in look(page.content)
    ]


def test_addresses_of_ours_are_all_tried(pages):
    """What the crawl does not meet is named here with its reason."""
    met = {page.view for page in pages}

    assert {address.name for address in OURS if address.view.access_mode != "acts"} - met == {
        "base:gallery",  # for those who build pages
        "base:preview",  # sent to by a field
        "people:stay",  # says nothing
        "documents:on_day",  # asked for by a field of another page
        "documents:version_by_key",  # where the search leads that finds a file
        "follow_up:file",  # nothing is reported this year
        "calendar_feed:feed",  # for a calendar that has the secret
        "upkeep:alive",  # for what watches the installation, as the two below
        "upkeep:figures",
        "upkeep:ready",
    }
