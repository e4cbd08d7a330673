from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.planning.ideas import rules
from hjulet.planning.ideas.models import Idea
from hjulet.planning.ideas.notices import tell_managers, tell_proposer
from hjulet.planning.ideas.states import ANSWERED_WITHIN, WORKFLOW
from hjulet.planning.leads import operations as leads
from hjulet.planning.risks.models import Risk, RiskAnalysis

NO_ANSWER: dict[str, Any] = {"answer": "", "answered_by": None, "answered_date": None, "ended_date": None}


@operation
def propose_idea(*, by: Person, unit: Unit, title: str, why: str, place: str) -> Idea:
    require(rules.may_propose(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    idea = Idea(unit=unit, title=title, why=why, place=place, proposed_by=by, answer_by_date=last_day())
    idea.full_clean()
    idea.save()
    audit.record("idea.proposed", by=by, target=idea, after={"title": title, "why": why, "place": place})
    tell_managers(idea, by=by)
    return idea


@operation
def change_idea(idea: Idea, *, by: Person, revision: int, **changes: Any) -> Idea:
    """`changes` are fields of `IdeaForm`."""
    require(rules.may_change(by, idea))
    require_no(rules.obstacle_to_changing(locked(idea)))
    before, after = save_changes(idea, revision=revision, changes=changes)
    if after:
        audit.record("idea.changed", by=by, target=idea, before=before, after=after)
    return idea


@operation
def consider_idea(idea: Idea, *, by: Person) -> Idea:
    return make_move(idea, "consider", by=by)


@operation
def accept_idea(idea: Idea, *, by: Person, answer: str, **given: Any) -> Action:
    """Say yes to whoever proposed it, with the action it becomes; `given` as to `plan_action`, in the idea's unit."""
    require_move(idea, "accept", by)
    if not answer.strip():
        raise ValidationError({"answer": _("Skriv ett svar till den som föreslog.")})
    action = leads.plan_action_from(idea, by=by, **given)
    make_move(idea, "accept", by=by, reason=answer, **answered(answer, by))
    return action


@operation
def decline_idea(idea: Idea, *, by: Person, reason: str) -> Idea:
    """The reason is the answer that whoever proposed it gets."""
    ended = {"ended_date": timezone.localdate()}
    return make_move(idea, "decline", by=by, reason=reason, **answered(reason, by), **ended)


@operation
def finish_idea(idea: Idea, *, by: Person, reason: str) -> Idea:
    """The reason is what became of the idea, in words to whoever proposed it."""
    return make_move(idea, "finish", by=by, reason=reason, result=reason.strip(), ended_date=timezone.localdate())


@operation
def reopen_idea(idea: Idea, *, by: Person, reason: str) -> Idea:
    """Consider it again. The answer it had stays in the history."""
    return make_move(idea, "reopen", by=by, reason=reason, answer_by_date=last_day(), **NO_ANSWER)


@operation
def plan_action_from(idea: Idea, *, by: Person, **given: Any) -> Action:
    """A further action of an idea that has been accepted."""
    require(rules.may_answer(by, idea))
    require_no(rules.obstacle_to_planning_more(locked(idea)))
    return leads.plan_action_from(idea, by=by, **given)


@operation
def identify_risk_from(idea: Idea, *, by: Person, analysis: RiskAnalysis, **given: Any) -> Risk:
    """An idea may show a risk, whether it is accepted or not; `given` as to `identify_risk`."""
    require(rules.may_answer(by, idea))
    require_no(rules.obstacle_to_leading(locked(idea)))
    return leads.identify_risk_from(idea, by=by, analysis=analysis, **given)


@operation
def relocate_idea(idea: Idea, *, by: Person, to: Unit, day: date) -> Idea:
    """Follows when its unit is reorganised."""
    relocate(idea, by=by, to=to)
    return idea


def last_day() -> date:
    return timezone.localdate() + ANSWERED_WITHIN


def answered(answer: str, by: Person) -> dict[str, Any]:
    return {"answer": answer.strip(), "answered_by": by, "answered_date": timezone.localdate()}


def require_move(idea: Idea, move: str, by: Person) -> None:
    require(rules.may_answer(by, idea))
    require_no(rules.obstacle_to_move(idea, move))


def make_move(idea: Idea, move: str, *, by: Person, reason: str = "", **fields: Any) -> Idea:
    """The part all moves share: the rule, the table's word, the step, the audit event and the word to the proposer."""
    require_move(idea, move, by)
    before = idea.state
    perform(idea, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"idea.{move}",
        by=by,
        target=idea,
        before={"state": before},
        after={"state": idea.state, "reason": reason},
    )
    tell_proposer(idea, by=by)
    return idea
