"""Who may describe and adopt processes, and what stands in the way."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hjulet.organisation.decisions.rules import may_record
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.parts import Activity
from hjulet.rulebook.processes.states import DONE_BY_SOMEBODY, WORKFLOW, ProcessState


def may_describe(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.RULEBOOK_EDIT, unit)


def may_describe_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.RULEBOOK_EDIT)


def may_change(person: Person, process: Process) -> bool:
    return may_describe(person, process.unit)


def may_describe_activity(person: Person, activity: Activity) -> bool:
    return may_change(person, activity.version.process)


def may_adopt(person: Person, process: Process) -> bool:
    return holds(person, Permission.RULEBOOK_DECIDE, process.unit)


def may_record_adoption(person: Person, process: Process) -> bool:
    """What the nämnd adopts itself is recorded by its secretary."""
    committee = process.unit.committee
    return committee is not None and may_record(person, committee)


def obstacle_to_changing(version: ProcessVersion) -> str | None:
    if version.state == ProcessState.DRAFT:
        return None
    if version.state == ProcessState.IN_REVIEW:
        return _("Processen är på granskning. Ta tillbaka den till utkast för att ändra.")
    return _("Versionen är fastställd och ändras inte. Börja en ny version.")


def obstacle_to_new_version(versions: Iterable[ProcessVersion]) -> str | None:
    if any(version.is_undecided for version in versions):
        return _("Det finns redan ett utkast till en ny version.")
    return None


def obstacle_to_move(version: ProcessVersion, move: str, activities: list[Activity] | None = None) -> str | None:
    """`activities` are those of the version, where they have been read already."""
    if obstacle := WORKFLOW.obstacle_to(move, version.state):
        return obstacle
    if move not in {"send_to_review", "adopt"}:
        return None
    read = list(version.activities.order_by("order")) if activities is None else activities
    return obstacle_to_adopting(version, read)


def obstacle_to_adopting(version: ProcessVersion, read: list[Activity]) -> str | None:
    """The first thing that an adopted process must have and this one lacks."""
    if not version.process.has_owner:
        return _("Välj vem som är ansvarig för processen.")
    if not version.purpose.strip():
        return _("Skriv vad processen har för syfte.")
    activities = [one for one in read if one.kind in DONE_BY_SOMEBODY]
    if not activities:
        return _("Lägg till minst en aktivitet.")
    for activity in activities:
        if not activity.performed_by and not activity.calls_id:
            return _("Ange vilken roll som utför ”%(activity)s”.") % {"activity": activity.title}
    return None


def obstacle_to_moving(activity: Activity, step: int) -> str | None:
    """`step` is -1 upwards and 1 downwards, among those beside it."""
    beside = Activity.objects.filter(version=activity.version_id, inside=activity.inside_id)
    order = {"order__lt": activity.order} if step < 0 else {"order__gt": activity.order}
    if beside.filter(**order).exists():
        return None
    return _("Aktiviteten står redan först.") if step < 0 else _("Aktiviteten står redan sist.")


def obstacle_to_removing(activity: Activity) -> str | None:
    if activity.inner_activities.exists():
        return _("Ta först bort det som ingår i delprocessen.")
    if activity.events.exists():
        return _("Ta först bort händelsen som hör till aktiviteten.")
    return None


def obstacle_to_flow(source: Activity, target: Activity) -> str | None:
    if source.pk == target.pk:
        return _("Välj en annan aktivitet: en väg kan inte leda tillbaka till samma.")
    if source.inside_id != target.inside_id or source.pool != target.pool:
        return _("En väg går mellan aktiviteter som står bredvid varandra, inte in i eller ut ur en delprocess.")
    if source.outgoing.filter(target=target).exists():
        return _("Den vägen finns redan.")
    return None
