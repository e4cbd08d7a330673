"""What must hold for the file of a library: its schema, and what no schema can say. Every fault names its place."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError as Fault

from hjulet.library.parts import PARTS
from hjulet.monitoring.indicators.scales import Direction, IndicatorKind, measure_of, obstacle_to_value
from hjulet.organisation.roles.roles import ROLES
from hjulet.planning.risk_matrix.models import SCALE, Axis
from hjulet.planning.risk_matrix.states import Tone

SCHEMA = Path(__file__).parent / "data" / "schema.json"

MATRIX_ROWS = {
    "bands": (("tone",), [(tone.value,) for tone in Tone]),
    "axis_labels": (("axis", "value"), list(product((axis.value for axis in Axis), SCALE))),
    "cells": (("probability", "severity"), list(product(SCALE, SCALE))),
}


def faults_of(content: Any) -> list[str]:
    """Every fault as "place: what is wrong". What the schema says no to hides the rest."""
    return list(dict.fromkeys(broken_schema(content))) or list(broken_sense(content))


def broken_schema(content: Any) -> Iterator[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    for fault in checker.iter_errors(content):
        yield at(fault.absolute_path, sentence(fault))


def broken_sense(content: dict[str, Any]) -> Iterator[str]:
    """Nothing twice, nothing that points nowhere, no pair of the matrix left out."""
    for part in PARTS:
        seen = set()
        for number, entry in enumerate(content[part.name]):
            if (key := entry[part.key]) in seen:
                yield at((part.name, number, part.key), _("”%(key)s” står två gånger.") % {"key": key})
            seen.add(key)
    yield from broken_links(content)
    yield from broken_laws(content)
    for number, indicator in enumerate(content["indicator_templates"]):
        yield from broken_measure(number, indicator)
    yield from broken_matrix(content["risk_matrix"])


def broken_links(content: dict[str, Any]) -> Iterator[str]:
    """What an entry names is there."""
    areas = {area["key"] for area in content["quality_areas"]}
    for part in ("plan_texts", "indicator_templates"):
        for number, entry in enumerate(content[part]):
            if entry.get("quality_area") not in {*areas, None}:
                yield at((part, number, "quality_area"), _("området finns inte i biblioteket."))
    roles = (
        ("role_texts", "role"),
        ("expected_roles", "role"),
        ("duty_templates", "owner_role"),
        ("indicator_templates", "owner_role"),
        ("laws", "owner_role"),
    )
    for part, name in roles:
        for number, entry in enumerate(content[part]):
            if entry.get(name) not in {*ROLES, None}:
                yield at((part, number, name), _("rollen finns inte."))
    frequencies = {frequency["key"] for frequency in content["frequencies"]}
    for part in ("duty_templates", "indicator_templates"):
        for number, entry in enumerate(content[part]):
            if entry["frequency"] not in frequencies:
                yield at((part, number, "frequency"), _("frekvensen finns inte i biblioteket."))


def broken_measure(number: int, indicator: dict[str, Any]) -> Iterator[str]:
    """An indicator has one unit of measure, and its target the same: a share is never to be 4 on a scale of 5."""
    kind, steps, measure = indicator["kind"], indicator.get("scale_steps"), indicator["measure"]
    if (kind == IndicatorKind.MEAN) != (steps is not None):
        yield at(("indicator_templates", number, "scale_steps"), _("ett medelvärde har steg på en skala, inget annat."))
    elif measure != measure_of(kind, steps, measure):
        wanted = {"measure": measure_of(kind, steps, measure)}
        yield at(("indicator_templates", number, "measure"), _("måttenheten ska vara ”%(measure)s”.") % wanted)
    if kind == IndicatorKind.SHARE and not (indicator.get("numerator") and indicator.get("denominator")):
        yield at(("indicator_templates", number, "numerator"), _("en andel har täljare och nämnare."))
    if "target" not in indicator:
        return
    if indicator["target_measure"] != measure:
        words = {"measure": measure, "target": indicator["target_measure"]}
        said = _("målet är i ”%(target)s”, men mätningen i ”%(measure)s”.") % words
        yield at(("indicator_templates", number, "target_measure"), said)
    elif obstacle := obstacle_to_value(Decimal(str(indicator["target"])), kind=kind, scale_steps=steps):
        yield at(("indicator_templates", number, "target"), obstacle)
    if indicator["direction"] == Direction.NEUTRAL:
        yield at(("indicator_templates", number, "direction"), _("utan riktning finns inget mål att sätta."))


def broken_laws(content: dict[str, Any]) -> Iterator[str]:
    """A provision stands in a law of the library, and what replaces something stands before it."""
    laws = {law["key"] for law in content["laws"]}
    for number, provision in enumerate(content["provisions"]):
        if provision["law"] not in laws:
            yield at(("provisions", number, "law"), _("författningen finns inte i biblioteket."))
    for part in ("laws", "provisions"):
        before: set[str | None] = {None}
        for number, entry in enumerate(content[part]):
            if entry.get("successor") not in before:
                yield at((part, number, "successor"), _("det som ersätter ska stå före det som ersätts."))
            before.add(entry["key"])


def broken_matrix(matrix: dict[str, Any]) -> Iterator[str]:
    for name, (keys, wanted) in MATRIX_ROWS.items():
        found = Counter(tuple(row[key] for key in keys) for row in matrix[name])
        if left_out := [one for one in wanted if one not in found]:
            yield at(("risk_matrix", name), _("det här saknas: %(what)s.") % {"what": listed(left_out)})
        if twice := [one for one, count in found.items() if count > 1]:
            yield at(("risk_matrix", name), _("det här står två gånger: %(what)s.") % {"what": listed(twice)})


def listed(keys: Iterable[tuple]) -> str:
    return ", ".join(" ".join(map(str, key)) for key in keys)


def at(path: Iterable[Any], what: str) -> str:
    """The fault behind its place: "quality_areas, rad 2, name: …" with rows counted from one."""
    steps = [_("rad %(number)s") % {"number": step + 1} if isinstance(step, int) else str(step) for step in path]
    place = ", ".join(steps) or _("hela filen")
    return f"{place}: {what}"


def sentence(fault: Fault) -> str:
    """What is wrong and, where it can be said shortly, what is allowed."""
    given, rule = fault.instance, fault.validator_value
    if fault.validator == "required":
        return _("det här saknas: %(names)s.") % {"names": ", ".join(name for name in rule if name not in given)}
    if fault.validator == "additionalProperties":
        unknown = sorted(set(given) - set(fault.schema["properties"]))
        return _("det här ska inte finnas: %(names)s.") % {"names": ", ".join(unknown)}
    if fault.validator == "enum":
        return _("%(given)s finns inte att välja. Välj bland %(allowed)s.") % {
            "given": shown(given),
            "allowed": ", ".join(shown(one) for one in rule),
        }
    if fault.validator == "maxLength":
        return _("%(count)s tecken är för långt. Högst %(limit)s.") % {"count": len(given), "limit": rule}
    return _("%(given)s går inte an.") % {"given": shown(given)}


def shown(value: Any) -> str:
    return Truncator(json.dumps(value, ensure_ascii=False)).chars(60)
