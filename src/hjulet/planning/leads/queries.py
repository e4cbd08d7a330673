from dataclasses import dataclass
from typing import Any

from hjulet.actions.models import Action
from hjulet.organisation.models import Person
from hjulet.planning.leads import rules
from hjulet.planning.risks.models import Risk, RiskAnalysis
from hjulet.planning.risks.queries import analyses_to_add_to, risks_visible_to


@dataclass(frozen=True)
class LedTo:
    """What a row became, as far as the person may see it, and what more it may become."""

    actions: list[Action]
    risks: list[Risk]
    analyses: list[RiskAnalysis]
    may_plan_action: bool
    obstacle: str | None


def led_to(person: Person, row: Any, *, may_lead: bool, obstacle: str | None) -> LedTo:
    """`may_lead` says whether the person works with the row at all, `obstacle` why it leads to nothing more now."""
    return LedTo(
        actions=actions_of(person, row),
        risks=list(risks_visible_to(person).filter(pk__in=row.risks.order_by().values("pk"))),
        analyses=analyses_to_add_to(person, row.unit) if may_lead and not obstacle else [],
        may_plan_action=may_lead and rules.may_plan_action_from(person, row),
        obstacle=obstacle or rules.obstacle_to_planning_action_from(row),
    )


def actions_of(person: Person, row: Any) -> list[Action]:
    return list(Action.objects.visible_to(person).filter(pk__in=row.actions.order_by().values("pk")))
