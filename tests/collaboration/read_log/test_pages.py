"""Searching the log of readings: by whom, where, when and why; and that the search is logged."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hjulet.audit.models import Event, Reading
from hjulet.collaboration.read_log import operations
from tests.actions.walks import plan
from tests.collaboration.secrecy.walks import home, mark, open_marked
from tests.factories import committee, person, unit

pytestmark = pytest.mark.django_db
LIST = "/laslogg/"


@pytest.fixture
def at(client):
    """The manager has read, and the lawyer opened with a reason; the reviewer is logged in."""
    at = home()
    client.force_login(at.manager)
    client.get(at.action.get_absolute_url())
    open_marked(at.marking, at.lawyer)
    at.reviewer = person("Lova Logg", log_reviewer=at.committee)
    client.force_login(at.reviewer)
    return at


def lines(response):
    return [[str(value) for _column, value in row][1:] for row in response.context["shown"].rows]


def test_the_log_says_who_what_where_how_and_why_and_not_what_it_was(client, at):
    page = client.get(LIST, {"sort": "at"})

    what = f"Åtgärd {at.action.pk}"
    assert lines(page) == [
        ["Karin Ek", what, "Sida", "Hemtjänst Norr", "Enhetschef, Hemtjänst Norr", "", ""],
        [
            "Lars Lag",
            what,
            "Öppnad med angivet skäl",
            "Hemtjänst Norr",
            "Jurist, Socialnämnden",
            "Utanför uppdraget",
            "Begäran om utlämnande.",
        ],
    ]
    assert at.action.title not in page.content.decode()


def test_to_search_is_itself_logged_with_what_was_asked(client, at):
    client.get(LIST, {"q": "Karin"})

    reading = Reading.objects.order_by("-pk").first()
    assert (reading.person_name, reading.how, reading.target_id, reading.unit_id, reading.details) == (
        "Lova Logg",
        "log",
        at.committee.pk,
        at.committee.pk,
        "q=Karin",
    )


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ({"q": "lars"}, ["Lars Lag"]),
        ({"reason": "with"}, ["Lars Lag"]),
        ({"reason": "without"}, ["Karin Ek"]),
        ({"how": "page"}, ["Karin Ek"]),
        ({"kind": "actions.action"}, ["Karin Ek", "Lars Lag"]),
        ({"kind": "planning.risk"}, []),
        ({"first": "2026-03-16", "last": "2026-03-16"}, ["Karin Ek", "Lars Lag"]),
        ({"first": "2026-03-17"}, []),
        ({"last": "2026-03-15"}, []),
        ({"old": "on"}, []),
    ],
)
def test_filters(client, at, query, who):
    assert [line[0] for line in lines(client.get(LIST, {"sort": "person"} | query))] == who


def test_filter_by_record_and_unit(client, at):
    other = unit(at.committee, "Öst")
    key = at.action.pk

    def count(**query):
        return client.get(LIST, query).context["shown"].page.paginator.count

    assert (count(number=key, kind="actions.action"), count(number=key + 1, kind="actions.action")) == (2, 0)
    assert (count(unit=at.unit.pk), count(unit=other.pk)) == (2, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, at, rows, django_assert_num_queries):
    client.get(LIST)
    for _ in range(rows - 1):
        other = plan(at.manager, at.unit)
        open_marked(mark(other, at.manager), at.lawyer)

    with django_assert_num_queries(12):
        client.get(LIST)


def test_excel(client, at):
    book = openpyxl.load_workbook(BytesIO(client.get(LIST, {"format": "xlsx"}).content))

    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == ["Lars Lag", "Karin Ek"]


def test_the_log_of_another_nämnd_is_not_seen(client, at):
    client.force_login(person("Olle Annan", log_reviewer=committee("Skolnämnden")))

    assert lines(client.get(LIST)) == []


@pytest.mark.parametrize("who", ["manager", "lawyer", "auditor"])
def test_who_does_not_review_has_no_log(client, at, who):
    client.force_login(getattr(at, who))

    assert client.get(LIST).status_code == 403
    assert client.get(reverse("read_log:extract")).status_code == 403


def test_everyone_sees_their_own_readings_and_no_others(client, at):
    client.force_login(at.lawyer)

    page = client.get(reverse("read_log:mine"))

    assert lines(page) == [
        [
            f"Åtgärd {at.action.pk}",
            "Öppnad med angivet skäl",
            "Hemtjänst Norr",
            "Jurist, Socialnämnden",
            "Utanför uppdraget",
            "Begäran om utlämnande.",
        ]
    ]


def test_what_has_been_kept_long_enough_is_proposed_and_nothing_is_removed(client, at, clock):
    clock.move_to(datetime(2031, 3, 18, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    client.force_login(at.reviewer)

    page = client.get(LIST, {"old": "on"})

    kept = page.context["retention"]
    assert (kept.years, kept.day, len(lines(page))) == (5, date(2026, 3, 18), 2)
    assert Reading.objects.filter(at__year=2026).count() == 2


# An extract on request


def extract(at, **given):
    asked = {"first": date(2026, 3, 1), "last": date(2026, 3, 16), "asked_by": "subject", "purpose": "Begärt utdrag."}
    return operations.make_extract(by=at.reviewer, **asked | {"format": "html"} | given)


def test_an_extract_of_a_record_names_roles_and_only_then_people(at):
    plainly = extract(at, kind="actions.action", number=at.action.pk).content.decode()
    with_names = extract(at, kind="actions.action", number=at.action.pk, with_names=True).content.decode()

    assert ("Enhetschef, Hemtjänst Norr" in plainly, "Karin Ek" in plainly) == (True, False)
    assert ("Karin Ek" in with_names, "Lars Lag" in with_names, at.action.title in with_names) == (True, True, False)
    assert "2 läsningar" in plainly, plainly[plainly.index("<main") :][:900]


def test_an_extract_of_a_person_is_that_persons_readings(at):
    said = extract(at, reader=at.manager, with_names=True).content.decode()

    assert ("1 läsning från" in said, "Lars Lag" in said) == (True, False)


def test_an_extract_is_logged_with_who_asked_and_why(at):
    extract(at, reader=at.manager)

    reading = Reading.objects.order_by("-pk").first()
    assert (reading.how, reading.reason, reading.details) == (
        "extract",
        "Begärt utdrag.",
        "Karin Ek, 2026-03-01–2026-03-16, Den som uppgifterna gäller",
    )
    event = Event.objects.first()
    assert (event.verb, event.after) == ("person.readings_extracted", {"reason": "Begärt utdrag.", "rows": 1})


@pytest.mark.parametrize(("format", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!")])
def test_an_extract_comes_in_every_format(at, format, begins):
    file = extract(at, reader=at.manager, format=format)

    assert (file.name, file.content[: len(begins)].lower()) == (
        f"utdrag-ur-laslogg-2026-03-16.{format}",
        begins.lower(),
    )
    if format == "docx":
        assert "word/document.xml" in ZipFile(BytesIO(file.content)).namelist()


def test_only_a_reviewer_makes_an_extract(at):
    at.reviewer = at.manager

    with pytest.raises(PermissionDenied):
        extract(at, reader=at.manager)


def test_an_extract_too_long_asks_for_a_shorter_time(at, monkeypatch):
    monkeypatch.setattr(operations, "MOST_ROWS", 1)

    with pytest.raises(ValidationError, match="Välj en kortare tid"):
        extract(at, kind="actions.action", number=at.action.pk)


def test_the_page_gives_the_file(client, at):
    given = {"first": "2026-03-01", "last": "2026-03-16", "asked_by": "subject", "purpose": "Utdrag.", "format": "docx"}

    answer = client.post(reverse("read_log:extract"), given | {"reader": at.manager.pk})

    assert answer.headers["Content-Disposition"] == 'attachment; filename="utdrag-ur-laslogg-2026-03-16.docx"'


@pytest.mark.parametrize(
    "about", [{}, {"kind": "actions.action"}, {"reader": 1, "kind": "actions.action", "number": 1}]
)
def test_an_extract_is_about_one_person_or_one_record(client, at, about):
    given = {"first": "2026-03-01", "last": "2026-03-16", "asked_by": "subject", "purpose": "Utdrag.", "format": "docx"}
    if "reader" in about:
        about = about | {"reader": at.manager.pk}

    answer = client.post(reverse("read_log:extract"), given | about)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Välj antingen en person, eller en sorts post och dess nummer."
    ]
