import re
from datetime import timedelta

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.base.forms.performing import Form
from hjulet.collaboration.drafts import operations
from hjulet.collaboration.models import Draft
from hjulet.organisation.models import Person
from tests.actions.walks import plan
from tests.factories import person

pytestmark = pytest.mark.django_db
PLAN = "/atgarder/ny/"
TOKEN = re.compile(r'name="once" value="([^"]+)"')


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def keep(client, address=PLAN, **typed):
    return client.post(reverse("drafts:keep"), {"address": address, "csrfmiddlewaretoken": "x"} | typed)


def shown(client, address=PLAN):
    return client.get(address).context["form"].initial.get("title")


def test_the_address_is_that_of_a_form():
    assert reverse("actions:plan") == PLAN


def test_what_was_typed_stands_in_the_form_again_until_it_is_sent(client, home_care, manager):
    answer = keep(client, title="Bygg ramp", unit=home_care.pk, description="")

    response = client.get(PLAN)
    assert (answer.status_code, response.context["form"]["title"].value()) == (204, "Bygg ramp")
    assert "Här är ditt utkast från 2026-03-16 klockan 10:00. Det är inte skickat." in response.content.decode()
    assert f'<option value="{home_care.pk}" selected>' in response.content.decode()
    assert Draft.objects.get().typed == {
        "title": ["Bygg ramp"],
        "unit": [str(home_care.pk)],
        "description": [""],
    }

    client.post(PLAN, {"title": "Bygg ramp", "unit": home_care.pk, "description": "Vid entrén."})
    assert (Action.objects.count(), Draft.objects.count(), shown(client)) == (1, 0, None)


def test_a_form_that_has_to_be_put_right_keeps_its_draft(client, home_care, manager):
    keep(client, title="Bygg ramp")

    assert client.post(PLAN, {"title": ""}).status_code == 422
    assert Draft.objects.get().typed == {"title": ["Bygg ramp"]}


def test_the_latest_is_kept(client, manager):
    keep(client, title="Bygg")
    keep(client, title="Bygg ramp")

    assert [draft.typed for draft in Draft.objects.all()] == [{"title": ["Bygg ramp"]}]


def test_nobody_else_sees_it(client, home_care, manager):
    keep(client, title="Bygg ramp")
    client.force_login(person("Eva Dal", unit_manager=home_care))

    assert (shown(client), "Här är ditt utkast" in client.get(PLAN).content.decode()) == (None, False)


def test_a_draft_belongs_to_one_address_with_its_query(client, home_care, manager):
    keep(client, address=f"{PLAN}?fran=1", title="Bygg ramp")

    assert (shown(client), shown(client, f"{PLAN}?fran=1")) == (None, "Bygg ramp")


@pytest.mark.parametrize(
    "address", ["", "/", "/atgarder/", "/finns-inte/", "https://example.org/", f"{PLAN}?{'x' * 300}"]
)
def test_only_our_forms_have_drafts(client, manager, address):
    assert (keep(client, address=address, title="Bygg ramp").status_code, Draft.objects.count()) == (204, 0)


@pytest.mark.parametrize("title", ["", "x" * 200_001])
def test_what_is_empty_or_not_written_by_a_person_is_not_kept(client, manager, title):
    keep(client, title=title)

    assert Draft.objects.count() == 0


def test_a_draft_is_thrown_away(client, manager):
    keep(client, title="Bygg ramp")

    response = client.post(reverse("drafts:throw_away"), {"address": PLAN})

    assert (response.url, shown(client)) == (PLAN, None)
    assert client.post(reverse("drafts:throw_away"), {"address": "https://example.org/"}).url == "/"


def test_drafts_of_others_are_not_thrown_away(client, home_care, manager):
    keep(client, title="Bygg ramp")
    client.force_login(person("Eva Dal", unit_manager=home_care))

    client.post(reverse("drafts:throw_away"), {"address": PLAN})

    assert Draft.objects.count() == 1


def test_forgotten_after_thirty_days(manager, client, clock):
    keep(client, title="Bygg ramp")
    machine, now = Person.objects.machine(), timezone.now()

    kept = [operations.forget_old_drafts(by=machine, now=now + timedelta(days=days)) for days in (30, 31)]

    assert (kept, Draft.objects.count()) == ([0, 1], 0)


class Everything(Form):
    name = forms.CharField()
    is_open = forms.BooleanField()
    laws = forms.MultipleChoiceField(choices=[("SoL", "SoL"), ("LSS", "LSS")])


@pytest.mark.parametrize(
    ("typed", "initial"),
    [
        ({"name": ["Ny"]}, {"name": "Ny", "is_open": False, "laws": []}),
        ({"name": [""], "is_open": ["on"], "laws": ["LSS"]}, {"name": "", "is_open": True, "laws": ["LSS"]}),
        ({"laws": ["SoL", "LSS"], "other": ["x"]}, {"name": "Ek", "is_open": False, "laws": ["SoL", "LSS"]}),
    ],
)
def test_every_kind_of_field_takes_up_what_was_typed(typed, initial):
    form = Everything(initial={"name": "Ek", "is_open": True, "laws": ["SoL"]})

    form.take_up(typed)

    assert form.initial == initial


def token_in(response):
    return TOKEN.search(response.content.decode())[1]


def test_what_is_sent_after_the_session_has_ended_is_kept_for_whoever_wrote_it(client, home_care, manager):
    token = token_in(client.get(PLAN))
    client.logout()

    response = client.post(PLAN, {"title": "Bygg ramp", "once": token})

    assert (response.url, Action.objects.count()) == (f"/konto/login/?next={PLAN}", 0)
    client.force_login(person("Eva Dal", unit_manager=home_care))
    assert shown(client) is None
    client.force_login(manager)
    assert shown(client) == "Bygg ramp"


def test_a_file_on_its_way_in_is_no_draft(client, manager):
    read_in = reverse("actions:read_in")
    token = token_in(client.get(read_in))
    client.logout()

    client.post(read_in, {"tried": "RW4gbGlzdGE=", "seen": "x", "once": token})

    assert Draft.objects.count() == 0


@pytest.mark.parametrize("token", ["", "x", "1.abc:def:ghi"])
def test_a_stranger_leaves_nothing(client, manager, token):
    client.logout()

    client.post(PLAN, {"title": "Bygg ramp", "once": token})

    assert Draft.objects.count() == 0


def test_a_form_from_yesterday_and_one_of_somebody_stopped_leave_nothing(client, manager, clock):
    token = token_in(client.get(PLAN))
    client.logout()
    clock.shift(timedelta(days=2))
    client.post(PLAN, {"title": "Bygg ramp", "once": token})
    clock.shift(-timedelta(days=2))
    Person.objects.filter(pk=manager.pk).update(is_active=False)
    client.post(PLAN, {"title": "Bygg ramp", "once": token})

    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [("http://testserver/atgarder/1/?a=1", "/atgarder/1/%3Fa%3D1"), ("https://example.org/", "/"), ("", "/")],
)
def test_a_button_pressed_too_late_leads_back_to_its_page(client, home_care, manager, before, after):
    action = plan(manager, home_care)
    client.logout()

    response = client.post(reverse("actions:start", args=[action.pk]), headers={"referer": before})

    assert response.url == f"/konto/login/?next={after}"
    assert Action.objects.get().state == action.state


def test_form_statements(client, manager, django_assert_num_queries):
    keep(client, title="Bygg ramp")

    with django_assert_num_queries(8):
        client.get(PLAN)
