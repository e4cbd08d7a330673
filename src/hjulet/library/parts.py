"""What a library holds: which section of its file fills which register."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from hjulet.actions.registers import ACTION_TYPES
from hjulet.collaboration.registers.register import Register
from hjulet.collaboration.registers.role_texts import ROLE_TEXTS
from hjulet.monitoring.frequencies.registers import FREQUENCIES
from hjulet.monitoring.log_review.registers import REVIEW_RULES
from hjulet.monitoring.recurring_duties.registers import DUTY_TEMPLATES
from hjulet.planning.competence.registers import COMPETENCES
from hjulet.planning.goals.registers import GOAL_LEVELS
from hjulet.planning.participation.registers import MEETING_KINDS
from hjulet.planning.quality_plan.registers import PLAN_TEXTS
from hjulet.planning.risks.registers import OPERATIONAL_AREAS, RISK_SOURCES
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS


@dataclass(frozen=True)
class Part:
    """A section of the library and its register; `key` is the field that tells the rows apart."""

    name: str
    register: Register
    key: str = "key"

    def row_of(self, entry: dict[str, Any]) -> Model | None:
        """The municipality's row of the same key, or one it has added itself under the same name."""
        name = self.register.fields[0]
        rows = self.register.model._default_manager
        return rows.filter(**{self.key: entry[self.key]}).first() or rows.filter(**{name: entry[name]}).first()


PARTS = (
    Part("quality_areas", QUALITY_AREAS),
    Part("goal_levels", GOAL_LEVELS),
    Part("action_types", ACTION_TYPES),
    Part("frequencies", FREQUENCIES),
    Part("duty_templates", DUTY_TEMPLATES),
    Part("risk_sources", RISK_SOURCES),
    Part("operational_areas", OPERATIONAL_AREAS),
    Part("role_texts", ROLE_TEXTS, key="role"),
    Part("plan_texts", PLAN_TEXTS),
    Part("review_rules", REVIEW_RULES),
    Part("meeting_kinds", MEETING_KINDS),
    Part("competences", COMPETENCES),
)


def part_of(model: type[Model]) -> Part:
    return next(part for part in PARTS if part.register.model is model)
