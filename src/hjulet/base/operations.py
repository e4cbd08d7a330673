"""What every operation has in common: one transaction, and a way to say no in a sentence."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """The state of things does not allow it; `sentence` tells the person why and what to do."""

    def __init__(self, sentence: Any):
        super().__init__(sentence)
        self.sentence = sentence


class EditConflict(Refused):
    """Somebody else saved first; `current` is what now stands in the database."""

    def __init__(self, current):
        super().__init__(_("Någon annan har sparat medan du skrev. Jämför nedan, rätta om det behövs och spara igen."))
        self.current = current


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Run the verb in one transaction: all of it is saved, audit included, or nothing.

    In whose place it is done is asked anew: by what right is known when the verb has checked its rule.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if (by := kwargs.get("by")) is not None:
            by.in_place_of = None
        with transaction.atomic():
            return function(*args, **kwargs)

    run.is_operation = True
    return run


def require(allowed: bool) -> None:
    """Stop a person without the right. No sentence: the page should not have offered the act."""
    if not allowed:
        raise PermissionDenied


def require_no(obstacle: str | None) -> None:
    """Stop with the sentence that the grey button already says."""
    if obstacle:
        raise Refused(obstacle)


def locked(instance: Any, *, revision: int | None = None) -> Any:
    """The row as it stands now, held until the transaction ends.

    With `revision` the caller says which version the person was looking at; another one raises `EditConflict`.
    """
    current = type(instance)._base_manager.select_for_update().get(pk=instance.pk)
    if revision is not None and current.revision != revision:
        raise EditConflict(current)
    return current


def for_each(rows: Collection[Any], do: Callable[[Any], Any]) -> int:
    """The same to several rows, all of them or none: what stands in the way of each is told at once."""
    faults = []
    for row in rows:
        try:
            with transaction.atomic():
                do(row)
        except Refused as refusal:
            faults.append(f"{row}: {refusal.sentence}")
        except ValidationError as error:
            faults.append(f"{row}: {' '.join(error.messages)}")
    if faults:
        raise ValidationError(faults)
    return len(rows)


def save_changes(instance: Any, *, revision: int, changes: dict) -> tuple[dict, dict]:
    """Set the fields, validate, save as the next revision; returns (before, after) of what really changed."""
    current = locked(instance, revision=revision)
    before = {name: getattr(current, name) for name in changes}
    for name, value in changes.items():
        setattr(current, name, value)
    after = {name: value for name, value in changes.items() if before[name] != value}
    if after:
        current.revision += 1
        current.full_clean()
        current.save()
    instance.__dict__.update({k: v for k, v in current.__dict__.items() if k != "_state"})
    instance._state.fields_cache.clear()
    return {name: before[name] for name in after}, after
