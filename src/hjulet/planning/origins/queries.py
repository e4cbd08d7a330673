from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person
from hjulet.planning.competence.queries import needs_visible_to
from hjulet.planning.ideas.queries import ideas_visible_to
from hjulet.planning.participation.queries import outcomes_visible_to


@dataclass(frozen=True)
class Origin:
    """Something that became the action or the risk, and what sort of thing it is."""

    row: Any
    what: str


def origins_of(person: Person, **link: Model) -> list[Origin]:
    """Of an action or a risk: `link` names which. What the person may not see is left out."""
    outcomes = [
        Origin(row, f"{row.meeting.kind} {row.meeting.meeting_date}")
        for row in outcomes_visible_to(person).filter(**link).order_by("pk")
    ]
    ideas = [Origin(row, _("Idé")) for row in ideas_visible_to(person).filter(**link).order_by("pk")]
    needs = [Origin(row, _("Kompetens")) for row in needs_visible_to(person).filter(**link).order_by("pk")]
    return [*outcomes, *ideas, *needs]
