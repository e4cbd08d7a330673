"""A version as plain data, for the picture, the text and BPMN; and the words of lanes as roles."""

from collections.abc import Iterable
from typing import Any

from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.processes.diagram import WITHIN, Diagram, Kept, Link, Step, in_order
from hjulet.rulebook.processes.models import ProcessVersion
from hjulet.rulebook.processes.parts import Activity, Flow

KEY_OF_PROCESS = "process-"


def diagram_of(version: ProcessVersion, activities: Iterable[Activity], flows: Iterable[Flow]) -> Diagram:
    """`activities` are read with their units and what they call."""
    rows = list(activities)
    keys = {row.pk: row.key for row in rows}
    return in_order(
        Diagram(
            key=version.bpmn_key or f"{KEY_OF_PROCESS}{version.process_id}",
            title=version.process.title,
            purpose=version.purpose,
            steps=tuple(step_of(row, keys) for row in rows),
            links=tuple(
                Link(
                    row.key,
                    keys[row.source_id],
                    keys[row.target_id],
                    row.label,
                    row.is_message,
                    row.is_default,
                    kept_from(row.kept),
                )
                for row in flows
            ),
            kept=tuple((place, kept_from(kept)) for place, kept in version.kept),
        )
    )


def step_of(row: Activity, keys: dict[int, str]) -> Step:
    return Step(
        key=row.key,
        kind=row.kind,
        title=row.title,
        lane=row.performed_by,
        pool=row.pool,
        inside=keys.get(row.inside_id, ""),
        attached_to=keys.get(row.attached_to_id, ""),
        element=row.element,
        description=row.description,
        parties=tuple(row.party_names) if row.is_collaboration else (),
        stops=row.stops,
        calls=f"{KEY_OF_PROCESS}{row.calls_id}" if row.calls_id else row.called_key,
        href=row.get_absolute_url(),
        kept=kept_from(row.kept),
    )


def role_of(lane: str) -> str:
    """The key of the role that a lane is named after; empty when it is somebody else."""
    name = lane.rpartition(WITHIN)[2].strip().casefold()
    return next((key for key, role in ROLES.items() if WITHIN not in lane and str(role.name).casefold() == name), "")


def called_process(key: str) -> int | None:
    """The number of the process of ours that a file calls."""
    number = key.rpartition(":")[2].removeprefix(KEY_OF_PROCESS)
    return int(number) if number.isdecimal() and len(number) < 10 and KEY_OF_PROCESS in key else None


def kept_from(stored: Any) -> Kept:
    if not stored:
        return Kept()
    return Kept(tuple((name, value) for name, value in stored["attributes"]), tuple(stored["elements"]))


def as_stored(kept: Kept) -> dict[str, Any]:
    return {"attributes": list(map(list, kept.attributes)), "elements": list(kept.elements)} if kept else {}
