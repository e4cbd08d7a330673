from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach, units_within_reach
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.processes import rules
from hjulet.rulebook.processes.diagram import Diagram, numbers
from hjulet.rulebook.processes.drawing import diagram_of
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.parts import Activity, Flow
from hjulet.rulebook.processes.states import COLORS, DONE_BY_SOMEBODY, WORKFLOW, ProcessState, StepKind
from hjulet.rulebook.processes.telling import Told, by_lane, told


def processes_visible_to(person: Person) -> QuerySet[Process]:
    """Where every page about processes starts."""
    return Process.objects.visible_to(person).select_related("unit__committee", "owner_person", "quality_area")


def processes_listed_for(person: Person) -> QuerySet[Process]:
    """Each with the state of the version that counts: the adopted one, else the latest."""
    versions = ProcessVersion.objects.filter(process=OuterRef("pk")).order_by()
    adopted = versions.filter(state=ProcessState.ADOPTED)
    latest = versions.order_by("-number")
    activities = Activity.objects.current().filter(version__process=OuterRef("pk")).order_by()
    return processes_visible_to(person).annotate(
        state=Coalesce(Subquery(adopted.values("state")[:1]), Subquery(latest.values("state")[:1])),
        adopted_date=Subquery(adopted.values("adopted_date")[:1]),
        has_collaboration=Exists(activities.filter(is_collaboration=True)),
    )


def versions_visible_to(person: Person) -> QuerySet[ProcessVersion]:
    return ProcessVersion.objects.visible_to(person).select_related(
        "process__unit__committee", "process__owner_person", "process__quality_area", "decision__committee"
    )


def processes_to_adopt(person: Person) -> QuerySet[Process]:
    """Those with a version that is reviewed and waits for somebody who may adopt it."""
    reach = units_within_reach(person, Permission.RULEBOOK_DECIDE)
    in_review = ProcessVersion.objects.in_review().filter(process=OuterRef("pk")).order_by()
    return Process.objects.filter(Exists(in_review), unit__in=reach)


def processes_awaiting_review(person: Person) -> QuerySet[Process]:
    """Adopted ones that are the person's to look through, and the day for it has come."""
    return Process.objects.owned_by(person).adopted().filter(next_review_date__lte=timezone.localdate())


def activities_visible_to(person: Person) -> QuerySet[Activity]:
    return Activity.objects.visible_to(person).select_related(
        "version__process__unit", "version__process__owner_person", "inside", "attached_to", "calls"
    )


def activities_of(version: ProcessVersion) -> list[Activity]:
    """In order, with their routines and whether any unit takes part."""
    units = Activity.units.through.objects.filter(activity=OuterRef("pk")).order_by()
    rows = version.activities.select_related("calls").annotate(has_units=Exists(units)).order_by("order")
    activities: list[Any] = list(rows.prefetch_related("routines"))
    for activity in activities:
        activity.version = version
    return activities


def flows_of(version: ProcessVersion) -> list[Flow]:
    return list(version.flows.select_related("source", "target").order_by("source__order", "pk"))


def flows_visible_to(person: Person) -> QuerySet[Flow]:
    seen = ProcessVersion.objects.visible_to(person).order_by()
    return Flow.objects.filter(version__in=seen).select_related("version__process__unit", "source", "target")


def drawn(version: ProcessVersion) -> Diagram:
    return diagram_of(version, activities_of(version), flows_of(version))


def units_to_describe_in(person: Person) -> QuerySet[Unit]:
    return open_units_within_reach(person, Permission.RULEBOOK_EDIT)


def routines_to_choose(person: Person) -> QuerySet[GoverningDocument]:
    return GoverningDocument.objects.visible_to(person).order_by("title", "pk")


@dataclass(frozen=True)
class ActivityRow:
    """A step as the list of the page shows it."""

    activity: Activity
    told: Told

    @property
    def lacks_routine(self) -> bool:
        return self.activity.kind == StepKind.TASK and not self.activity.routines.all()

    @property
    def lacks_party(self) -> bool:
        activity = self.activity
        return activity.is_collaboration and not activity.party_names and not activity.has_units


@dataclass(frozen=True)
class ProcessPage:
    """One version of a process, as one person sees it."""

    process: Process
    version: ProcessVersion
    versions: list[ProcessVersion]
    diagram: Diagram
    activities: list[Activity]
    flows: list[Flow]
    provisions: list[Provision]
    color: str
    moves: tuple[OpenMove, ...]
    may_change: bool
    may_adopt: bool
    may_record: bool
    obstacle: str | None
    obstacle_to_new: str | None
    history: list[Happening]

    @cached_property
    def rows(self) -> list[ActivityRow]:
        said = {one.step.key: one for one in told(self.diagram)}
        by_key = {activity.key: activity for activity in self.activities}
        return [ActivityRow(by_key[key], one) for key, one in said.items()]

    @property
    def lanes(self) -> list[tuple[str, list[Told]]]:
        return by_lane(self.diagram)

    @property
    def ways(self) -> list[tuple[Flow, str, str]]:
        """The flows that somebody has drawn, with the numbers of their ends."""
        number = numbers(self.diagram)
        return [(flow, number[flow.source.key], number[flow.target.key]) for flow in self.flows]

    @property
    def newer(self) -> ProcessVersion | None:
        """What is being described beside the one that is shown."""
        return next((one for one in self.versions if one.is_undecided and one.pk != self.version.pk), None)

    @property
    def is_open(self) -> bool:
        """Whether its steps can be changed here and now."""
        return self.may_change and self.obstacle is None


@dataclass(frozen=True)
class ActivityPage:
    """One step, with what says how it is done and who takes part."""

    activity: Activity
    version: ProcessVersion
    process: Process
    told: Told
    color: str
    routines: list[GoverningDocument]
    units: list[Unit]
    may_change: bool
    obstacle: str | None


def activity_page(person: Person, activity: Activity) -> ActivityPage:
    version = activity.version
    said = {one.step.key: one for one in told(drawn(version))}
    return ActivityPage(
        activity=activity,
        version=version,
        process=version.process,
        told=said[activity.key],
        color=COLORS[version.state],
        routines=list(activity.routines.filter(pk__in=routines_to_choose(person).order_by()).order_by("title", "pk")),
        units=list(activity.units.order_by("path")),
        may_change=rules.may_change(person, version.process),
        obstacle=rules.obstacle_to_changing(version),
    )


def versions_of(person: Person, process: int) -> list[ProcessVersion]:
    """Those that the person may see, latest first: the one that is shown is among them, and it names the process."""
    return list(versions_visible_to(person).filter(process__pk=process).order_by("-number"))


def process_page(person: Person, versions: list[ProcessVersion], number: int | None = None) -> ProcessPage | None:
    """The version with the number, else the one that applies, else the latest; None when there is none to see."""
    adopted = [one for one in versions if one.state == ProcessState.ADOPTED]
    chosen = [one for one in versions if one.number == number] if number else [*adopted, *versions]
    return page_of(person, chosen[0], versions) if chosen else None


def page_of(person: Person, version: ProcessVersion, versions: list[ProcessVersion]) -> ProcessPage:
    process = version.process
    activities, flows = activities_of(version), flows_of(version)
    may_change, may_adopt = rules.may_change(person, process), rules.may_adopt(person, process)
    may = {
        "send_to_review": may_change,
        "take_back": may_change or may_adopt,
        "adopt": may_adopt,
        "withdraw": may_adopt,
    }
    moves = [move for move in WORKFLOW.moves_from(version.state) if may.get(move.name)]
    return ProcessPage(
        process=process,
        version=version,
        versions=versions,
        diagram=diagram_of(version, activities, flows),
        activities=activities,
        flows=flows,
        provisions=list(version.provisions.select_related("law")),
        color=COLORS[version.state],
        moves=tuple(OpenMove(move, rules.obstacle_to_move(version, move.name, activities)) for move in moves),
        may_change=may_change,
        may_adopt=may_adopt,
        may_record=rules.may_record_adoption(person, process),
        obstacle=rules.obstacle_to_changing(version),
        obstacle_to_new=rules.obstacle_to_new_version(versions),
        history=history(WORKFLOW, beside(version, "steps")),
    )


def activities_by_routine(person: Person, document: GoverningDocument) -> list[Activity]:
    """The activities of what applies, or is being described, that the routine tells how to do."""
    rows = activities_visible_to(person).current().filter(routines=document)
    return list(rows.order_by("version__process__title", "order"))


def lacking_routine() -> Any:
    """Tasks that no document in force says how to do."""
    through = Activity.routines.through.objects.filter(activity=OuterRef("pk"))
    in_force = GoverningDocument.objects.in_force_on(timezone.localdate()).order_by()
    return Q(kind=StepKind.TASK) & ~Exists(through.filter(governingdocument__in=in_force.values("pk")))


def lacking_role() -> Q:
    return Q(kind__in=DONE_BY_SOMEBODY, role="", lane="", calls=None)


def lacking_party() -> Any:
    through = Activity.units.through.objects.filter(activity=OuterRef("pk"))
    return Q(is_collaboration=True, parties="") & ~Exists(through.order_by())
