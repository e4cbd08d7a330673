"""The database keeps to the layers, and its words can stand inside a sentence."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hjulet.base.triggers import AppendOnly
from tests.architecture.source import layers


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("hjulet.")]


def test_relations_point_downwards():
    """String relations are invisible to the import linter."""
    place = {app: depth for depth, app in enumerate(layers())}

    upwards = [
        f"{field} → {field.related_model.__name__}"
        for model in our_models()
        for field in model._meta.fields + model._meta.many_to_many
        if field.is_relation and field.related_model in our_models()
        if place[field.related_model._meta.app_label] < place[model._meta.app_label]
    ]

    assert upwards == []


def test_field_names_begin_with_a_small_letter():
    shouting = {
        str(field)
        for model in our_models()
        for field in model._meta.fields
        if not field.primary_key and not field.verbose_name[0].islower()
    }

    assert shouting == set()


@pytest.mark.django_db
def test_every_guard_of_the_migrations_is_there():
    """SQLite loses those of a table that a migration makes anew: it must set them up again."""
    is_sqlite = connection.vendor == "sqlite"
    guards = (
        operation
        for migration in MigrationLoader(None).disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    )
    names = {
        statement.split()[2]
        for guard in guards
        for statement in guard.statements(is_sqlite=is_sqlite)
        if statement.startswith("CREATE TRIGGER")
    }
    asked = "SELECT name FROM sqlite_schema WHERE type = 'trigger'" if is_sqlite else "SELECT tgname FROM pg_trigger"

    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {name for (name,) in cursor.fetchall()}

    assert names
    assert names - there == set()
