"""What is here already, as the rows an export would write now, each with the thing that it stands for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.base.intake.cells import folded
from hjulet.monitoring.models import Control, Frequency
from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.roles.roles import ROLES
from hjulet.planning.quality_plan.cells import Vocabulary
from hjulet.planning.quality_plan.gathering import Material, content_of, is_present
from hjulet.planning.quality_plan.models import QualityPlan
from hjulet.planning.quality_plan.workbook import ActionRow, ControlRow, RiskRow, Row, rows_of
from hjulet.planning.risks.models import Risk
from hjulet.rulebook.models import QualityArea

Key = tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """What the names in the file stand for."""

    areas: dict[str, QualityArea]
    frequencies: dict[str, Frequency]
    synonyms: dict[str, str]
    roles: dict[str, str]
    people: dict[str, Person]

    def owner(self, name: str) -> dict[str, Any]:
        """The two fields of an owner; a person only when no role is called so."""
        return {"owner_role": self.roles.get(name, ""), "owner_person": self.people.get(name)}


@dataclass
class Standing:
    """Takes rows out as the file names them; what is left in the end is here but not in the file."""

    risks: dict[Key, list[tuple[RiskRow, Risk]]] = field(default_factory=dict)
    actions: dict[Key, list[tuple[ActionRow, Action]]] = field(default_factory=dict)
    controls: dict[Key, list[tuple[ControlRow, Control]]] = field(default_factory=dict)

    def take(self, row: Row) -> tuple[Row, Any] | None:
        """The row's counterpart here; of two alike, the first."""
        alike = self.pile(row).get(key_of(row))
        return alike.pop(0) if alike else None

    def put(self, row: Row, thing: Any) -> None:
        self.pile(row).setdefault(key_of(row), []).append((row, thing))

    def pile(self, row: Row) -> dict[Key, list]:
        piles: dict[type, dict[Key, list]] = {RiskRow: self.risks, ActionRow: self.actions, ControlRow: self.controls}
        return piles[type(row)]

    def left(self) -> Iterator[Row]:
        for pile in (self.risks, self.actions, self.controls):
            yield from (row for alike in pile.values() for row, _thing in alike)


def key_of(row: Row) -> Key:
    """By what a row is known again: a risk by its number, an action and a control by the risk and the text."""
    match row:
        case RiskRow():
            return (row.number,)
        case ActionRow():
            return (row.risk, row.title, row.description)
        case ControlRow():
            return (row.risk, row.title)


def differences(old: Row, new: Row) -> list[str]:
    """The names of the fields that differ."""
    return [field.name for field in fields(old) if getattr(old, field.name) != getattr(new, field.name)]


def standing_of(material: Material) -> Standing:
    """Every risk that is there, the green and the unassessed ones too, with actions and controls."""
    content = content_of(material, is_present)
    rows = rows_of(content)
    risks = {risk.pk: risk for risk in material.risks}
    ordered = [risks[risk.pk] for risk in content.risks]
    standing = Standing()
    pair(standing, rows.risks, ordered)
    pair(standing, rows.actions, (action for risk in ordered for action in risk.actions.all()))
    pair(standing, rows.controls, (control for risk in ordered for control in risk.controls.all()))
    return standing


def pair(standing: Standing, rows: Iterable[Row], things: Iterable[Any]) -> None:
    for row, thing in zip(rows, things, strict=True):
        standing.put(row, thing)


def names_in(plan: QualityPlan, material: Material) -> Names:
    """Roles by name, and the people who hold one in the nämnd or are responsible already, unless two share a name."""
    frequencies = list(Frequency.objects.all())
    held = RoleAssignment.objects.on(timezone.localdate()).filter(unit__path__startswith=plan.unit.path)
    people = {assignment.person for assignment in held.select_related("person")} | set(owners(material))
    names = [person.name for person in people]
    return Names(
        areas={area.name: area for area in QualityArea.objects.all()},
        frequencies={frequency.name: frequency for frequency in frequencies},
        synonyms={synonym: frequency.name for frequency in frequencies for synonym in frequency.synonyms},
        roles={str(role.name): role.key for role in ROLES.values()},
        people={person.name: person for person in people if names.count(person.name) == 1},
    )


def owners(material: Material) -> Iterator[Person]:
    for risk in material.risks:
        for owned in (*risk.actions.all(), *risk.controls.all()):
            if owned.owner_person_id:
                yield owned.owner_person


def vocabulary_of(material: Material, names: Names) -> Vocabulary:
    return Vocabulary(
        today=timezone.localdate(),
        units=folded(label for label in material.labels.values() if label),
        areas=folded(names.areas),
        frequencies=folded(names.frequencies) | {key.casefold(): name for key, name in names.synonyms.items()},
        roles=folded(names.roles),
        responsible=folded(names.people) | folded(names.roles),
    )
