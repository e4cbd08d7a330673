from django.db.models import Model
from django.urls import reverse

from hjulet.base.tables import Column, Link, Table
from hjulet.collaboration.registers.register import Register
from hjulet.organisation.change_log.queries import as_text


def table_of(register: Register) -> Table:
    """The register's own fields as columns; the first leads to the row."""
    first, *others = register.fields
    return Table(
        key="rows",
        caption=register.title,
        columns=(
            Column(first, register.label(first), lambda row: link_to(register, row, first), sort=(first,)),
            *(Column(name, register.label(name), cell(register, name), sort=(name,)) for name in others),
        ),
        sort="order" if "order" in register.fields else first,
    )


def cell(register: Register, name: str):
    return lambda row: as_text(register.model, name, getattr(row, name))


def link_to(register: Register, row: Model, name: str) -> Link:
    return Link(
        as_text(register.model, name, getattr(row, name)), reverse("registers:row", args=[register.key, row.pk])
    )
