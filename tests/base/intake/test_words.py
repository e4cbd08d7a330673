"""The words of a form's fields, without a database."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from hjulet.base.forms.fields import DateField, DecimalField
from hjulet.base.intake.words import Words

LEVELS = [("", "---"), ("low", "Låg"), ("high", "Mycket hög")]


class Form(forms.Form):
    name = forms.CharField(max_length=5)
    note = forms.CharField(required=False)
    level = forms.ChoiceField(choices=LEVELS, required=False)
    laws = forms.MultipleChoiceField(choices=[("SoL", "SoL"), ("LSS", "LSS")], required=False)
    day = DateField(required=False)
    target = DecimalField(required=False)
    role = forms.ChoiceField(choices=[("boss", "Chef"), ("low", "Låg")], required=False)


def value(text, *names):
    return Words().value_of({name: Form().fields[name] for name in names}, text)


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("name", "Ramp", "Ramp"),
        ("note", "", ""),
        ("level", "mycket  HÖG", "high"),
        ("level", "", ""),
        ("laws", "lss, SoL,", ["LSS", "SoL"]),
        ("laws", "", []),
        ("day", "2026-03-16", date(2026, 3, 16)),
        ("day", "", None),
        ("target", "12,5", Decimal("12.5")),
        ("target", "", None),
    ],
)
def test_a_text_means_what_the_field_would_take_it_for(name, text, meant):
    assert value(text, name) == {name: meant}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("name", "", "cellen är tom. Fyll i den."),
        ("name", "Ramper", "Säkerställ att detta värde har som mest 5 tecken (den har 6)."),
        ("level", "Hög", "”Hög” är inget som går att välja här. Tillåtet: Låg, Mycket hög."),
        ("level", "Lag", "”Lag” är inget som går att välja här. Menade du Låg? Tillåtet: Låg, Mycket hög."),
        ("laws", "SoL, BrB", "”BrB” är inget som går att välja här. Tillåtet: SoL, LSS."),
        ("day", "16/3", "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-11-22."),
        ("target", "många", "Skriv ett tal med siffror, till exempel 12,5."),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(name, text, sentence):
    with pytest.raises(ValueError) as error:
        value(text, name)

    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("chef", {"level": "", "role": "boss"}),
        ("mycket hög", {"level": "high", "role": ""}),
        ("låg", {"level": "low", "role": ""}),
        ("", {"level": "", "role": ""}),
    ],
)
def test_of_several_fields_the_first_that_knows_the_word_takes_it_and_the_others_are_emptied(text, meant):
    assert value(text, "level", "role") == meant


def test_a_word_that_no_field_knows_is_told_with_the_words_of_all():
    with pytest.raises(ValueError) as error:
        value("Ingen", "level", "role")

    assert str(error.value) == "”Ingen” är inget som går att välja här. Tillåtet: Låg, Mycket hög, Chef."
