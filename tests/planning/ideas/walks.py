"""An idea in a given state, reached by the real operations."""

from django.utils import timezone

from hjulet.actions.operations import complete_action
from hjulet.planning.ideas import operations
from hjulet.planning.ideas.states import IdeaState as S

ANSWER = "Bra tänkt, vi gör så från april."


def propose(by, unit, **given):
    defaults = {"title": "Häng nycklarna vid dörren", "why": "Vi letar varje morgon.", "place": "Lokalen"}
    return operations.propose_idea(by=by, unit=unit, **defaults | given)


def accept(idea, by, **given):
    wording = {"answer": ANSWER, "title": "Ny nyckeltavla", "description": "Sätt upp en tavla."}
    return operations.accept_idea(idea, by=by, **wording | given)


def carry_out(idea, by):
    for action in idea.actions.all():
        complete_action(action, by=by, result="Tavlan hänger.", completed_date=timezone.localdate())


def idea_at(state, by, unit, *, proposed_by=None, **given):
    """A fresh idea walked to the state by one person, who may have proposed it too."""
    idea = propose(proposed_by or by, unit, **given)
    if state == S.CONSIDERED:
        operations.consider_idea(idea, by=by)
    elif state in (S.ACCEPTED, S.DONE):
        accept(idea, by)
    elif state == S.DECLINED:
        operations.decline_idea(idea, by=by, reason="Nycklarna ska vara inlåsta.")
    if state == S.DONE:
        carry_out(idea, by)
        operations.finish_idea(idea, by=by, reason="Ingen letar längre.")
    assert idea.state == state
    return idea
