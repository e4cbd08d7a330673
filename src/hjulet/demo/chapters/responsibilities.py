"""Which role answers for which area of the quality work."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.collaboration.registers.operations import save_register_row
from hjulet.collaboration.registers.queries import latest_version
from hjulet.collaboration.registers.responsibilities import ORGANISATION_TEXTS
from hjulet.demo.world import Event, World
from hjulet.organisation.models import OrganisationText, ResponsibilityArea
from hjulet.organisation.responsibilities.operations import make_responsible


def events(world: World) -> Iterator[Event]:
    told = world.data("responsibilities")
    for shared in told["shared"]:
        yield world.event(shared["day"], partial(share, world, shared))
    yield world.event(told["text"]["day"], partial(rewrite, world, told["text"]))


def share(world: World, told: dict[str, Any]) -> None:
    for row in told["areas"]:
        make_responsible(
            by=world.person(told["by"]),
            area=world.library(ResponsibilityArea, row["area"]),
            unit=world.unit(row.get("unit", told["committee"])),
            role=row["role"],
            valid_from=world.today(),
            comment=row.get("comment", ""),
            **dict.fromkeys(row["answers"], True),
        )


def rewrite(world: World, told: dict[str, Any]) -> None:
    text = OrganisationText.objects.get(key=told["key"])
    values = ORGANISATION_TEXTS.values_of(text)
    save_register_row(
        text,
        by=world.person(told["by"]),
        register=ORGANISATION_TEXTS,
        revision=latest_version(ORGANISATION_TEXTS, text),
        reason=told["reason"],
        **values | {"body": f"{text.body}\n\n{told['added']}"},
    )
