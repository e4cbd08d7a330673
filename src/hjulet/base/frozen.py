"""What was decided is kept as data: frozen dataclasses to JSON and back, whatever happens to the live rows."""

from datetime import date
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.errors import BaseValidationError

T = TypeVar("T")

_converter = Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(date, lambda day: day.isoformat())
_converter.register_structure_hook(date, lambda text, _type: date.fromisoformat(text))


class Unreadable(ValueError):
    """The stored data does not fit the shape it should have."""


def freeze(content: Any) -> dict[str, Any]:
    """Nested frozen dataclasses of str, int, float, bool, date and None as JSON keeps them."""
    return _converter.unstructure(content)


def thaw(shape: type[T], data: dict[str, Any]) -> T:
    """The same dataclasses again. Raises `Unreadable` when a field is missing, unknown or of another type."""
    try:
        return _converter.structure(data, shape)
    except BaseValidationError as error:
        raise Unreadable(f"{shape.__name__}: {error}") from error
