"""Days in words, initials, steps: the small tags of every page."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator

from hjulet.base.tables import Column, Deadline, Link, Tag
from hjulet.base.templatetags.base import (
    cells,
    day,
    distance_in_words,
    icon,
    initials,
    page_window,
    steps_at,
    tag,
    uses,
)

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "i dag"),
        (1, "om 1 dag"),
        (3, "om 3 dagar"),
        (-1, "för 1 dag sedan"),
        (-12, "för 12 dagar sedan"),
        (20, "om 20 dagar"),
        (21, "om 3 veckor"),
        (-60, "för 8 veckor sedan"),
        (61, "om 2 månader"),
        (-729, "för 23 månader sedan"),
        (730, "om 2 år"),
    ],
)
def test_how_far_off_a_day_is_in_words(days, words):
    assert distance_in_words(days) == words


def test_a_time_goes_by_the_day_here():
    assert "om 1 dag" in day(datetime(2026, 3, 16, 23, 30, tzinfo=UTC), relative=True)


def test_what_somebody_wrote_is_never_markup_in_a_tag():
    drawn = tag("<b>Hög</b>", "danger", "<i>9</i>")

    assert (drawn.count("<b>"), drawn.count("<i>")) == (0, 0)
    assert '<span class="tag-number">&lt;i&gt;9&lt;/i&gt;</span><span>&lt;b&gt;Hög&lt;/b&gt;</span>' in drawn


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        ("Bygg <ramp>", "Bygg &lt;ramp&gt;"),
        (Decimal("1.5"), "1,5"),
        (Link("A & B", "/atgarder/1/?a=1&b=2"), '<a href="/atgarder/1/?a=1&amp;b=2">A &amp; B</a>'),
        (Tag("Hög", "danger", 9), tag("Hög", "danger", 9)),
        (TODAY, day(TODAY)),
        (Deadline(TODAY, is_waiting=False), day(TODAY)),
        (None, '<span class="quiet">–</span>'),
    ],
)
def test_cell_is_drawn_by_its_kind(value, drawn):
    assert draw(value) == f'<td data-label="Stad &amp; land">{drawn}</td>'


def test_cell_of_a_number_stands_to_the_right():
    assert draw(1234567, number=True) == '<td data-label="Stad &amp; land" class="is-number">1234567</td>'


def test_cell_says_how_late_a_waiting_thing_is():
    assert '<span class="date-relative is-late">1 dag sen</span>' in draw(Deadline(TODAY - timedelta(days=1)))


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (True, '<span class="date-relative is-late">3 dagar sen</span>'),
        (False, '<span class="date-relative">för 3 dagar sedan</span>'),
    ],
)
def test_only_a_deadline_that_has_passed_is_late(deadline, words):
    assert words in day(TODAY - timedelta(days=3), relative=True, deadline=deadline)


def draw(value, **column):
    return cells([(Column("place", "Stad & land", str, **column), value)])


@pytest.mark.parametrize(("text", "is_long"), [("Uppnått", False), ("Ej uppnått men inom felmarginalen", True)])
def test_a_long_tag_may_go_on_two_lines(text, is_long):
    assert ("tag-long" in tag(text)) is is_long


@pytest.mark.parametrize(
    ("sent", "used"), [({}, False), ({"year": ""}, False), ({"unit": "1"}, False), ({"year": "2026"}, True)]
)
def test_folded_filters_are_unfolded_when_used(sent, used):
    class Choice(forms.Form):
        unit, year = forms.CharField(), forms.CharField()

    assert uses(Choice(sent), ("year",)) is used


@pytest.mark.parametrize(("name", "letters"), [("Maria Ek", "ME"), ("anna lisa berg", "AB"), ("Ali", "A"), ("", "")])
def test_initials(name, letters):
    assert initials(name) == letters


def test_steps_before_the_current_are_past():
    states = [("draft", "Utkast"), ("adopted", "Antagen"), ("closed", "Avslutad")]

    assert [step["when"] for step in steps_at(states, "adopted")] == ["past", "current", "coming"]
    assert [step["when"] for step in steps_at(states, "withdrawn")] == ["coming", "coming", "coming"]


def test_page_window_leaves_out_the_middle():
    page = Paginator(range(200), 10).page(10)

    assert page_window(page) == [1, Paginator.ELLIPSIS, 8, 9, 10, 11, 12, Paginator.ELLIPSIS, 20]


def test_icon_is_silent():
    assert 'class="icon" aria-hidden="true" focusable="false"' in icon("menu")
