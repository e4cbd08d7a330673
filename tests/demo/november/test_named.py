"""What each model says that it is called by is enough for its name, its address and its unit, of every row of the demo."""

import pytest
from django.apps import apps
from django.db import connection

from hjulet.base.naming import named
from hjulet.organisation.owners import paths_to_unit

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("in_november")]


def kinds():
    """Whatever comments, notices and links may hang on: rows with a page, a unit and a rule for who may see them."""
    for model in apps.get_models():
        has_page = hasattr(model, "get_absolute_url") and hasattr(model, "unit")
        if has_page and hasattr(model._default_manager, "visible_to"):
            yield model


def said_of(row):
    return row.pk, str(row), row.get_absolute_url(), row.unit.name


def refuse(execute, sql, *more):
    raise AssertionError(f"one statement more: {sql}")


def test_names_need_nothing_more():
    models = list(kinds())
    together = named([model._default_manager.all() for model in models], beside=paths_to_unit)
    one_by_one = [[said_of(row) for row in model._default_manager.order_by("pk")] for model in models]

    with connection.execute_wrapper(refuse):
        assert [[said_of(row) for row in rows] for rows in together] == one_by_one
    assert {model._meta.label for model, rows in zip(models, together, strict=True) if not rows} == set()
