"""What the municipality made its own in the starter library, and a new matrix that is still being discussed."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from hjulet.collaboration.registers.operations import save_register_row
from hjulet.collaboration.registers.queries import latest_version
from hjulet.demo.world import Event, World
from hjulet.planning.risk_matrix.operations import draft_matrix
from hjulet.rulebook.models import QualityArea
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS


def events(world: World) -> Iterator[Event]:
    told = world.data("registers")
    for change in told["quality_areas"]:
        yield world.event(change["day"], partial(reword, world, change))
    yield world.event(told["matrix"]["day"], lambda: draft_matrix(by=world.person(told["matrix"]["by"])))


def reword(world: World, told: dict[str, Any]) -> None:
    area = QualityArea.objects.get(key=told["key"])
    values = QUALITY_AREAS.values_of(area) | {"explanation": told["explanation"]}
    save_register_row(
        area,
        by=world.person(told["by"]),
        register=QUALITY_AREAS,
        revision=latest_version(QUALITY_AREAS, area),
        reason=told["reason"],
        **values,
    )
