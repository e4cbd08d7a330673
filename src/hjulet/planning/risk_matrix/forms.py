from collections.abc import Iterator

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form
from hjulet.planning.risk_matrix.models import SCALE, Axis, MatrixAxisLabel, MatrixBand, RiskMatrix
from hjulet.planning.risk_matrix.queries import content_of
from hjulet.planning.risk_matrix.states import Tone

PAIRS = [(probability, severity) for probability in SCALE[::-1] for severity in SCALE]
STEPS = [(axis.value, value) for axis in Axis for value in SCALE]


class MatrixForm(Form):
    """A draft as one page: sixteen choices of a level, and the words around them."""

    note = forms.CharField(
        label=_("Anmärkning"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Till exempel varför 8 och 16 har fått sin nivå: där finns ingen gemensam förlaga."),
    )
    severe_never_low = forms.BooleanField(
        label=_("Allvarlighetsgrad 4 får aldrig ha lägsta nivån"),
        required=False,
        help_text=RiskMatrix._meta.get_field("severe_never_low").help_text,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, matrix: RiskMatrix, **kwargs):
        super().__init__(*args, **kwargs, initial=flat(content_of(matrix)) | {"revision": matrix.revision})
        tones = [("", _("Välj nivå")), *((tone.value, tone.label.capitalize()) for tone in Tone)]
        for tone in Tone:
            self.add_words(tone, tone.label.capitalize(), MatrixBand, is_required=True)
        for axis, value in STEPS:
            self.add_words(f"{axis}_{value}", f"{Axis(axis).label} {value}", MatrixAxisLabel, is_required=False)
        for probability, severity in PAIRS:
            self.fields[f"cell_{probability}_{severity}"] = forms.ChoiceField(
                label=_("Sannolikhet %(probability)s, allvarlighetsgrad %(severity)s, produkt %(product)s")
                % {"probability": probability, "severity": severity, "product": probability * severity},
                choices=tones,
                required=False,
            )

    def add_words(self, key: str, label: str, model: type, *, is_required: bool) -> None:
        """A name and a meaning, as long as the model allows."""
        for part, said in (("name", _("namn")), ("meaning", _("vad det betyder"))):
            length = model._meta.get_field(part).max_length
            self.fields[f"{key}_{part}"] = forms.CharField(
                label=f"{label}, {said}", max_length=length, required=is_required or part == "name"
            )

    def clean(self) -> dict:
        """As `set_up_matrix` takes it."""
        typed = self.cleaned_data
        if self.errors:
            return typed
        self.typed = {name: value for name, value in typed.items() if name != "revision"}
        return {
            "note": typed["note"],
            "severe_never_low": typed["severe_never_low"],
            "revision": typed["revision"],
            "bands": {tone.value: words(typed, tone) for tone in Tone},
            "axis_labels": {(axis, value): words(typed, f"{axis}_{value}") for axis, value in STEPS},
            "cells": {(p, s): typed[f"cell_{p}_{s}"] or None for p, s in PAIRS},
        }

    def show_both_versions(self, current: RiskMatrix) -> None:
        """As for every form; only that here a field is not a field of the row."""
        standing = flat(content_of(current))
        self.conflicts = [
            self.conflict(name, value, standing.get(name, ""))
            for name, value in self.typed.items()
            if value != standing.get(name, "")
        ]
        self.data = self.data.copy()
        self.data["revision"] = str(current.revision)

    @property
    def cells(self) -> Iterator[tuple[int, list]]:
        """Row by row, the most probable first: the step and its four fields."""
        for probability in SCALE[::-1]:
            yield probability, [self[f"cell_{probability}_{severity}"] for severity in SCALE]

    @property
    def band_words(self) -> list[tuple]:
        """Per level its word, and the fields for its name and what it means."""
        return [(tone.label.capitalize(), *self.words_of(tone)) for tone in Tone]

    @property
    def step_words(self) -> list[tuple]:
        return [(f"{Axis(axis).label} {value}", *self.words_of(f"{axis}_{value}")) for axis, value in STEPS]

    def words_of(self, key: str) -> tuple:
        return self[f"{key}_name"], self[f"{key}_meaning"]


class PutInForceForm(Form):
    from_date = DateField(label=_("Gäller från"), initial=timezone.localdate)


def flat(content: dict) -> dict:
    """The content of a matrix as one value per field of the form."""
    fields = {"note": content["note"], "severe_never_low": content["severe_never_low"]}
    for tone, (name, meaning) in content["bands"].items():
        fields |= {f"{tone}_name": name, f"{tone}_meaning": meaning}
    for (axis, value), (name, meaning) in content["axis_labels"].items():
        fields |= {f"{axis}_{value}_name": name, f"{axis}_{value}_meaning": meaning}
    for (probability, severity), tone in content["cells"].items():
        fields[f"cell_{probability}_{severity}"] = tone or ""
    return fields


def words(typed: dict, key: str) -> tuple[str, str]:
    return typed[f"{key}_name"], typed[f"{key}_meaning"]
