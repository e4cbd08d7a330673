"""Rows in thousands, as copies of a few that the real operations made.

An operation checks rights, takes locks, writes history and extends the audit chain; twenty thousand of each kind would
take the better part of an hour, and none of it bears on how fast a page reads. A copy has the shape of its original,
history and notes included; only its place, its owner and its days are its own.
"""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 500


def multiply(original: models.Model, variations: Iterable[dict[str, Any]]) -> list[Any]:
    """One copy of the row for each set of field values, each with copies of the rows that belong to the original."""
    model = type(original)
    made = model._base_manager.bulk_create([varied(original, fields) for fields in variations], BATCH)
    for relation in model._meta.related_objects:
        if relation.one_to_many:
            for part in getattr(original, relation.get_accessor_name()).all():
                multiply(part, ({relation.field.name: row} for row in made))
    return made


def varied(original: models.Model, fields: dict[str, Any]) -> models.Model:
    row = copy(original)
    row._state = models.base.ModelState()
    row.pk = None
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def link(many_to_many: Any, pairs: Iterable[tuple[models.Model, models.Model]]) -> None:
    """Link each pair of rows, the one that has the field first."""
    through = many_to_many.through
    here, there = many_to_many.field.m2m_column_name(), many_to_many.field.m2m_reverse_name()
    through.objects.bulk_create((through(**{here: one.pk, there: other.pk}) for one, other in pairs), BATCH)


def count_on(*of: type[models.Model]) -> None:
    """Let the tables number their next rows after those that were given their keys by us."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), of):
            cursor.execute(statement)
