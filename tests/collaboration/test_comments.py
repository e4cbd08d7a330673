from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.comments.operations import comment_on, withdraw_comment
from hjulet.collaboration.comments.queries import comment_visible_to, comments_on
from hjulet.collaboration.conversation.queries import conversation_of
from hjulet.collaboration.models import Notice
from hjulet.collaboration.targets import may_contribute, target_visible_to, type_of_kind
from hjulet.organisation.models import Person, Unit
from hjulet.planning.risk_analyses.operations import start_analysis
from tests import factories
from tests.actions.walks import plan
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning.walks import matrix_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care):
    return factories.person("Eva Chef", unit_manager=home_care)


@pytest.fixture
def action(home_care, manager):
    return plan(manager, home_care)


def test_a_comment_is_kept_and_audited(action, manager, home_care):
    comment = comment_on(action, by=manager, text="Vi börjar i maj.")

    assert list(comments_on(action)) == [comment]
    assert (comment.target, comment.text, comment.by) == (action, "Vi börjar i maj.", manager)
    event = Event.objects.first()
    assert (event.verb, event.target_id, event.unit_id, event.after) == (
        "comment.written",
        comment.pk,
        home_care.pk,
        {"about": "actions.action", "about_id": action.pk, "text": "Vi börjar i maj."},
    )


def test_a_second_press_of_the_button_says_nothing_twice(action, manager, clock):
    first = comment_on(action, by=manager, text="Bra!")

    assert comment_on(action, by=manager, text="Bra!") == first
    clock.shift(61)
    assert comment_on(action, by=manager, text="Bra!") != first
    assert comments_on(action).count() == 2


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_comment_says_something(action, manager, text):
    with pytest.raises(ValidationError) as error:
        comment_on(action, by=manager, text=text)

    assert list(error.value.message_dict) == ["text"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("unit_manager", True),
        ("employee", True),
        ("lawyer", True),
        ("committee_member", False),
        ("auditor", False),
        ("system_administrator", False),
    ],
)
def test_who_may_contribute(action, home_care, role, allowed):
    person = factories.person("Karin Ek", **{role: home_care})

    assert may_contribute(person, action) is allowed
    if not allowed:
        with pytest.raises(PermissionDenied):
            comment_on(action, by=person, text="Hej")


def test_whoever_is_responsible_may_contribute(manager, home_care):
    owner = factories.person("Olle Ägare", employee=factories.committee("Skolnämnden"))

    assert may_contribute(owner, plan(manager, home_care, owner_person=owner))
    assert not may_contribute(owner, plan(manager, home_care))


def test_a_withdrawn_comment_says_why_it_is_gone(action, manager):
    comment = comment_on(action, by=manager, text="Anna är sjuk.")

    withdraw_comment(comment, by=manager, reason="Personuppgift")

    comment.refresh_from_db()
    assert (comment.withdrawn_at is not None, comment.withdrawn_reason) == (True, "Personuppgift")
    assert (Event.objects.first().verb, Event.objects.first().after) == (
        "comment.withdrawn",
        {"about": "actions.action", "about_id": action.pk, "reason": "Personuppgift"},
    )
    with pytest.raises(Refused) as refusal:
        withdraw_comment(comment, by=manager, reason="Igen")
    assert refusal.value.sentence == "Det är redan tillbakadraget."


def test_withdrawing_needs_a_reason(action, manager):
    with pytest.raises(ValidationError):
        withdraw_comment(comment_on(action, by=manager, text="Hej"), by=manager, reason="")


def test_one_withdraws_ones_own_and_who_leads_the_unit_anyones(action, manager, home_care):
    author = factories.person("Mia", employee=home_care)
    colleague = factories.person("Mio", employee=home_care)
    first, second = comment_on(action, by=author, text="Ett"), comment_on(action, by=author, text="Två")

    with pytest.raises(PermissionDenied):
        withdraw_comment(first, by=colleague, reason="x")

    assert withdraw_comment(first, by=author, reason="x").withdrawn_reason == "x"
    assert withdraw_comment(second, by=manager, reason="y").withdrawn_reason == "y"


def test_a_comment_is_seen_by_those_who_see_the_row(action, manager):
    comment = comment_on(action, by=manager, text="Hej")
    stranger = factories.person("Lars", unit_manager=factories.committee("Skolnämnden"))

    assert comment_visible_to(manager, comment.pk) == comment
    assert comment_visible_to(stranger, comment.pk) is None
    assert comment_visible_to(manager, comment.pk + 1) is None


def test_a_target_is_a_visible_row_of_a_model_with_an_access_rule_and_a_page(action, manager):
    stranger = factories.person("Lars", unit_manager=factories.committee("Skolnämnden"))
    kind = type_of_kind("actions.action")

    assert target_visible_to(manager, kind, action.pk) == action
    assert target_visible_to(stranger, kind, action.pk) is None
    assert target_visible_to(manager, kind, action.pk + 1) is None
    assert target_visible_to(manager, ContentType.objects.get_for_model(Person), manager.pk) is None
    assert target_visible_to(manager, ContentType.objects.get_for_model(Unit), 1) is None
    assert [type_of_kind(words) for words in ("x", "x.y", "x.y.z", "")] == [None, None, None, None]
    assert target_visible_to(manager, None, action.pk) is None


@pytest.mark.parametrize("said", [1, 3])
def test_the_conversation_takes_two_statements(action, manager, said, django_assert_num_queries):
    for number in range(said):
        comment_on(action, by=factories.person(f"Mia {number}", employee=action.unit), text=f"Nummer {number}")
    may = may_contribute(manager, action)  # the page has asked for roles already

    with django_assert_num_queries(2):
        conversation = conversation_of(action, manager)

    assert (conversation.kind, conversation.target_id, conversation.may_contribute) == (
        "actions.action",
        action.pk,
        may,
    )
    assert [(each.what.text, each.may_withdraw) for each in conversation.comments] == [
        (f"Nummer {number}", True) for number in range(said)
    ]
    assert conversation.attachments == []


def test_comments_of_another_row_with_the_same_number_are_not_mixed_in(action, manager, home_care):
    other = plan(manager, home_care, title="Annan", due_date=date(2026, 6, 1))
    comment_on(other, by=manager, text="Hej")

    assert list(comments_on(action)) == []


def test_whoever_is_asked_for_an_opinion_comments_in_the_whole_committee():
    social = factories.committee()
    manager = factories.person("Sofia Chef", unit_manager=factories.unit(social, "Hemtjänst Söder"))
    action = plan(factories.person("Karin Chef", unit_manager=social), social)

    assert comment_on(action, by=manager, text="Vi hinner inte till mars.").by == manager


def told():
    return [(notice.person, notice.kind, notice.target, notice.part_id) for notice in Notice.objects.order_by("pk")]


def test_owner_is_told_of_each_comment_by_somebody_else(home_care, manager):
    owner = factories.person("Anna Berg", employee=home_care)
    action = plan(owner_person=owner, by=factories.person("Bo Chef", unit_manager=home_care), unit=home_care)
    Notice.objects.all().delete()

    first, second = (comment_on(action, by=manager, text=text) for text in ("Bra!", "Fast en sak."))
    comment_on(action, by=manager, text="Fast en sak.")
    comment_on(action, by=owner, text="Ja?")

    assert told() == [(owner, "comment", action, first.pk), (owner, "comment", action, second.pk)]


def test_comment_on_a_control_occasion_reaches_whoever_has_the_role(home_care, manager):
    owner = factories.person("Anna Berg", employee=home_care)
    occurrence = plan_control(manager, home_care, owner_role="employee").occurrences.first()

    comment = comment_on(occurrence, by=manager, text="Gör den tidigt.")

    assert told() == [(owner, "comment", occurrence, comment.pk)]


def test_comment_on_what_nobody_can_own_tells_nobody(home_care, manager):
    matrix_in_force()
    comment_on(start_analysis(by=manager, unit=home_care, year=2026), by=manager, text="Bra!")

    assert told() == []
