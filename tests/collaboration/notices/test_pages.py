from datetime import date

import pytest
from django.urls import reverse

from hjulet.collaboration.comments.operations import comment_on
from hjulet.collaboration.models import Notice
from hjulet.organisation.models import RoleAssignment
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import run
from tests.collaboration.notices.mail_server import serving
from tests.factories import committee, municipality, person, unit
from tests.monitoring.self_monitoring.walks import plan as plan_control

pytestmark = pytest.mark.django_db

LIST = reverse("notices:list")
CHOOSE = reverse("notices:choose_mail")


@pytest.fixture
def anna(home_care, client):
    anna = person("Anna Berg", employee=home_care)
    client.force_login(anna)
    return anna


def shown(client):
    page = client.get(LIST).context["shown"]
    return [(row.notice.kind, row.about and str(row.about)) for row in page.rows]


def panel_of(client, row, **headers):
    url = reverse("notices:panel", args=[row._meta.label_lower, row.pk])
    return client.get(url, headers=headers)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, anna, *, rows, django_assert_num_queries):
    for number in range(rows):
        plan(manager, home_care, title=f"Åtgärd {number}", owner_person=anna)
        control = plan_control(manager, home_care, owner_person=anna, months=6, title=f"Kontroll {number}")
        comment_on(control, by=manager, text="Bra.")
        comment_on(control.occurrences.first(), by=manager, text="Bra.")

    with django_assert_num_queries(7):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_statements(client, home_care, manager, anna, *, rows, django_assert_num_queries):
    action = plan(manager, home_care, owner_role="employee", due_date=date(2026, 3, 1))
    for number in range(rows):
        person(f"Bo {number}", employee=home_care)
    run()

    with django_assert_num_queries(6):
        panel_of(client, action, **{"hx-request": "true"})


def test_bell_counts_without_a_statement(client, home_care, manager, anna, django_assert_num_queries):
    def bell():
        with django_assert_num_queries(4):
            text = client.get(reverse("base:gallery")).content.decode()
        return text.partition('class="bell-count">')[2].partition("<")[0]

    before = bell()
    for number in range(3):
        plan(manager, home_care, title=f"Åtgärd {number}", owner_person=anna)
    with_three = bell()
    client.post(reverse("notices:mark_read", args=[Notice.objects.first().pk]))
    with_two = bell()
    client.post(reverse("notices:mark_all_read"))

    assert (before, with_three, with_two, bell()) == ("", "3", "2", "")


def test_no_bell_before_login(client):
    assert "bell" not in client.get(reverse("account_login")).content.decode()


def test_list_shows_own_notices_latest_first_with_what_may_be_seen(client, home_care, manager, anna, clock):
    plan(manager, home_care, title="Bygg ramp", owner_person=anna)
    plan(manager, home_care, title="Åt en annan", owner_person=person("Bo Ny", employee=home_care))
    clock.move_to("2026-03-16 10:30+01:00")
    plan(manager, home_care, title="Byt larm", owner_role="employee")

    assert shown(client) == [("action_given", "Byt larm"), ("action_given", "Bygg ramp")]

    RoleAssignment.objects.filter(person=anna).delete()
    assert shown(client) == [("action_given", None), ("action_given", "Bygg ramp")]


def test_opening_reads_and_leads_to_the_row(client, home_care, manager, anna):
    action = plan(manager, home_care, owner_person=anna)
    notice = Notice.objects.get()

    response = client.post(reverse("notices:open", args=[notice.pk]))

    notice.refresh_from_db()
    assert (response.url, notice.read_at is not None) == (action.get_absolute_url(), True)


def test_opening_what_may_no_longer_be_seen_says_so(client, home_care, manager, anna):
    plan(manager, home_care, owner_role="employee")
    RoleAssignment.objects.filter(person=anna).delete()

    response = client.post(reverse("notices:open", args=[Notice.objects.get().pk]), follow=True)

    assert [str(m) for m in response.context["messages"]] == ["Du kan inte längre se det som notisen gällde."]


@pytest.mark.parametrize("name", ["open", "mark_read"])
def test_notice_of_another_is_not_found(client, home_care, manager, anna, name):
    plan(manager, home_care, owner_person=anna)
    client.force_login(manager)

    assert client.post(reverse(f"notices:{name}", args=[Notice.objects.get().pk])).status_code == 404
    assert Notice.objects.get().read_at is None


def test_many_notices_are_cut_in_pages(client, home_care, manager, anna):
    for number in range(51):
        plan(manager, home_care, title=f"Åtgärd {number:02}", owner_person=anna)

    second = client.get(LIST, {"page": 2}).context["shown"]

    assert [str(row.about) for row in second.rows] == ["Åtgärd 00"]


def test_empty_list_says_what_will_be_here(client, anna):
    assert "Inga notiser ännu" in client.get(LIST).content.decode()


def test_choices_start_as_they_are_and_are_saved(client, anna):
    form = client.get(CHOOSE).context["form"]
    choices = dict.fromkeys(form.fields, "weekly") | {"comment": "never"}

    response = client.post(CHOOSE, choices)

    assert set(form.initial.values()) == {"at_once"}
    assert response.url == reverse("people:account")
    assert client.get(CHOOSE).context["form"].initial == choices


def test_what_may_not_be_off_cannot_be_chosen(client, anna):
    form = client.get(CHOOSE).context["form"]

    response = client.post(CHOOSE, dict.fromkeys(form.fields, "never"))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {
        "action_overdue",
        "agreement_past_end",
        "agreement_renewal_due",
        "control_overdue",
        "decision_awaited",
        "document_review",
        "document_sent",
        "duty_overdue",
        "idea_answered",
        "law_review_overdue",
        "measurement_overdue",
        "reading_overdue",
        "review_due",
        "secret_opened",
    }


def test_panel_says_when_who_was_reminded_and_what_became_of_the_mail(client, home_care, manager, anna):
    person("Bo Ny", employee=home_care)
    by_role = plan(manager, home_care, owner_role="employee", due_date=date(2026, 3, 1))
    run()

    reminders = panel_of(client, by_role).context["reminders"]

    assert [(str(r.what), r.to, r.people, [(m.outcome, m.count) for m in r.mails]) for r in reminders] == [
        ("Försenad", "Medarbetare", 2, [("mejl skickat", 2)]),
        ("Åtgärden är given", "Medarbetare", 2, [("mejl skickat", 2)]),
    ]


def test_panel_names_the_person_who_is_responsible(client, home_care, manager, anna):
    action = plan(manager, home_care, owner_person=anna)

    text = panel_of(client, action).content.decode()

    assert "Anna Berg" in text
    assert "Ingen har blivit påmind ännu." not in text


def test_panel_of_a_row_without_reminders(client, home_care, manager, anna):
    assert "Ingen har blivit påmind ännu." in panel_of(client, plan(manager, home_care)).content.decode()


def test_panel_is_hidden_with_its_row(client, home_care, manager):
    action = plan(manager, home_care)
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    assert panel_of(client, action).status_code == 404


@pytest.fixture
def refused(home_care, manager, settings, clock):
    """Bo's address has been refused; Cecilia's was, and has been mended since."""
    for name in ("Bo Ny", "Cecilia Ny"):
        plan(manager, home_care, owner_person=person(name, employee=home_care))
    with serving(settings, refused=("bo.ny", "cecilia.ny")):
        run()
    clock.move_to("2026-03-16 10:10+01:00")
    with serving(settings, refused=("bo.ny",)):
        run()


UNDELIVERED = reverse("notices:undelivered")


@pytest.fixture
def administrator(client):
    administrator = person("Sam System", system_administrator=municipality())
    client.force_login(administrator)
    return administrator


def test_whose_mail_is_refused_is_shown_to_whoever_can_mend_the_address(client, refused, administrator):
    page = client.get(UNDELIVERED)

    assert [(one.name, f"{one.refused_at:%H:%M}") for one in page.context["people"]] == [("Bo Ny", "09:10")]
    assert "avvisades senast 2026-03-16 10:10" in page.content.decode()
    part = client.get(UNDELIVERED, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in page.content.decode()


def test_refused_mail_is_forgotten_after_a_month(client, refused, administrator, clock):
    clock.move_to("2026-04-15 11:11+02:00")
    client.force_login(administrator)

    assert "Inget mejl har avvisats den senaste månaden." in client.get(UNDELIVERED).content.decode()


def test_refused_mail_is_not_for_everyone(client, anna):
    assert client.get(UNDELIVERED).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_undelivered_statements(
    client, home_care, manager, administrator, settings, *, rows, django_assert_num_queries
):
    for number in range(rows):
        plan(manager, home_care, owner_person=person(f"Namn Nr{number}", employee=home_care))
    with serving(settings, refused=("namn",)):
        run()

    with django_assert_num_queries(5):
        assert len(client.get(UNDELIVERED).context["people"]) == rows


def test_part_of_the_page_equals_the_page(client, home_care, manager, anna):
    action = plan(manager, home_care, owner_person=anna)

    part, whole = (panel_of(client, action, **headers).content.decode() for headers in ({"hx-request": "true"}, {}))

    assert "<html" not in part
    assert part.strip() in whole
