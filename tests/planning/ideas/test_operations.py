from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.models import Notice
from hjulet.collaboration.notices.queries import reminders_about
from hjulet.planning.ideas import operations
from hjulet.planning.ideas.queries import ideas_awaiting, ideas_visible_to, listed_ideas, units_to_propose_in
from hjulet.planning.ideas.states import IdeaState as S
from hjulet.planning.models import Idea, IdeaStep
from tests.factories import assign, committee, group, person, unit
from tests.planning import walks as planning
from tests.planning.ideas.walks import ANSWER, accept, idea_at, propose

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)


@pytest.fixture
def ali(home_care):
    return person("Ali Strand", employee=group(home_care))


@pytest.fixture
def team(ali):
    return ali.role_assignments.get().unit


def events(verb):
    return Event.objects.filter(verb=verb)


def told(kind):
    return sorted(notice.person.name for notice in Notice.objects.filter(kind=kind))


def test_an_employee_proposes_and_those_who_lead_are_told(home_care, manager, ali, team):
    person("Dora Direktör", social_director=home_care.committee)
    person("Gun Grupp", group_manager=team)
    person("Annan Chef", unit_manager=unit(home_care.committee, "Hemtjänst Söder"))

    idea = propose(ali, team)

    assert (idea.state, idea.answer_by_date) == (S.PROPOSED, date(2026, 3, 30))
    assert told("idea_proposed") == ["Gun Grupp", "Karin Ek"]
    assert events("idea.proposed").get().after == {
        "title": "Häng nycklarna vid dörren",
        "why": "Vi letar varje morgon.",
        "place": "Lokalen",
    }


def test_nobody_proposes_elsewhere(home_care, ali):
    with pytest.raises(PermissionDenied):
        propose(ali, unit(home_care.committee, "Hemtjänst Söder"))


def test_changed_by_whoever_proposed_it_until_it_is_considered(manager, ali, team):
    idea = propose(ali, team)
    with pytest.raises(PermissionDenied):
        operations.change_idea(idea, by=manager, revision=1, title="Annat")
    operations.change_idea(idea, by=ali, revision=1, title="Häng nycklarna innanför dörren")
    operations.consider_idea(idea, by=manager)

    with pytest.raises(Refused, match="Idén behandlas redan"):
        operations.change_idea(idea, by=ali, revision=2, title="Annat")
    assert (idea.title, events("idea.changed").get().before["title"]) == (
        "Häng nycklarna innanför dörren",
        "Häng nycklarna vid dörren",
    )


def test_accepted_with_an_action_and_the_answer_reaches_whoever_proposed_it(home_care, manager, ali, team):
    idea = propose(ali, team)

    action = accept(idea, manager)

    idea.refresh_from_db()
    assert (idea.actions.get(), action.unit) == (action, team)
    assert (idea.answer, idea.answered_by, idea.answered_date) == (ANSWER, manager, TODAY)
    assert told("idea_answered") == ["Ali Strand"]
    assert events("idea.accept").get().after == {"state": "accepted", "reason": ANSWER}


def test_accepting_takes_an_answer(manager, ali, team):
    idea = propose(ali, team)

    with pytest.raises(ValidationError, match="Skriv ett svar"):
        accept(idea, manager, answer=" ")
    assert idea.actions.count() == 0


def test_two_things_of_one_day_are_told_both(manager, ali, team):
    idea = propose(ali, team)
    operations.consider_idea(idea, by=manager)
    operations.decline_idea(idea, by=manager, reason="De ska vara inlåsta.")

    assert told("idea_answered") == ["Ali Strand", "Ali Strand"]


def test_declined_and_considered_again(manager, ali, team, clock):
    idea = idea_at(S.DECLINED, manager, team, proposed_by=ali)
    assert (idea.answer, idea.ended_on) == ("Nycklarna ska vara inlåsta.", TODAY)
    clock.move_to("2026-04-01 10:00+02:00")

    operations.reopen_idea(idea, by=manager, reason="Nu finns ett skåp.")

    idea.refresh_from_db()
    assert (idea.answer, idea.ended_on, idea.answer_by_date) == ("", None, date(2026, 4, 15))


def test_done_says_what_became_of_it(manager, ali, team):
    idea = idea_at(S.DONE, manager, team, proposed_by=ali)

    idea.refresh_from_db()
    assert (idea.result, idea.answer, idea.ended_date) == ("Ingen letar längre.", ANSWER, TODAY)


def test_further_actions_and_risks(home_care, manager, ali, team):
    analysis = planning.analysis(manager, home_care)
    idea = propose(ali, team)
    wording = {"title": "Nytt skåp", "description": "Köp ett."}
    with pytest.raises(Refused, match="Anta idén först"):
        operations.plan_action_from(idea, by=manager, **wording)
    risk = operations.identify_risk_from(
        idea,
        by=manager,
        analysis=analysis,
        title="Nycklar försvinner",
        deficiency="De hänger löst.",
        quality_area=planning.quality_area(),
    )
    accept(idea, manager)
    operations.plan_action_from(idea, by=manager, **wording)

    assert (idea.risks.get(), idea.actions.count()) == (risk, 2)
    with pytest.raises(PermissionDenied):
        operations.plan_action_from(idea, by=ali, **wording)


def test_nothing_more_comes_of_a_declined_idea(manager, ali, team):
    idea = idea_at(S.DECLINED, manager, team, proposed_by=ali)

    with pytest.raises(Refused, match="Idén är avböjd."):
        operations.plan_action_from(idea, by=manager, title="Nytt skåp", description="Köp ett.")


def test_the_name_is_for_whoever_answers_and_whoever_proposed(home_care, manager, ali, team):
    colleague = person("Bea Berg", employee=team)
    auditor = person("Rita Revisor", auditor=home_care.committee)
    propose(ali, team)

    names = {reader.name: listed_ideas(reader).get().shown_name for reader in (manager, ali, colleague, auditor)}

    assert names == {"Karin Ek": "Ali Strand", "Ali Strand": "Ali Strand", "Bea Berg": "", "Rita Revisor": ""}


def test_what_was_told_names_nobody(manager, ali, team):
    idea = idea_at(S.CONSIDERED, manager, team, proposed_by=ali)

    assert [reminder.to for reminder in reminders_about(idea)] == ["Medarbetare", "Karin Ek"]


def test_one_keeps_ones_own_after_moving(home_care, ali, team, clock):
    idea = propose(ali, team)
    held = ali.role_assignments.get()
    held.valid_to = date(2026, 3, 16)
    held.save()
    clock.move_to("2026-03-20 10:00+02:00")
    mover = type(ali).objects.get(pk=ali.pk)
    assign(mover, "employee", unit(committee("Äldrenämnden"), "Boendet"))

    assert list(ideas_visible_to(mover)) == [idea]


def test_what_awaits_whoever_leads(home_care, manager, ali, team):
    director = person("Dora Direktör", social_director=home_care.committee)
    other = person("Annan Chef", unit_manager=unit(home_care.committee, "Hemtjänst Söder"))
    idea = propose(ali, team)
    idea_at(S.ACCEPTED, manager, team, proposed_by=ali)

    assert {reader.name: list(ideas_awaiting(reader)) for reader in (manager, ali, director, other)} == {
        "Karin Ek": [idea],
        "Ali Strand": [],
        "Dora Direktör": [],
        "Annan Chef": [],
    }


def test_one_proposes_where_one_works(home_care, manager, ali, team):
    closed = unit(home_care.committee, "Stängt")
    closed.valid_to = TODAY
    closed.save()
    assign(ali, "employee", closed)

    assert (units_to_propose_in(ali), units_to_propose_in(manager)) == ([team], [home_care])


def test_the_database_refuses_nonsense(manager, team):
    idea = idea_at(S.ACCEPTED, manager, team)

    for broken in ({"answer": ""}, {"answered_by": None}, {"state": S.PROPOSED}, {"state": S.DONE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Idea.objects.filter(pk=idea.pk).update(**broken)
    with pytest.raises(DatabaseError), transaction.atomic():
        IdeaStep.objects.update(reason="Annat")
