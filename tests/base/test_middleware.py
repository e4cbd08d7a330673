import pytest
from django.core.cache import cache
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.planning.quality_plan.states import PlanState
from tests.actions.walks import plan
from tests.factories import person
from tests.planning.quality_plan import walks as plans

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr("hjulet.base.middleware.sleep", lambda _seconds: None)


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def typed(home_care, **more):
    return {"unit": home_care.pk, "title": "Bygg ramp", "description": "Vid entrén.", "once": "abc"} | more


def test_a_form_sent_twice_is_done_once_and_leads_to_the_same_page(client, home_care, manager):
    first = client.post(reverse("actions:plan"), typed(home_care))
    second = client.post(reverse("actions:plan"), typed(home_care))

    action = Action.objects.get()
    assert (first.url, second.url) == (action.get_absolute_url(), action.get_absolute_url())


def test_a_form_that_failed_can_be_sent_again(client, home_care, manager):
    client.post(reverse("actions:plan"), typed(home_care, title=""))
    client.post(reverse("actions:plan"), typed(home_care))

    assert Action.objects.count() == 1


def test_a_form_is_free_again_half_a_minute_after_its_sending_was_killed(client, home_care, manager, clock):
    def die(*_arguments, **_given):
        raise SystemExit

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hjulet.audit.operations.record", die)
        with pytest.raises(SystemExit):
            client.post(reverse("actions:plan"), typed(home_care))
    at_once = client.post(reverse("actions:plan"), typed(home_care))
    clock.shift(31)
    later = client.post(reverse("actions:plan"), typed(home_care)).url

    assert (at_once.status_code, "är inte klar" in at_once.text) == (202, True)
    assert later == Action.objects.get().get_absolute_url()


def test_the_second_click_waits_for_the_answer_to_the_first(client, home_care, manager, monkeypatch):
    """As when both are on their way: the second finds that the first is at work, and the answer when it looks again."""
    answers = []

    def first_is_done(_seconds):
        (key,) = at_work
        cache.set(key, ("/atgarder/7/", ""))
        answers.append(key)

    at_work = set()
    add = cache.add
    monkeypatch.setattr(
        cache, "add", lambda key, *given: at_work.add(key) if key.startswith("once:") else add(key, *given)
    )
    monkeypatch.setattr("hjulet.base.middleware.sleep", first_is_done)

    response = client.post(reverse("actions:plan"), typed(home_care))

    assert (response.url, len(answers), Action.objects.count()) == ("/atgarder/7/", 1, 0)


def test_each_form_has_a_token_of_its_own(client, home_care, manager):
    client.post(reverse("actions:plan"), typed(home_care))
    client.post(reverse("actions:plan"), typed(home_care, once="def"))

    assert Action.objects.count() == 2


def test_the_token_of_another_person_stops_nobody(client, home_care, manager):
    client.post(reverse("actions:plan"), typed(home_care))
    client.force_login(person("Eva Dal", unit_manager=home_care))
    client.post(reverse("actions:plan"), typed(home_care))

    assert Action.objects.count() == 2


def test_every_form_and_button_carries_a_token(client, home_care, manager):
    action = plan(manager, home_care)

    for address in (reverse("actions:plan"), action.get_absolute_url()):
        assert 'name="once"' in client.get(address).content.decode()


def test_a_button_pressed_twice_is_no_fault(client, home_care, manager):
    action = plan(manager, home_care)

    for _ in range(2):
        client.post(reverse("actions:start", args=[action.pk]), {"once": "abc"})

    action.refresh_from_db()
    assert [step.move for step in action.steps.all()] == ["start"]


def test_a_refusal_that_nothing_took_care_of_becomes_a_page(client, settings, tmp_path):
    settings.WORD_TEMPLATE = tmp_path / "own.docx"
    settings.WORD_TEMPLATE.write_bytes(b"hej")
    board, developer = plans.home()
    client.force_login(developer)

    response = client.get(
        reverse("quality_plan:file", args=[plans.plan_at(PlanState.DRAFT, developer, None, board).pk, "docx"])
    )

    assert response.status_code == 409
    assert "Mallen är inte en Word-fil (.docx)." in response.content.decode()
