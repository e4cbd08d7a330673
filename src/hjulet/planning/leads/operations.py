"""What the verbs of the slices share: an action or a risk is made by its own operation and tied to where it came from."""

from typing import Any

from hjulet.actions.models import Action
from hjulet.actions.operations import plan_action
from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require, require_no
from hjulet.organisation.models import Person
from hjulet.planning.leads import rules
from hjulet.planning.risks.models import Risk, RiskAnalysis
from hjulet.planning.risks.operations import identify_risk


@operation
def plan_action_from(row: Any, *, by: Person, **given: Any) -> Action:
    """`given` as to `plan_action`, in the unit of the row unless told."""
    require(rules.may_plan_action_from(by, row))
    require_no(rules.obstacle_to_planning_action_from(row))
    action = plan_action(by=by, **{"unit": row.unit} | given)
    row.actions.add(action)
    audit.record(f"{row._meta.model_name}.action_planned", by=by, target=row, after={"action": action})
    return action


@operation
def answer_with_action(row: Any, *, by: Person, action: Action) -> Action:
    """Let an action that is there already be what became of the row."""
    require(rules.may_plan_action_from(by, row) and Action.objects.visible_to(by).filter(pk=action.pk).exists())
    require_no(rules.obstacle_to_answering_in(row, action.unit))
    row.actions.add(action)
    audit.record(f"{row._meta.model_name}.answered_with_action", by=by, target=row, after={"action": action})
    return action


@operation
def identify_risk_from(row: Any, *, by: Person, analysis: RiskAnalysis, **given: Any) -> Risk:
    """`given` as to `identify_risk`."""
    require_no(rules.obstacle_to_answering_in(row, analysis.unit))
    risk = identify_risk(by=by, analysis=analysis, **given)
    row.risks.add(risk)
    audit.record(f"{row._meta.model_name}.risk_identified", by=by, target=row, after={"risk": risk})
    return risk
