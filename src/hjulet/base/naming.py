"""Rows of several kinds, read by name alone and in one statement: each says what it is called and opens its page.

A model is called by its title, or says in `NAMED_BY` which columns its `str` and its address are made of. A relation
there stands for what the related row is called by. What is not read is read later, one statement for each row, as for
any deferred column.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import F, Field, Func, JSONField, Model, QuerySet, Value
from django.db.models.functions import JSONObject

Tree = dict[str, "Tree"]


class Told(JSONObject):
    """Django asks SQLite whether it knows JSON, in a transaction that a page that reads may not begin. It does."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return Func.as_sql(self, compiler, connection, **context)


def nothing(model: type[Model]) -> Iterable[str]:
    return ()


def named(asked: Sequence[QuerySet], *, beside: Callable[[type[Model]], Iterable[str]] = nothing) -> list[list[Any]]:
    """The rows of each question, by key, with what they are called by and what else is to be read `beside` it."""
    found: list[list[Any]] = [[] for _question in asked]
    trees = [tree_of(rows.model, beside(rows.model)) for rows in asked]
    if asked:
        first, *others = (told_of(rows, place, trees[place]) for place, rows in enumerate(asked))
        for place, told in first.union(*others, all=True):
            found[place].append(made_of(told, asked[place].model, trees[place]))
    return [sorted(rows, key=lambda row: row.pk) for rows in found]


def told_of(rows: QuerySet, place: int, tree: Tree) -> QuerySet:
    return rows.order_by().annotate(of_kind=Value(place), told=columns(tree)).values_list("of_kind", "told")


def columns(tree: Tree, through: str = "") -> Told:
    inner = {name: columns(below, f"{through}{name}__") if below else F(through + name) for name, below in tree.items()}
    return Told(**inner)


def tree_of(model: type[Model], beside: Iterable[str] = ()) -> Tree:
    """The columns to read, related rows within: {"pk": {}, "title": {}, "unit": {"pk": {}, "name": {}}}."""
    tree: Tree = {"pk": {}}
    for path in (*getattr(model, "NAMED_BY", ("title",)), *beside):
        grow(tree, model, path)
    return tree


def grow(tree: Tree, model: type[Model], path: str) -> None:
    name, _dot, rest = path.partition("__")
    related = model._meta.get_field(name).related_model
    if related is None:
        tree[name] = {}
    elif rest:
        grow(tree.setdefault(name, {"pk": {}}), related, rest)
    else:
        tree[name] = tree.get(name, {}) | tree_of(related)


def made_of(told: dict[str, Any], model: type[Model], tree: Tree) -> Any:
    """The row itself, as read from the database; what was not told of is deferred."""
    known = {
        model._meta.pk if name == "pk" else model._meta.get_field(name): told[name] for name in tree if not tree[name]
    }
    columns = [field for field in model._meta.concrete_fields if field in known]
    row = model.from_db(
        "default", [field.attname for field in columns], [read(field, known[field]) for field in columns]
    )
    for name, below in tree.items():
        if below:
            related = model._meta.get_field(name).related_model
            setattr(row, name, made_of(told[name], related, below) if told[name]["pk"] is not None else None)
    return row


def read(field: Field, value: Any) -> Any:
    """As the field has it. SQLite tells of what is JSON already as of any text."""
    return json.loads(value) if isinstance(field, JSONField) and isinstance(value, str) else field.to_python(value)
