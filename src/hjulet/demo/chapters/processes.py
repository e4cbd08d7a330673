"""How the work is done: described, looked at and adopted; one from a drawing tool, and one that is not done yet."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.models import GoverningDocument, Process, ProcessVersion, Provision, QualityArea
from hjulet.rulebook.processes import operations as processes
from hjulet.rulebook.processes.activities import operations as activities
from hjulet.rulebook.processes.bpmn.operations import import_process

DATA = Path(__file__).parent.parent / "data"


def events(world: World) -> Iterator[Event]:
    for told in world.data("processes"):
        begin = take_in if "file" in told else describe
        yield world.event(told["described"], partial(begin, world, told))
        if "reviewed" in told:
            yield world.event(told["reviewed"], partial(send, world, told))
        if "adopted" in told:
            yield world.event(told["adopted"], partial(adopt, world, told))
        if "decision" in told:
            yield world.event(told["decision"]["day"], partial(record, world, told))
        if "again" in told:
            yield world.event(told["again"]["begun"], partial(begin_again, world, told))
            yield world.event(told["again"]["sent"], partial(send, world, told))


def describe(world: World, told: dict[str, Any]) -> None:
    by = world.person(told["by"])
    process = processes.describe_process(
        by=by,
        unit=world.unit(told["unit"]),
        title=told["title"],
        quality_area=world.library(QualityArea, told["area"]),
        acts=told["acts"],
        purpose=told["purpose"],
        **world.owner(told["owner"]),
    )
    world.put("process", told["key"], process)
    version = version_of(world, told)
    processes.change_version(
        version,
        by=by,
        revision=version.revision,
        provisions=[world.library(Provision, key) for key in told["provisions"]],
        inputs=told["inputs"],
        results=told["results"],
        measures=told["measures"],
    )
    draw(world, told, version)


def draw(world: World, told: dict[str, Any], version: ProcessVersion) -> None:
    by = world.person(told["by"])
    steps = {}
    for number, (kind, title, who) in enumerate(told["steps"], start=1):
        parties = told["collaboration"].get(number)
        steps[number] = activities.add_activity(
            version,
            by=by,
            kind=kind,
            title=title,
            role=who if who in ROLES else "",
            lane="" if who in ROLES else who,
            is_collaboration=parties is not None,
            parties="\n".join(parties or ()),
            routines=routines_of(world, told["routines"].get(number, ())),
        )
    for source, target, label in told["ways"]:
        if not steps[source].outgoing.filter(target=steps[target]).exists():
            activities.add_flow(version, by=by, source=steps[source], target=steps[target], label=label)


def routines_of(world: World, keys: Iterable[str]) -> list[GoverningDocument]:
    return [world.rows["document", key] for key in keys if ("document", key) in world.rows]


def take_in(world: World, told: dict[str, Any]) -> None:
    content = (DATA / told["file"]).read_bytes()
    outcome = import_process(
        by=world.person(told["by"]),
        content=content,
        check=False,
        unit=world.unit(told["unit"]),
        owner_role=told["owner"],
    )
    world.put("process", told["key"], outcome.version.process)


def send(world: World, told: dict[str, Any]) -> None:
    processes.send_to_review(version_of(world, told), by=world.person(told["by"]))


def adopt(world: World, told: dict[str, Any]) -> None:
    review = world.calendar.date(told["review"])
    processes.adopt_process(version_of(world, told), by=world.person(told["adopter"]), next_review_date=review)


def record(world: World, told: dict[str, Any]) -> None:
    decision = told["decision"]
    processes.record_adoption(
        version_of(world, told),
        by=world.person(decision["by"]),
        meeting_date=world.today(),
        paragraph=decision["paragraph"],
        registry_number=decision["registry_number"],
        next_review_date=world.calendar.date(told["review"]),
    )


def begin_again(world: World, told: dict[str, Any]) -> None:
    by = world.person(told["by"])
    version = processes.begin_version(world.get("process", told["key"]), by=by)
    provisions = list(version.provisions.all())
    processes.change_version(
        version, by=by, revision=version.revision, provisions=provisions, results=told["again"]["results"]
    )


def version_of(world: World, told: dict[str, Any]) -> ProcessVersion:
    """The latest."""
    process: Process = world.get("process", told["key"])
    return ProcessVersion.objects.select_related("process__unit__committee").filter(process=process).latest("number")
