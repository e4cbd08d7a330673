"""A need of competence and its counts, reached by the real operations."""

from datetime import date

from hjulet.planning.competence import operations
from hjulet.planning.models import Competence

TODAY = date(2026, 3, 16)


def competence(name="Demensvård", **given):
    """As a library makes it; a register row, so no operation of the slice does."""
    defaults = {"name": name, "area": "Omvårdnad"}
    row, _created = Competence.objects.get_or_create(key=name.lower().replace(" ", "-"), defaults=defaults | given)
    return row


def need(by, unit, **given):
    """Eight of twelve assistants need it and five have it, unless told otherwise."""
    defaults = {
        "role_title": "Undersköterska",
        "competence": competence(),
        "needed": 8,
        "have": 5,
        "headcount": 12,
        "counted_date": TODAY,
    }
    return operations.map_need(by=by, unit=unit, **defaults | given)


def count(row, by, **given):
    defaults = {"needed": 8, "have": 7, "headcount": 12, "counted_date": TODAY}
    return operations.count_need(row, by=by, **defaults | given)
