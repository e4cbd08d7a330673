"""What people said to each other about the work, and the files they kept with it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from hjulet.base.documents import pdf
from hjulet.base.documents.model import Document, Paragraph
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.collaboration.attachments.operations import attach
from hjulet.collaboration.comments.operations import comment_on, withdraw_comment
from hjulet.demo.world import Event, World


def events(world: World) -> Iterator[Event]:
    told = world.data("talk")
    for comment in told["comments"]:
        yield world.event(comment["day"], partial(say, world, comment))
        if withdrawn := comment.get("withdrawn"):
            yield world.event(withdrawn["day"], partial(take_back, world, comment))
    for attachment in told["attachments"]:
        yield world.event(attachment["day"], partial(keep, world, attachment))


def say(world: World, told: dict[str, Any]) -> None:
    comment = comment_on(about(world, told), by=world.person(told["by"]), text=told["text"])
    world.put("comment", told["text"], comment)


def take_back(world: World, told: dict[str, Any]) -> None:
    withdrawn = told["withdrawn"]
    withdraw_comment(world.get("comment", told["text"]), by=world.person(withdrawn["by"]), reason=withdrawn["reason"])


def keep(world: World, told: dict[str, Any]) -> None:
    upload = ContentFile(content_of(world, told), name=told["name"])
    attach(about(world, told), by=world.person(told["by"]), upload=upload, description=told["description"])


def about(world: World, told: dict[str, Any]) -> Any:
    """A risk is the one of the year in which something is said about it."""
    kind, key = told["about"]
    return world.get(kind, f"{key}-{told['day'].split('-')[0]}" if kind == "risk" else key)


def content_of(world: World, told: dict[str, Any]) -> bytes:
    if told["kind"] == "xlsx":
        return write_workbook([Sheet(told["description"][:31], told["headings"], told["rows"])])
    return pdf.render(
        Document(
            title=told["title"],
            organisation=told["organisation"],
            date=world.calendar.working_day(told["day"]),
            blocks=tuple(Paragraph(text) for text in told["text"]),
        )
    )
