"""Choosing among rows, one of thousands or several, with and without script."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField as FilterField

from hjulet.base.forms.drawing import select_of

LINE = "base/forms/line.html"
MOST_IN_A_LIST = 100
LONGEST_KEY = 18
BETWEEN = "\x00"  # stands in no name: a form refuses it, and so does PostgreSQL


def is_key(written: str) -> bool:
    """Whether a row can have it: SQLite breaks on a number of more than 64 bits, Python on one of thousands of digits."""
    return written.isdecimal() and len(written) <= LONGEST_KEY


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows, each with a box to tick: in a list of many only those who know the Ctrl key choose more than one.

    Django lets the database meet whatever was sent as their keys; of a single row it looks first.
    """

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> QuerySet:
        for key in value if isinstance(value, list | tuple) else []:
            if not is_key(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


class Names(ModelChoiceIterator):
    """Key and name of each and nothing else: to make a whole row of each takes longer than the rest of the page."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.queryset.values_list("pk", "name")


class LongSelect(forms.Select):
    """A list of a thousand, drawn in one go. Takes its choices as they are: Django asks of each whether it is a group."""

    choices: Any = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return select_of(self.frame(name, attrs)["widget"], options(self.choices, "" if value is None else str(value)))

    def frame(self, name: str, attrs: Any) -> dict[str, Any]:
        attrs = self.build_attrs(self.attrs, attrs)
        return {"widget": {"name": name, "attrs": attrs, "required": self.is_required}}


def options(choices: Any, chosen: str) -> str:
    """The choices as lines of a list, the chosen one marked."""
    drawn = lines_of(tuple((str(key), str(name)) for key, name in choices))
    start = f'<option value="{escape(chosen)}"'
    return drawn.replace(f"{start}>", f"{start} selected>", 1)


@lru_cache(maxsize=32)
def lines_of(pairs: tuple[tuple[str, str], ...]) -> str:
    """Drawn once for the same choices: a thousand units are offered on every list.

    They are made safe all at once, which takes a quarter of the time that one by one takes.
    """
    if not pairs:
        return ""
    keys, names = (escape(BETWEEN.join(words)).split(BETWEEN) for words in zip(*pairs, strict=True))
    return "".join(f'<option value="{key}">{name}</option>' for key, name in zip(keys, names, strict=True))


class LongChoiceField(forms.ChoiceField):
    """Among a thousand pairs of key and name."""

    widget = LongSelect

    @property
    def choices(self) -> list[tuple[Any, Any]]:
        return self._choices

    @choices.setter
    def choices(self, pairs: Any) -> None:
        self._choices = self.widget.choices = list(pairs)


class NamedField(forms.ModelChoiceField):
    """For rows with a `name`."""

    iterator = Names
    widget = LongSelect


class NamedFilterField(FilterField):
    iterator = Names
    widget = LongSelect


class NamedFilter(django_filters.ModelChoiceFilter):
    field_class = NamedFilterField


class SoughtInput(LongSelect):
    """A list when it is short. Else a line to write on, and then a list of those who match what is written."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field, written = self.choices.field, "" if value is None else str(value)
        rows = few(field.queryset)
        if not rows and not written.isdecimal():
            rows = few(field.matching(written)) if written else []
        if rows:
            labels = sorted((field.label_from_instance(row), row.pk) for row in rows)
            choices = [("", field.empty_label or ""), *((key, label) for label, key in labels)]
            return select_of(self.frame(name, attrs)["widget"], options(choices, written))
        return self._render(
            LINE, self.frame(name, explained(attrs or {})) | {"value": field.in_words(written)}, renderer
        )


def explained(attrs: dict[str, Any]) -> dict[str, Any]:
    """The line is described by what stands under it too."""
    described = (attrs.get("aria-describedby"), f"{attrs.get('id', '')}_line")
    return attrs | {"aria-describedby": " ".join(filter(None, described))}


class SoughtField(forms.ModelChoiceField):
    """Takes the key of a row, or words that only one row has. `words` is the field they are looked for in.

    `sign` is a field of which the whole is written, and which no two rows share.
    """

    widget = SoughtInput
    words = "title"
    sign = ""
    default_error_messages = {
        "nothing": _("Inget som du kan välja heter så. Skriv en del av det, som du minns det."),
        "several": _("Flera passar. Välj i listan."),
        "too_many": _("Fler än %(most)s passar. Skriv mer."),
    }

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values or isinstance(value, Model) or str(value).isdecimal():
            return super().to_python(value)
        if not str(value).strip(" ,"):
            return None
        found = list(self.matching(str(value))[: MOST_IN_A_LIST + 1])
        if len(found) == 1:
            return found[0]
        code = "too_many" if len(found) > MOST_IN_A_LIST else "several" if found else "nothing"
        raise ValidationError(self.error_messages[code], code=code, params={"most": MOST_IN_A_LIST})

    def matching(self, written: str) -> QuerySet:
        """Those with every word that is written; SQLite folds the case of ASCII alone, and åsa is to find Åsa."""
        rows = self.queryset.order_by()
        for word in written.replace(",", " ").split():
            found = Q(**{f"{self.words}__icontains": word}) | Q(**{f"{self.words}__icontains": word.capitalize()})
            rows = rows.filter(found | Q(**{f"{self.sign}__iexact": word}) if self.sign else found)
        return rows

    def in_words(self, written: str) -> str:
        """A key, chosen earlier or as it stands, as the words that lead to it; what was written as it is."""
        row = self.queryset.filter(pk=written).first() if is_key(written) else None
        return self.label_from_instance(row) if row else written


def few(rows: QuerySet) -> list[Model]:
    """All of them when they make a short list, else none."""
    found = list(rows.order_by()[: MOST_IN_A_LIST + 1])
    return found if len(found) <= MOST_IN_A_LIST else []
