"""What may be written in a cell for a field of a form, and what it means there."""

from typing import Any

from django import forms
from django.core.exceptions import EmptyResultSet, ValidationError
from django.utils.translation import gettext as _

from hjulet.base.intake.cells import chosen, fold, folded

NAMED = (forms.ModelChoiceField, forms.ChoiceField)


class Words:
    """The names behind the choices of the fields. Each set of rows to choose among is read once."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, list[Any]]] = {}

    def value_of(self, fields: dict[str, forms.Field], text: str) -> dict[str, Any]:
        """The fields' values; ValueError says what is wrong with the text and what is allowed."""
        if not text or len(fields) == 1:
            return {name: self.value(field, text) for name, field in fields.items()}
        names = {name: self.names(field) for name, field in fields.items()}
        word = self.word(text, [called for known in names.values() for called in known])
        owner = next(name for name, known in names.items() if word in known)
        return {name: the_only(names[name][word], word) if name == owner else empty(fields[name]) for name in fields}

    def value(self, field: forms.Field, text: str) -> Any:
        if not text and field.required:
            raise ValueError(_("cellen är tom. Fyll i den."))
        if not text:
            return empty(field)
        if isinstance(field, forms.MultipleChoiceField):
            return [self.named(field, part.strip()) for part in text.split(",") if part.strip()]
        if isinstance(field, NAMED):
            return self.named(field, text)
        try:
            return field.clean(text)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def named(self, field: forms.Field, text: str) -> Any:
        names = self.names(field)
        word = self.word(text, names)
        return the_only(names[word], word)

    def word(self, text: str, names: Any) -> str:
        return chosen(text, folded(names), _("inget som går att välja här"))

    def names(self, field: forms.Field) -> dict[str, list[Any]]:
        """What stands behind each name: more than one thing where two are called alike."""
        if not isinstance(field, forms.ModelChoiceField):
            return {str(label): [value] for value, label in field.choices if value not in ("", None)}
        try:
            question = str(field.queryset.query)
        except EmptyResultSet:
            return {}
        if question not in self.known:
            self.known[question] = by_name(field.queryset)
        return self.known[question]


def by_name(rows: Any) -> dict[str, list[Any]]:
    names: dict[str, list[Any]] = {}
    spelled: dict[str, str] = {}
    for row in rows:
        name = spelled.setdefault(fold(str(row)), " ".join(str(row).split()))
        names.setdefault(name, []).append(row)
    return names


def the_only(things: list[Any], name: str) -> Any:
    if len(things) > 1:
        raise ValueError(_("flera heter %(name)s. Gör ändringen på sidan i stället.") % {"name": name})
    return things[0]


def empty(field: forms.Field) -> Any:
    if isinstance(field, forms.MultipleChoiceField):
        return []
    return None if isinstance(field, forms.ModelChoiceField) else field.clean("")
