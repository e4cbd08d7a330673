import socket
from contextlib import contextmanager
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.organisation.people.operations import add_person, change_person, stop_login
from tests import factories
from tests.collaboration.notices.mail_server import Silent, point_at, serving

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
CHANGE = reverse("account_change_password")
OWN = "en egen lång lösenfras"


def log_in(client, email, password=factories.PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def errors_of(response):
    return response.context["form"].non_field_errors()


@pytest.fixture
def newcomer():
    """Has a one-time password, in `.password_given`."""
    administrator = factories.person("Siv System", system_administrator=factories.municipality())
    person, person.password_given = add_person(by=administrator, name="Karin Ek", email="karin@example.org")
    return person


def test_the_one_time_password_opens_nothing_but_the_choice_of_an_own_one(client, newcomer):
    assert log_in(client, newcomer.email, newcomer.password_given).status_code == 302

    assert [client.get(address).url for address in ("/", reverse("units:tree"), reverse("mfa_index"))] == [CHANGE] * 3
    assert client.get(CHANGE).status_code == 200

    response = client.post(CHANGE, {"oldpassword": newcomer.password_given, "password1": OWN, "password2": OWN})
    assert response.url == reverse("people:account")
    assert client.get(reverse("people:account")).status_code == 200
    newcomer.refresh_from_db()
    assert (newcomer.must_change_password, newcomer.check_password(OWN)) == (False, True)
    event = Event.objects.first()
    assert (event.verb, event.actor_id, event.target_id, event.before, event.after) == (
        "person.password_chosen",
        newcomer.pk,
        newcomer.pk,
        {},
        {},
    )


def test_the_one_time_password_works_once_changed_no_more(client, newcomer):
    log_in(client, newcomer.email, newcomer.password_given)
    client.post(CHANGE, {"oldpassword": newcomer.password_given, "password1": OWN, "password2": OWN})
    client.logout()

    assert errors_of(log_in(client, newcomer.email, newcomer.password_given)) == [
        "E-postadressen och lösenordet stämmer inte. Kontrollera båda och försök igen."
    ]
    assert log_in(client, newcomer.email, OWN).status_code == 302


@pytest.mark.parametrize("weak", ["kort", "password1234", "karin@example.org"])
def test_a_weak_own_password_is_refused(client, newcomer, weak):
    log_in(client, newcomer.email, newcomer.password_given)

    response = client.post(CHANGE, {"oldpassword": newcomer.password_given, "password1": weak, "password2": weak})

    assert list(response.context["form"].errors) == ["password1"]


def test_the_case_of_an_address_does_not_matter(client):
    factories.person("Karin Ek")

    assert log_in(client, "Karin.EK@Example.org").status_code == 302


def test_too_many_wrong_passwords_are_refused_for_a_while(client, clock):
    person = factories.person("Karin Ek")
    for _ in range(5):
        log_in(client, person.email, "fel")

    assert errors_of(log_in(client, person.email)) == [
        "För många försök med fel lösenord. Vänta fem minuter och försök igen, eller välj ett nytt lösenord."
    ]
    clock.shift(301)
    assert log_in(client, person.email).status_code == 302


def test_whoever_is_stopped_is_logged_out_at_once_and_kept_out(client, newcomer):
    person = factories.person("Bo Ek")
    log_in(client, person.email)
    assert client.get(reverse("people:account")).status_code == 200
    administrator = factories.person("Sune System", system_administrator=factories.municipality())

    stop_login(person, by=administrator, reason="Har slutat")

    assert client.get(reverse("people:account")).url == f"{LOGIN}?next={reverse('people:account')}"
    log_in(client, person.email)
    assert client.get(reverse("people:account")).status_code == 302


def test_nobody_signs_up_or_gives_themselves_another_address(client):
    assert "account/signup_closed.html" in [
        template.name for template in client.get(reverse("account_signup")).templates
    ]
    person = factories.person("Karin Ek")
    log_in(client, person.email)

    response = client.post(reverse("account_email"), {"action_add": "", "email": "annan@example.org"})

    assert response.context["form"].errors == {
        "email": ["Du har redan 1 e-postadress. Be din systemförvaltare att ändra den."]
    }
    assert not EmailAddress.objects.filter(email="annan@example.org").exists()


def test_an_old_address_does_not_open_the_account(client):
    person = factories.person("Karin Ek")
    administrator = factories.person("Siv System", system_administrator=factories.municipality())
    old = person.email
    log_in(client, old)
    client.get(reverse("account_email"))
    client.logout()

    change_person(
        person, by=administrator, revision=person.revision, name="Karin Al", email="karin.al@example.org", title=""
    )

    assert errors_of(log_in(client, old)) == [
        "E-postadressen och lösenordet stämmer inte. Kontrollera båda och försök igen."
    ]
    assert log_in(client, "karin.al@example.org").status_code == 302


def test_the_account_leads_to_codes_keys_and_password(client):
    log_in(client, factories.person("Karin Ek").email)
    page = client.get(reverse("people:account")).content.decode()
    assert [name for name in ("mfa_index", "account_change_password") if reverse(name) not in page] == []

    security = client.get(reverse("mfa_index")).content.decode()
    assert [name for name in ("mfa_activate_totp", "mfa_add_webauthn") if reverse(name) not in security] == []


def test_a_person_with_a_second_step_is_asked_for_it(client):
    person = factories.person("Karin Ek")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})

    assert log_in(client, person.email).url == reverse("mfa_authenticate")
    assert client.get(reverse("people:account")).status_code == 302


def test_a_session_ends_an_hour_after_the_last_page(client, clock):
    person = factories.person("Karin Ek")
    log_in(client, person.email)
    for _page in range(3):
        clock.shift(timedelta(minutes=59))
        assert client.get("/").status_code == 200

    clock.shift(timedelta(minutes=61))
    assert client.get("/").url == f"{LOGIN}?next=/"


def test_a_session_ends_after_a_working_day_whatever_is_done(client, clock):
    log_in(client, factories.person("Karin Ek").email)
    answers = []
    for _page in range(21):
        answers.append(client.get(reverse("people:stay")).status_code)
        clock.shift(timedelta(minutes=30))

    assert (answers, client.get("/").status_code) == ([204] * 21, 302)


def test_the_end_is_moved_once_a_minute_at_most(client, clock):
    log_in(client, factories.person("Karin Ek").email)
    client.get("/")
    with CaptureQueriesContext(connection) as at_once:
        client.get(reverse("people:stay"))
    clock.shift(timedelta(seconds=61))
    with CaptureQueriesContext(connection) as later:
        client.get(reverse("people:stay"))

    assert [sum("UPDATE" in query["sql"] for query in seen) for seen in (at_once, later)] == [0, 1]


def test_one_sees_where_one_is_logged_in_and_logs_out_elsewhere(client):
    person = factories.person("Karin Ek")
    elsewhere = Client(headers={"user-agent": "Firefox på en gammal telefon"})
    log_in(elsewhere, person.email)
    log_in(client, person.email)
    sessions = reverse("usersessions_list")

    page = client.get(sessions)
    assert "Firefox på en gammal telefon" in page.content.decode()
    assert len(page.context["sessions"]) == 2

    response = client.post(sessions, follow=True)
    assert "Du är utloggad överallt utom här." in response.content.decode()
    assert (elsewhere.get("/").status_code, client.get("/").status_code) == (302, 200)


@pytest.mark.parametrize("mail", ["down", "slow"])
def test_a_forgotten_password_is_asked_for_also_when_the_mail_server_is_away(client, settings, caplog, mail):
    """And nothing in the answer tells whether there is such an account."""
    person = factories.person("Karin Ek")
    with serving(settings, handler=Silent) if mail == "slow" else nobody_there(settings):
        answers = [
            client.post(reverse("account_reset_password"), {"email": email})
            for email in (person.email, "nobody@example.org")
        ]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("account_reset_password_done"))}
    assert person.email not in caplog.text
    assert "account/email/password_reset_key: " in caplog.text


@contextmanager
def nobody_there(settings):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        point_at(settings, nobody.getsockname()[1])
    yield
