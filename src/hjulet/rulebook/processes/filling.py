"""An empty version filled with the steps of a diagram: a copy of an earlier one, or what a file says."""

from hjulet.organisation.models import Person
from hjulet.rulebook.processes.diagram import Diagram, Step
from hjulet.rulebook.processes.drawing import as_stored, called_process, role_of
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.parts import Activity, Flow


def fill(version: ProcessVersion, diagram: Diagram, *, by: Person, like: ProcessVersion | None = None) -> None:
    """Steps that `like` has by the same name keep their routines and the units they are done together with."""
    made: dict[str, Activity] = {}
    earlier = {row.key: row for row in like.activities.all()} if like else {}
    for order, step in enumerate(diagram.steps, start=1):
        row = activity_of(step, by)
        row.version, row.order = version, order
        row.inside = made.get(step.inside)
        before = earlier.get(step.key)
        row.is_collaboration = bool(step.parties) or (before is not None and before.is_collaboration)
        row.save()
        if before is not None:
            row.routines.set(before.routines.all())
            row.units.set(before.units.all())
        made[step.key] = row
    for step in diagram.steps:
        if step.attached_to in made:
            made[step.key].attached_to = made[step.attached_to]
            made[step.key].save(update_fields=["attached_to"])
    for link in diagram.links:
        Flow.objects.create(
            version=version,
            source=made[link.source],
            target=made[link.target],
            label=link.label,
            is_message=link.is_message,
            is_default=link.is_default,
            key=link.key,
            kept=as_stored(link.kept),
        )


def activity_of(step: Step, by: Person) -> Activity:
    role = role_of(step.lane)
    number = called_process(step.calls)
    calls = Process.objects.visible_to(by).filter(pk=number).first() if number else None
    return Activity(
        kind=step.kind,
        title=step.title,
        description=step.description,
        role=role,
        lane="" if role else step.lane,
        pool=step.pool,
        parties="\n".join(step.parties),
        calls=calls,
        called_key="" if calls else step.calls,
        stops=step.stops,
        key=step.key,
        element=step.element,
        kept=as_stored(step.kept),
    )
