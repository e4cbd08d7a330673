"""Migrations that draw anew only the model they change.

For each change Django draws every model anew that is related to the changed one, near or far. All of ours are: each row
belongs to a unit and somebody did each thing. That takes nine tenths of the time of an empty database. Django has a
lazier way, for changes that no other model notices (`is_delayed`): the rest is drawn before somebody reads rows through
it. Here every change goes that way, but for a field that others point to.
"""

from typing import Any

from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced

alter_field = ProjectState.alter_field


def draw_lazily() -> None:
    ProjectState._find_reload_model = only_itself
    ProjectState.alter_field = alter_and_draw


def only_itself(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    state.is_delayed = True
    return {(app_label, model_name)}


def alter_and_draw(state: ProjectState, app_label: str, model_name: str, *change: Any) -> None:
    """Those that point to the field have its type, so then everything is drawn anew the next time it is asked for."""
    alter_field(state, app_label, model_name, *change)
    name, field, _preserve_default = change
    if field_is_referenced(state, (app_label, model_name), (name, field)):
        state.__dict__.pop("apps", None)
