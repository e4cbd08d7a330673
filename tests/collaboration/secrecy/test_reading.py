"""What is read is written down before it is shown, and whoever comes from outside says why."""

from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from hjulet.actions import views
from hjulet.actions.queries import actions_visible_to
from hjulet.audit.models import Event, Reading
from hjulet.base.operations import Refused
from hjulet.collaboration.attachments.operations import attach
from hjulet.collaboration.models import Notice
from hjulet.collaboration.secrecy import operations
from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.models import Opening
from hjulet.organisation.secrecy.middleware import UndeclaredReading
from tests.actions.walks import plan
from tests.collaboration.files import upload
from tests.collaboration.secrecy.walks import SECRET, home, mark, open_marked, readings
from tests.factories import assign, person, unit
from tests.planning import walks as planning

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)


@pytest.fixture
def at():
    return home()


def line(at, how, who="Karin Ek", reason=""):
    return (who, how, f"actions.action {at.action.pk}", reason)


def test_whoever_works_with_it_reads_without_being_asked_and_that_is_logged(client, at):
    client.force_login(at.manager)

    page = client.get(at.action.get_absolute_url())

    assert SECRET in page.content.decode()
    assert readings() == [line(at, "page")]
    reading = Reading.objects.get()
    assert (reading.acting_as, reading.is_outside, reading.unit_id, reading.committee_id) == (
        "Enhetschef, Hemtjänst Norr",
        False,
        at.unit.pk,
        at.committee.pk,
    )


@pytest.fixture
def deputy(at):
    """Somebody from elsewhere who stands in for the head of the unit."""
    deputy = person("Tove Tillfällig", unit_manager=unit(at.committee, "Annan enhet"))
    give_deputy(
        at.manager.role_assignments.get(), by=at.manager, person=deputy, valid_from=TODAY, valid_to=date(2026, 3, 31)
    )
    return deputy


def test_whoever_stands_in_for_somebody_reads_in_that_ones_place_and_the_log_says_so(client, at, deputy):
    client.force_login(deputy)

    assert client.get(at.action.get_absolute_url()).status_code == 200
    reading = Reading.objects.get()
    assert (reading.person_name, reading.acting_as) == (
        "Tove Tillfällig",
        "Enhetschef, Hemtjänst Norr, i stället för Karin Ek",
    )


def test_what_the_own_role_lets_one_read_is_read_in_nobodys_place(client, at, deputy):
    assign(deputy, "unit_manager", at.committee)
    client.force_login(deputy)

    client.get(at.action.get_absolute_url())

    assert Reading.objects.get().acting_as == "Enhetschef, Socialnämnden"


def test_whoever_stands_in_is_told_of_what_is_opened(at, deputy):
    open_marked(at.marking, at.lawyer)

    told = Notice.objects.filter(kind="secret_opened").values_list("person__name", flat=True)
    assert set(told) == {"Karin Ek", "Tove Tillfällig"}


@pytest.mark.parametrize(
    ("name", "how"),
    [("actions:change", "page"), ("actions:note_progress", "page"), ("actions:cancel", "page")],
)
def test_a_form_about_it_is_a_reading(client, at, name, how):
    client.force_login(at.manager)

    client.get(reverse(name, args=[at.action.pk]))

    assert readings() == [line(at, how)]


def test_a_form_with_errors_has_been_read_and_one_that_leads_on_has_not(client, at):
    client.force_login(at.manager)
    address = reverse("actions:note_progress", args=[at.action.pk])

    client.post(address, {"text": ""})
    client.post(address, {"text": "Halvvägs."})

    assert readings() == [line(at, "page")]


def test_conversation_attachment_list_and_export_are_readings(client, at):
    file = attach(at.action, by=at.manager, upload=upload("a.txt", b"Tomt."))
    plan(at.manager, at.unit, title="Öppen")
    client.force_login(at.manager)

    client.get(reverse("conversation:panel", args=["actions.action", at.action.pk]))
    b"".join(client.get(reverse("attachments:download", args=[file.pk])).streaming_content)
    client.get(reverse("actions:list"))
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("actions:list"), {"format": "xlsx"}).content))
    client.get(reverse("actions:change_many"), {"pk": at.action.pk})

    assert [how for _who, how, _what, _why in readings()] == ["page", "file", "list", "export", "list"]
    assert {row[0].value for row in book.active.iter_rows(min_row=2)} == {f"Utred {SECRET}", "Öppen"}


def test_a_marked_risk_is_logged_in_the_same_way(client, at):
    developer = person("Kvin Utv", quality_developer=at.committee)
    risk = planning.risk(developer, planning.analysis(developer, at.committee))
    mark(risk, developer)
    client.force_login(developer)

    client.get(risk.get_absolute_url())
    client.get(reverse("risks:list"))

    assert readings() == [
        ("Kvin Utv", "page", f"planning.risk {risk.pk}", ""),
        ("Kvin Utv", "list", f"planning.risk {risk.pk}", ""),
    ]


def test_what_is_open_leaves_no_trace(client, at):
    client.force_login(at.manager)

    client.get(plan(at.manager, at.unit).get_absolute_url())
    client.get(reverse("my_work:list"))
    client.get(reverse("gaps:list"))

    assert readings() == []


def test_who_is_refused_has_read_nothing(client, at):
    client.force_login(at.auditor)

    client.get(at.action.get_absolute_url())

    assert readings() == []


def test_a_page_that_does_not_say_it_discloses_gives_nothing(client, at, monkeypatch):
    client.force_login(at.manager)
    monkeypatch.setattr(views.detail, "access_mode", "reads")

    with pytest.raises(UndeclaredReading):
        client.get(at.action.get_absolute_url())


def test_without_a_log_there_is_no_page(client, at, monkeypatch):
    client.force_login(at.manager)

    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("hjulet.organisation.secrecy.middleware.log_readings", full)

    with pytest.raises(OSError, match="disk full"):
        client.get(at.action.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_number_of_statements_however_many_are_marked(
    client, at, rows, django_assert_num_queries
):
    for number in range(rows - 1):
        mark(plan(at.manager, at.unit, title=f"Åtgärd {number}"), at.manager)
    client.force_login(at.manager)
    client.get(at.action.get_absolute_url())

    with django_assert_num_queries(14):  # nine as ever, and five to log
        client.get(reverse("actions:list"))


# From outside: a reason first


def test_whoever_is_only_sometimes_needed_is_asked_why(client, at):
    client.force_login(at.lawyer)

    answer = client.get(at.action.get_absolute_url())

    assert answer.status_code == 302
    assert answer.url == reverse("secrecy:open", args=[at.marking.pk])
    asked = client.get(answer.url)
    assert "Varför behöver du läsa?" in asked.content.decode()
    assert SECRET not in asked.content.decode()
    assert readings() == []


def test_a_reason_opens_the_row_and_stands_at_every_reading(client, at):
    client.force_login(at.lawyer)

    answer = client.post(reverse("secrecy:open", args=[at.marking.pk]), {"reason": "Begäran om utlämnande."})
    page = client.get(answer.url)

    assert (answer.url, SECRET in page.content.decode()) == (at.action.get_absolute_url(), True)
    reason = "Begäran om utlämnande."
    assert readings() == [line(at, "opened", "Lars Lag", reason), line(at, "page", "Lars Lag", reason)]
    assert set(Reading.objects.values_list("acting_as", "is_outside")) == {("Jurist, Socialnämnden", True)}
    event = Event.objects.order_by("-number").first()
    assert (event.verb, event.target_id, event.after) == ("marking.opened", at.marking.pk, {"reason": reason})


def test_the_one_who_answers_for_the_unit_is_told(at):
    above = person("Sol Chef", quality_developer=at.committee)

    opening = open_marked(at.marking, at.lawyer)

    [notice] = Notice.objects.filter(kind="secret_opened")
    assert (notice.person, notice.target, notice.part_id) == (at.manager, at.action, opening.pk)
    assert above != notice.person


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_reason_opens_nothing(at, reason):
    with pytest.raises(ValidationError, match="Skriv varför"):
        open_marked(at.marking, at.lawyer, reason)

    assert Opening.objects.count() == 0


def test_who_may_not_open_is_refused(client, at):
    with pytest.raises(PermissionDenied):
        open_marked(at.marking, at.auditor)
    client.force_login(at.auditor)

    assert client.get(reverse("secrecy:open", args=[at.marking.pk])).status_code == 404


def test_who_works_with_it_needs_no_reason(client, at):
    with pytest.raises(PermissionDenied):
        open_marked(at.marking, at.manager)
    assign(at.manager, "lawyer", at.unit)
    at.manager.__dict__.pop("_assignments_today")

    with pytest.raises(Refused, match="hör till ditt uppdrag"):
        open_marked(at.marking, at.manager)


def test_what_is_lifted_is_not_opened(at):
    operations.lift_marking(at.marking, by=at.manager, reason="Prövad.")

    with pytest.raises(Refused, match="Markeringen är hävd"):
        open_marked(at.marking, at.lawyer)


def test_a_reason_holds_for_one_row(client, at):
    other = plan(at.manager, at.unit, title="En till")
    mark(other, at.manager)
    client.force_login(at.lawyer)
    open_marked(at.marking, at.lawyer)

    assert client.get(at.action.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 302


def test_a_reason_holds_until_the_next_login_and_no_longer_than_a_working_day(client, at, clock):
    client.force_login(at.lawyer)
    open_marked(at.marking, at.lawyer)

    def status_after(hours):
        clock.move_to(datetime(2026, 3, 16, 9, 0, tzinfo=timezone.get_current_timezone()) + timedelta(hours=1 + hours))
        client.force_login(at.lawyer) if hours == 3 else None
        return client.get(at.action.get_absolute_url()).status_code

    assert [status_after(hours) for hours in (0, 0.5, 3)] == [200, 200, 302]


def test_a_reason_given_ten_hours_ago_is_forgotten(at, clock):
    open_marked(at.marking, at.lawyer)
    clock.move_to(timezone.now() + timedelta(hours=9, minutes=59))
    before = actions_visible_to(at.lawyer).count()
    clock.move_to(timezone.now() + timedelta(minutes=2))

    assert (before, actions_visible_to(at.lawyer).count()) == (1, 0)


def test_to_open_without_the_ordinary_right_leads_nowhere(client, at):
    """A lawyer of the unit's provider, say: the reason is kept, but the row is still not theirs to see."""
    stranger = person("Siv Sär", lawyer=unit(at.committee, "Öst"))
    client.force_login(stranger)

    assert client.get(at.action.get_absolute_url()).status_code == 404


# The register


def test_the_register_says_that_it_is_marked_and_not_what_it_is(client, at):
    client.force_login(at.lawyer)

    page = client.get(reverse("secrecy:list"))

    [row] = page.context["shown"].rows
    assert [str(value) for _column, value in row] == [
        f"Åtgärd {at.action.pk}",
        "Hemtjänst Norr",
        "OSL 26 kap. 1 § (socialtjänst)",
        "2026-03-16",
        "Karin Ek",
        "Gäller",
    ]
    assert SECRET not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_register_statements(client, at, rows, django_assert_num_queries):
    for number in range(rows - 1):
        mark(plan(at.manager, at.unit, title=f"Åtgärd {number}"), at.manager)
    client.force_login(at.manager)

    with django_assert_num_queries(8):
        client.get(reverse("secrecy:list"))


def test_lifted_ones_are_shown_when_asked_for(client, at):
    operations.lift_marking(at.marking, by=at.manager, reason="Prövad.")
    client.force_login(at.manager)

    def count(**query):
        return client.get(reverse("secrecy:list"), query).context["shown"].page.paginator.count

    assert (count(), count(lifted="on"), count(lifted="on", q=at.action.pk + 1)) == (0, 1, 0)


def test_the_page_of_a_marking_names_those_who_opened_it(client, at):
    open_marked(at.marking, at.lawyer)
    client.force_login(at.manager)

    page = client.get(at.marking.get_absolute_url()).context["page"]

    assert [(one.person, one.reason) for one in page.openings] == [(at.lawyer, "Begäran om utlämnande.")]
    assert (page.what, page.url, page.needs_reason, page.may_lift) == (
        f"Åtgärd {at.action.pk}",
        at.action.get_absolute_url(),
        False,
        True,
    )


def test_marking_and_lifting_through_the_pages(client, at):
    other = plan(at.manager, at.unit)
    client.force_login(at.manager)

    marked = client.post(
        reverse("secrecy:mark", args=["actions.action", other.pk]), {"provision": "osl_39_1", "reason": "Personal."}
    )
    other.refresh_from_db()
    lifted = client.post(reverse("secrecy:lift", args=[at.marking.pk]), {"reason": "Prövad."})
    at.action.refresh_from_db()

    assert (marked.url, other.is_secret) == (other.get_absolute_url(), True)
    assert (lifted.url, at.action.is_secret) == (at.marking.get_absolute_url(), False)


@pytest.mark.parametrize("kind", ["organisation.unit", "x", "actions.action"])
def test_what_cannot_be_marked_or_is_hidden_has_no_page(client, at, kind):
    client.force_login(at.auditor)

    assert client.get(reverse("secrecy:mark", args=[kind, at.action.pk])).status_code == 404


def test_who_reads_nothing_secret_has_no_register(client, at):
    client.force_login(at.auditor)

    assert client.get(reverse("secrecy:list")).status_code == 403
    assert client.get(at.marking.get_absolute_url()).status_code == 404
