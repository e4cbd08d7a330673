"""A form that draws itself: label, hint, error, limit and marks, readable by eye and by ear."""

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from lxml import html

from hjulet.base.forms.choices import LongChoiceField
from hjulet.base.forms.performing import Conflict, Form

LEVELS = [("low", "Låg"), ("high", "Hög")]


class Report(Form):
    title = forms.CharField(label="Rubrik", help_text="Säg det kort.", max_length=5)
    email = forms.EmailField(label="E-post", required=False, widget=forms.EmailInput(attrs={"placeholder": "namn@"}))
    level = forms.ChoiceField(label="Nivå", choices=LEVELS, widget=forms.RadioSelect, help_text="Välj en.")
    reason = forms.CharField(label="Orsak", max_length=20, widget=forms.Textarea, required=False)
    is_public = forms.BooleanField(label="Visa för alla", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


def field(name, data=None):
    return html.fromstring(Report(data)[name].as_field_group())


def words(node):
    return " ".join(node.text_content().split())


def test_field_names_itself_and_its_hint():
    drawn = field("title")
    control = drawn.get_element_by_id("id_title")

    assert words(drawn.find("label")) == "Rubrik"
    assert drawn.find("label").get("for") == "id_title"
    assert control.get("aria-describedby") == "id_title_helptext"
    assert words(drawn.get_element_by_id("id_title_helptext")) == "Säg det kort."
    assert control.get("class") == "ds-input"


def test_only_what_is_optional_is_marked():
    assert words(field("email").find("label")) == "E-post (frivilligt)"
    assert words(field("title").find("label")) == "Rubrik"
    assert words(field("is_public").find("label")) == "Visa för alla"


def test_error_is_said_at_the_field_and_tied_to_it():
    drawn = field("title", {"title": "Alldeles för långt"})
    control = drawn.get_element_by_id("id_title")

    assert words(drawn.get_element_by_id("id_title_error")) == (
        "Fel: Säkerställ att detta värde har som mest 5 tecken (den har 18)."
    )
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "id_title_helptext id_title_error"
    assert control.get("value") == "Alldeles för långt"


def test_nothing_pasted_is_cut_off_and_no_placeholder_plays_label():
    assert "maxlength" not in field("title").get_element_by_id("id_title").attrib
    assert "maxlength" not in field("reason").get_element_by_id("id_reason").attrib
    assert "placeholder" not in field("email").get_element_by_id("id_email").attrib


def test_long_text_tells_its_limit():
    drawn = field("reason")
    count = drawn.get_element_by_id("id_reason_count")

    assert words(count) == "Högst 20 tecken"
    assert dict(count.attrib) == {
        "class": "field-hint",
        "id": "id_reason_count",
        "data-limit": "20",
        "data-left": "%d tecken kvar",
        "data-over": "%d tecken för mycket",
    }
    assert drawn.get_element_by_id("id_reason").get("aria-describedby") == "id_reason_count"


def test_a_limit_that_nobody_reaches_is_not_counted():
    class Book(Form):
        body = forms.CharField(label="Text", max_length=200_000, widget=forms.Textarea)

    drawn = html.fromstring(Book()["body"].as_field_group())

    assert [words(part) for part in drawn.find_class("field-hint")] == []
    assert "aria-describedby" not in drawn.get_element_by_id("id_body").attrib


@pytest.mark.parametrize(("required", "says"), [(True, "Välj"), (False, "Inget valt")])
@pytest.mark.parametrize("kind", [forms.ChoiceField, LongChoiceField])
def test_nothing_chosen_is_said_in_words(kind, required, says):
    class Visit(Form):
        place = kind(label="Plats", choices=[*BLANK_CHOICE_DASH, ("north", "Norr")], required=required)

    drawn = html.fromstring(Visit()["place"].as_field_group())

    assert [words(option) for option in drawn.iter("option")] == [says, "Norr"]


def test_choices_are_a_group_with_a_legend():
    drawn = field("level", {"level": ""})

    assert drawn.tag == "fieldset"
    assert words(drawn.find("legend")) == "Nivå"
    assert drawn.get("aria-describedby") == "id_level_helptext id_level_error"
    assert [(words(label), label.get("for")) for label in drawn.findall(".//label")] == [
        ("Låg", "id_level_0"),
        ("Hög", "id_level_1"),
    ]


def test_summary_lists_every_fault_and_leads_to_the_fields():
    form = Report({"title": "", "level": "", "revision": "x"})
    form.add_error(None, "Någon annan hann före.")

    summary = html.fromstring(f"<div>{form}</div>").find_class("ds-error-summary")[0]

    assert (summary.get("tabindex"), "autofocus" in summary.attrib) == ("-1", True)
    assert [(words(item), [link.get("href") for link in item.findall("a")]) for item in summary.iter("li")] == [
        ("Någon annan hann före.", []),
        ("Fyll i ett heltal.", []),
        ("Rubrik: Detta fält måste fyllas i.", ["#id_title"]),
        ("Nivå: Detta fält måste fyllas i.", ["#id_level_0"]),
    ]


def test_a_question_needs_no_colon_in_the_summary():
    class Question(Form):
        why = forms.CharField(label="Varför?")

    summary = html.fromstring(f"<div>{Question({})}</div>").find_class("ds-error-summary")[0]

    assert [words(item) for item in summary.iter("li")] == ["Varför? Detta fält måste fyllas i."]


def test_form_without_fault_has_no_summary():
    assert html.fromstring(f"<div>{Report()}</div>").find_class("ds-error-summary") == []


def test_hidden_fields_are_drawn_once_and_without_label():
    drawn = html.fromstring(f"<div>{Report()}</div>")

    assert [node.get("type") for node in drawn.xpath("//*[@name='revision']")] == ["hidden"]
    assert drawn.xpath("//label[@for='id_revision']") == []


def test_conflict_shows_both_versions_side_by_side():
    form = Report({"title": "Min", "level": "low", "revision": "1"})
    form.conflicts = [Conflict("Rubrik", "Min", "<b>Din</b>", "choose-title")]
    form.add_error(None, "Någon annan hann före.")

    table = html.fromstring(f"<div>{form}</div>").find(".//table")

    assert [words(cell) for cell in table.findall("./tbody/tr/*")] == ["Rubrik", "Rubrik: Min", "Rubrik: <b>Din</b>"]


def test_text_from_people_is_never_html():
    class Sly(Form):
        name = forms.ChoiceField(label="<script>", help_text="<img>", choices=[("1", "<b>")], widget=forms.RadioSelect)

    drawn = str(Sly({"name": '"><script>'}))

    assert [sly for sly in ("<script", "<img", "<b>") if sly in drawn] == []
