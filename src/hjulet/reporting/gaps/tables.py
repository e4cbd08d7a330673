from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table
from hjulet.organisation.models import Person, Unit
from hjulet.reporting.gaps.queries import GapsPage
from hjulet.reporting.gaps.shape import Source


def gaps_table(person: Person, page: GapsPage) -> Table:
    """The gaps of one kind, each with the way to mend it for whoever may."""
    kind, source = page.kind, page.source

    def mend(row: Any) -> Link | None:
        return Link(kind.button, reverse(kind.page, args=[row.pk])) if kind.may_mend(person, row) else None

    return Table(
        key="gaps",
        caption=kind.label,
        columns=(
            Column("what", _("Vad"), lambda row: Link(row, row)),
            Column(
                "unit",
                _("Enhet"),
                lambda row: unit_of(source, row).name,
                sort=(f"{source.unit}__path".removeprefix("__"),),
            ),
            Column("mend", _("Laga"), mend),
        ),
        sort="unit",
        can_be_saved=False,
        discloses=False,
    )


def unit_of(source: Source, row: Any) -> Unit:
    for step in filter(None, source.unit.split("__")):
        row = getattr(row, step)
    return row
