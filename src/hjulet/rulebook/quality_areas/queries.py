from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hjulet.organisation.models import Person
from hjulet.rulebook.quality_areas import rules
from hjulet.rulebook.quality_areas.models import QualityArea


@dataclass(frozen=True)
class AreasPage:
    """The areas that hold on the day, and those that have held or will."""

    current: list[QualityArea]
    others: list[QualityArea]
    may_change: bool


def areas_visible_to(person: Person) -> QuerySet[QualityArea]:
    """All of them or none: they are the same for everyone who has a place in the organisation."""
    return QualityArea.objects.all() if rules.may_read(person) else QualityArea.objects.none()


def areas_page(person: Person, day: date) -> AreasPage:
    areas = list(QualityArea.objects.all())
    current = [area for area in areas if area.holds_on(day)]
    return AreasPage(
        current=current,
        others=[area for area in areas if area not in current],
        may_change=rules.may_change(person),
    )
