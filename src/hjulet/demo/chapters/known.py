"""What was to be read, by whom it was, what they asked, and somebody's first week."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.demo.world import Event, World
from hjulet.rulebook.documents.models import DocumentVersion
from hjulet.rulebook.introduction_templates import operations as templates
from hjulet.rulebook.introductions import operations as introductions
from hjulet.rulebook.introductions.queries import points_of
from hjulet.rulebook.models import StandardPoint
from hjulet.rulebook.questions.operations import answer_question, ask_question
from hjulet.rulebook.receipts.operations import ask_to_read, confirm_reading


def events(world: World) -> Iterator[Event]:
    told = world.data("known")
    for request in told["requests"]:
        yield world.event(request["asked"], partial(ask_to_be_read, world, request))
        for who, day in request["read"].items():
            yield world.event(day, partial(read, world, who, request["document"]))
    for question in told["questions"]:
        yield world.event(question["asked"], partial(ask, world, question))
        if answer := question.get("answer"):
            yield world.event(answer["day"], partial(reply, world, question, answer))
    yield world.event(told["template"]["day"], partial(make_template, world, told["template"]))
    yield from first_week(world, told["template"], told["introduction"])


def first_week(world: World, template: dict[str, Any], told: dict[str, Any]) -> Iterator[Event]:
    yield world.event(told["day"], partial(introduce, world, template, told))
    for signed in told["signed"]:
        yield world.event(signed["day"], partial(sign, world, signed))
    yield world.event(told["read"]["day"], partial(read, world, told["person"], told["read"]["document"]))


def version_of(world: World, key: str) -> DocumentVersion:
    """As it applies on the day of the story."""
    versions = DocumentVersion.objects.on(world.today()).select_related("document__unit", "document__owner_person")
    return versions.get(document=world.get("document", key))


def ask_to_be_read(world: World, told: dict[str, Any]) -> None:
    ask_to_read(
        version_of(world, told["document"]),
        by=world.person(told["by"]),
        unit=world.unit(told["unit"]),
        roles=told["roles"],
        due_date=world.calendar.date(told["due"]),
    )


def read(world: World, who: str, document: str) -> None:
    confirm_reading(version_of(world, document), by=world.person(who))


def ask(world: World, told: dict[str, Any]) -> None:
    question = ask_question(version_of(world, told["document"]), by=world.person(told["by"]), text=told["text"])
    world.put("question", told["text"], question)


def reply(world: World, told: dict[str, Any], answer: dict[str, Any]) -> None:
    answer_question(
        world.get("question", told["text"]),
        by=world.person(answer["by"]),
        answer=answer["text"],
        shown_to_all=answer["shown_to_all"],
    )


def make_template(world: World, told: dict[str, Any]) -> None:
    by = world.person(told["by"])
    template = templates.start_template(
        by=by, unit=world.unit(told["unit"]), name=told["name"], role=told["role"], work=told["work"]
    )
    for order, point in enumerate(told["documents"], start=100):
        document = world.get("document", point["document"])
        templates.add_point(
            template,
            by=by,
            text=document.title,
            kind="read",
            document=document,
            signed_by="employee",
            days=point["days"],
            order=order,
        )
    world.put("introduction_template", "first", template)


def introduce(world: World, template: dict[str, Any], told: dict[str, Any]) -> None:
    introductions.plan_introduction(
        by=world.person(template["by"]),
        unit=world.unit(template["unit"]),
        template=world.get("introduction_template", "first"),
        person=world.person(told["person"]),
        supervisor=world.person(told["supervisor"]),
        start_date=world.today(),
    )


def sign(world: World, told: dict[str, Any]) -> None:
    by, text = world.person(told["by"]), world.library(StandardPoint, told["point"]).name
    introductions.sign_point(points_of(by).get(text=text), by=by, part=told["part"])
