"""What a person may type, and how it comes back."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from hjulet.base.forms.fields import DateField, DecimalField, MarkdownField


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12,5", Decimal("12.5")),
        ("12.5", Decimal("12.5")),
        ("1 234,5", Decimal("1234.5")),
        ("1\u00a0234", Decimal(1234)),
        ("−3", Decimal(-3)),
        ("", None),
    ],
)
def test_decimal_understands_what_swedes_type(typed, number):
    assert DecimalField(required=False).clean(typed) == number


@pytest.mark.parametrize("typed", ["många", "1.234,5", "12,5,1"])
def test_decimal_says_how_a_number_is_written(typed):
    with pytest.raises(ValidationError) as refusal:
        DecimalField().clean(typed)

    assert refusal.value.messages == ["Skriv ett tal med siffror, till exempel 12,5."]


@pytest.mark.parametrize(("value", "shown"), [(Decimal("96.50"), "96,5"), (7, "7"), ("abc", "abc"), (None, None)])
def test_decimal_shows_a_comma_and_gives_back_what_was_typed(value, shown):
    assert DecimalField().prepare_value(value) == shown


def test_decimal_keeps_its_limits():
    with pytest.raises(ValidationError):
        DecimalField(max_value=100).clean("100,5")


def test_decimal_has_not_changed_when_only_the_comma_differs():
    assert not DecimalField().has_changed(Decimal("12.5"), "12,5")


def test_date_is_iso():
    assert DateField().clean("2026-11-22") == date(2026, 11, 22)


@pytest.mark.parametrize("typed", ["22/11", "11/22/2026", "20261122", "2026-02-30"])
def test_date_says_how_a_date_is_written(typed):
    with pytest.raises(ValidationError) as refusal:
        DateField().clean(typed)

    assert refusal.value.messages == ["Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-11-22."]


def test_every_date_gets_the_calendar_of_the_browser():
    class Plain(forms.Form):
        day = forms.DateField(initial=date(2026, 3, 16))

    assert str(Plain()["day"]) == (
        '<input type="date" name="day" value="2026-03-16" required class="ds-input" id="id_day">'
    )


def test_markdown_field_offers_a_preview_of_its_own_text():
    class Text(forms.Form):
        purpose = MarkdownField()

    html = str(Text(prefix="plan")["purpose"])

    assert 'name="preview" value="plan-purpose"' in html
    assert 'hx-target="#id_plan-purpose_preview"' in html
    assert '<markdown-toolbar for="id_plan-purpose"' in html
