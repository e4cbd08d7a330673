"""Fields that need behaviour of their own; every other field is Django's, drawn by our renderer."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

SPACES = str.maketrans("", "", " \u00a0\u202f")


class DateField(forms.DateField):
    """A day as ISO, with the browser's own calendar where it has one."""

    default_error_messages = {
        "invalid": _("Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-11-22."),
    }

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        super().__init__(**kwargs)


class DecimalField(forms.DecimalField):
    """A number the Swedish way: decimal comma and spaces are understood, and trailing zeros are not shown."""

    default_error_messages = {
        "invalid": _("Skriv ett tal med siffror, till exempel 12,5."),
    }

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "size": 12}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.translate(SPACES).replace(",", ".").replace("−", "-")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return f"{Decimal(str(value)).normalize():f}".replace(".", get_format("DECIMAL_SEPARATOR"))


class MarkdownInput(forms.Textarea):
    """A text area with buttons for formatting and a preview."""

    template_name = "base/forms/markdown_input.html"


class MarkdownField(forms.CharField):
    """A longer text in Markdown."""

    widget = MarkdownInput
