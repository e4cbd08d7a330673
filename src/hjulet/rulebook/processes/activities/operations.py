"""The steps of a draft: added, changed, put in order and joined by ways."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.organisation.models import Person, Unit
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.processes import rules
from hjulet.rulebook.processes.diagram import implied
from hjulet.rulebook.processes.models import ProcessVersion
from hjulet.rulebook.processes.parts import Activity, Flow
from hjulet.rulebook.processes.queries import drawn
from hjulet.rulebook.processes.states import StepKind

ASIDE = 10_000  # above every place that is taken: places are changed in two steps, since no two may share one
MOST_ACTIVITIES = 300


@operation
def add_activity(
    version: ProcessVersion,
    *,
    by: Person,
    title: str,
    kind: str = StepKind.TASK,
    after: Activity | None = None,
    routines: Collection[GoverningDocument] = (),
    units: Collection[Unit] = (),
    **fields: Any,
) -> Activity:
    """Last, or after the one that is named; `fields` are those of `ActivityForm`."""
    require_draft(version, by)
    if version.activities.count() >= MOST_ACTIVITIES:
        require_no(_("Processen har redan %(most)s steg. Dela upp den i flera.") % {"most": MOST_ACTIVITIES})
    activity = Activity(
        version=version,
        order=(version.activities.aggregate(last=Max("order"))["last"] or 0) + 1,
        key=fresh_key(version, "step"),
        title=title,
        kind=kind,
        inside=after and after.inside,
        pool=after.pool if after else "",
        **fields,
    )
    activity.full_clean()
    activity.save()
    activity.routines.set(routines)
    activity.units.set(units)
    if after:
        place(activity, after=after)
    note(version, by, "process.activity_added", after={"activity": title})
    return activity


@operation
def change_activity(
    activity: Activity,
    *,
    by: Person,
    revision: int,
    routines: Collection[GoverningDocument],
    units: Collection[Unit],
    **changes: Any,
) -> Activity:
    require_draft(activity.version, by)
    before, after = save_changes(activity, revision=revision, changes=changes)
    for name, rows in (("routines", routines), ("units", units)):
        was, now = set(getattr(activity, name).all()), set(rows)
        if was != now:
            getattr(activity, name).set(now)
            before[name], after[name] = sorted(map(str, was)), sorted(map(str, now))
    if after:
        note(
            activity.version, by, "process.activity_changed", before=before, after={"activity": activity.title} | after
        )
    return activity


@operation
def move_up(activity: Activity, *, by: Person) -> Activity:
    return step_over(activity, -1, by=by)


@operation
def move_down(activity: Activity, *, by: Person) -> Activity:
    return step_over(activity, 1, by=by)


@operation
def place_activity(activity: Activity, *, by: Person, position: int) -> Activity:
    """To a place counted from 1 among those beside it, as when it is dragged there."""
    require_draft(activity.version, by)
    others = [one for one in beside(activity) if one.pk != activity.pk]
    at = max(0, min(position - 1, len(others)))
    renumber(activity, [*others[:at], activity, *others[at:]], by=by)
    return activity


def step_over(activity: Activity, step: int, *, by: Person) -> Activity:
    require_draft(activity.version, by)
    require_no(rules.obstacle_to_moving(activity, step))
    rows = beside(activity)
    at = next(at for at, one in enumerate(rows) if one.pk == activity.pk)
    rows[at], rows[at + step] = rows[at + step], rows[at]
    renumber(activity, rows, by=by)
    return activity


def beside(activity: Activity) -> list[Activity]:
    rows = Activity.objects.filter(version=activity.version_id, inside=activity.inside_id)
    return list(rows.order_by("order"))


def place(activity: Activity, *, after: Activity) -> None:
    others = [one for one in beside(activity) if one.pk != activity.pk]
    at = next(at for at, one in enumerate(others) if one.pk == after.pk) + 1
    write_order(activity.version, [*others[:at], activity, *others[at:]])


def renumber(activity: Activity, rows: list[Activity], *, by: Person) -> None:
    write_order(activity.version, rows)
    activity.refresh_from_db(fields=["order"])
    position = next(at for at, one in enumerate(rows, start=1) if one.pk == activity.pk)
    note(activity.version, by, "process.activity_moved", after={"activity": activity.title, "position": position})


def write_order(version: ProcessVersion, rows: list[Activity]) -> None:
    """Those beside each other change places among the places they have."""
    places = sorted(Activity.objects.filter(pk__in=[row.pk for row in rows]).values_list("order", flat=True))
    Activity.objects.filter(pk__in=[row.pk for row in rows]).update(order=F("order") + ASIDE)
    for row, order in zip(rows, places, strict=True):
        Activity.objects.filter(pk=row.pk).update(order=order)


@operation
def remove_activity(activity: Activity, *, by: Person) -> ProcessVersion:
    """With the ways that lead to it and from it; those before it go on to what came after."""
    version = activity.version
    require_draft(version, by)
    require_no(rules.obstacle_to_removing(activity))
    flows = [str(flow) for flow in version.flows.filter(source=activity) | version.flows.filter(target=activity)]
    Flow.objects.filter(source=activity).delete()
    Flow.objects.filter(target=activity).delete()
    title = str(activity)
    activity.delete()
    note(version, by, "process.activity_removed", before={"activity": title, "flows": flows})
    return version


@operation
def add_flow(version: ProcessVersion, *, by: Person, source: Activity, target: Activity, label: str = "") -> Flow:
    """A way of one's own. The first from a step also keeps the one that the order gave: it would vanish unseen."""
    require_draft(version, by)
    require_no(rules.obstacle_to_flow(source, target))
    given = [link for link in implied(drawn(version)) if link.source == source.key and link.target != target.key]
    for link in given:
        write_flow(version, source, version.activities.get(key=link.target), "")
    flow = write_flow(version, source, target, label)
    note(version, by, "process.flow_added", after={"from": source.title, "to": target.title, "label": label})
    return flow


def write_flow(version: ProcessVersion, source: Activity, target: Activity, label: str) -> Flow:
    flow = Flow(version=version, source=source, target=target, label=label.strip(), key=fresh_key(version, "flow"))
    flow.full_clean()
    flow.save()
    return flow


@operation
def remove_flow(flow: Flow, *, by: Person) -> ProcessVersion:
    version = flow.version
    require_draft(version, by)
    said = {"from": flow.source.title, "to": flow.target.title, "label": flow.label}
    flow.delete()
    note(version, by, "process.flow_removed", before=said)
    return version


def require_draft(version: ProcessVersion, by: Person) -> None:
    require(rules.may_change(by, version.process))
    require_no(rules.obstacle_to_changing(locked(version)))


def fresh_key(version: ProcessVersion, word: str) -> str:
    """A name in BPMN that nothing else in the version has, nor has had a neighbour's number."""
    taken = set(version.activities.values_list("key", flat=True)) | set(version.flows.values_list("key", flat=True))
    return next(key for key in (f"{word}-{number}" for number in range(1, ASIDE)) if key not in taken)


def note(version: ProcessVersion, by: Person, verb: str, **said: Any) -> None:
    audit.record(verb, by=by, target=version.process, **said)
