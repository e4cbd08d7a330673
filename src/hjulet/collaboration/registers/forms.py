from typing import Any

import django_filters
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import ModelForm
from hjulet.collaboration.registers.register import Register


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any):
        for unknown in ("encoder", "decoder"):
            kwargs.pop(unknown, None)
        super().__init__(**kwargs | {"help_text": kwargs.get("help_text") or _("En per rad.")})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]


FIELD_CLASSES = {models.DateField: DateField, models.JSONField: LinesField}


class RowForm(ModelForm):
    """The fields of a register, why they change, and which version the person saw."""

    reason = forms.CharField(
        label=_("Varför"),
        help_text=_("Visas i radens historik."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


def form_of(register: Register) -> type[RowForm]:
    classes = {name: FIELD_CLASSES.get(type(register.field(name))) for name in register.fields}
    return forms.modelform_factory(
        register.model,
        form=RowForm,
        fields=register.fields,
        field_classes={name: field_class for name, field_class in classes.items() if field_class},
    )


class NoFilters(django_filters.FilterSet):
    """A register is short enough to be read whole."""
