"""What a library holds: which section of its file fills which register."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from hjulet.actions.registers import ACTION_TYPES
from hjulet.collaboration.registers.register import Register
from hjulet.collaboration.registers.responsibilities import EXPECTED_ROLES, ORGANISATION_TEXTS, RESPONSIBILITY_AREAS
from hjulet.collaboration.registers.role_texts import ROLE_TEXTS
from hjulet.monitoring.frequencies.registers import FREQUENCIES
from hjulet.monitoring.indicators.registers import INDICATOR_TEMPLATES
from hjulet.monitoring.log_review.registers import REVIEW_RULES
from hjulet.monitoring.recurring_duties.registers import DUTY_TEMPLATES
from hjulet.planning.competence.registers import COMPETENCES
from hjulet.planning.goals.registers import GOAL_LEVELS
from hjulet.planning.participation.registers import MEETING_KINDS
from hjulet.planning.quality_plan.registers import PLAN_TEXTS
from hjulet.planning.risks.registers import OPERATIONAL_AREAS, RISK_SOURCES
from hjulet.rulebook.agreements.registers import AGREEMENT_KINDS, MANDATORY_BASES
from hjulet.rulebook.documents.registers import DOCUMENT_KINDS
from hjulet.rulebook.introduction_templates.registers import STANDARD_POINTS
from hjulet.rulebook.laws.registers import LAWS, PROVISIONS
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS


@dataclass(frozen=True)
class Part:
    """A section of the library and its register; `key` is the field that tells the rows apart.

    What the municipality may have added itself is known by the fields of `same`: by the name when none are given.
    """

    name: str
    register: Register
    key: str = "key"
    same: tuple[str, ...] | None = None

    def row_of(self, entry: dict[str, Any]) -> Model | None:
        """The municipality's row of the same key, or one it has added itself under the same name."""
        rows = self.register.model._default_manager
        return rows.filter(**{self.key: entry[self.key]}).first() or self.own_row_like(entry)

    def own_row_like(self, entry: dict[str, Any]) -> Model | None:
        names = self.register.fields[:1] if self.same is None else self.same
        if not names or not all(entry.get(name) for name in names):
            return None
        return self.register.model._default_manager.filter(**{name: entry[name] for name in names}).first()


PARTS = (
    Part("quality_areas", QUALITY_AREAS),
    Part("laws", LAWS, same=("series", "number")),
    Part("provisions", PROVISIONS, same=()),
    Part("document_kinds", DOCUMENT_KINDS),
    Part("goal_levels", GOAL_LEVELS),
    Part("action_types", ACTION_TYPES),
    Part("frequencies", FREQUENCIES),
    Part("duty_templates", DUTY_TEMPLATES),
    Part("indicator_templates", INDICATOR_TEMPLATES),
    Part("risk_sources", RISK_SOURCES),
    Part("operational_areas", OPERATIONAL_AREAS),
    Part("role_texts", ROLE_TEXTS, key="role"),
    Part("plan_texts", PLAN_TEXTS),
    Part("review_rules", REVIEW_RULES),
    Part("responsibility_areas", RESPONSIBILITY_AREAS),
    Part("expected_roles", EXPECTED_ROLES, key="role"),
    Part("organisation_texts", ORGANISATION_TEXTS),
    Part("introduction_points", STANDARD_POINTS),
    Part("agreement_kinds", AGREEMENT_KINDS),
    Part("mandatory_bases", MANDATORY_BASES),
    Part("meeting_kinds", MEETING_KINDS),
    Part("competences", COMPETENCES),
)


def part_of(model: type[Model]) -> Part:
    return next(part for part in PARTS if part.register.model is model)
