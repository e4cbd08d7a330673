"""Migrations that draw only the model they change make what Django's own make."""

import json
import subprocess
import sys

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from tests.backup.places import environment

MIGRATE = """
import json, sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.state import ProjectState
from hjulet.base import migrating
if sys.argv[1] == "djangos":
    ProjectState._find_reload_model, ProjectState.alter_field = DJANGOS
call_command("migrate", "actions", verbosity=0, skip_checks=True)
print(json.dumps(connection.cursor().execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()))
"""
KEPT = "from django.db.migrations.state import ProjectState as S; DJANGOS = S._find_reload_model, S.alter_field"


def tables_made(whose, folder):
    said = subprocess.run(
        [sys.executable, "-c", KEPT + MIGRATE, whose],
        env=environment(folder) | {"DJANGO_SETTINGS_MODULE": "hjulet.config.settings"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(said.stdout)


@pytest.mark.once
def test_the_same_tables_are_made(tmp_path):
    """Of one app and what it stands on: with Django's way all of them take half a minute."""
    ours, djangos = (tables_made(whose, tmp_path / whose) for whose in ("ours", "djangos"))

    assert ours == djangos
    assert "actions_action" in dict(ours)


def model(name, **fields):
    return ModelState("app", name, [("id", models.AutoField(primary_key=True)), *fields.items()])


@pytest.fixture
def state():
    """A book that somebody has written, drawn."""
    state = ProjectState()
    state.add_model(model("Person", number=models.IntegerField(unique=True)))
    by = models.ForeignKey("app.Person", models.CASCADE, to_field="number")
    state.add_model(model("Book", by=by))
    state.apps.get_model("app", "Book")
    return state


def test_a_change_draws_nothing_but_the_model(state):
    person = state.apps.get_model("app", "Person")
    state.add_field("app", "book", "title", models.TextField(), preserve_default=True)

    book = state.apps.get_model("app", "Book")
    assert [field.name for field in book._meta.fields] == ["id", "by", "title"]
    assert state.apps.get_model("app", "Person") is person


def test_whoever_reads_rows_gets_all_of_it(state):
    state.add_model(model("Loan", book=models.ForeignKey("app.Book", models.CASCADE)))
    state.clear_delayed_apps_cache()  # as what runs Python does

    book = state.apps.get_model("app", "Book")
    assert [relation.name for relation in book._meta.related_objects] == ["loan"]


def test_a_field_that_others_point_to_draws_them_too(state):
    state.alter_field("app", "person", "number", models.BigIntegerField(unique=True), True)

    [column] = [field for field in state.apps.get_model("app", "Book")._meta.fields if field.name == "by"]
    assert isinstance(column.target_field, models.BigIntegerField)
