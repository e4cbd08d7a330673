"""Template hygiene: nothing that the content security policy would block, nothing unescaped, nothing ambiguous."""

import re

import pytest

from tests.architecture.source import name_of, templates

# Each pattern finds what may not stand in a template of ours.
FORBIDDEN = {
    "inline style": r"<style\b|\sstyle\s*=",
    "inline script": r"<script(?![^>]*(\ssrc=|type=\"application/json\"))",
    "event attribute": r"\son[a-z]+\s*=\s*[\"']",
    "javascript address": r"javascript:",
    "unescaped text": r"\|\s*safe\b|\{%\s*autoescape\s+off",
    "several libraries in one load": r"\{%\s*load\s+(?!\w+\s*%\}|\w+\s+from)",
    "load beside something else": r"(?m)^.*(\S[ \t]*\{%\s*load|\{%\s*load[^%]*%\}[ \t]*\S).*$",
    "button without type": r"<button\b(?![^>]*\stype=)",
    "picture without alternative": r"<img\b(?![^>]*\salt=)",
    "address to another machine": r"(?:src|href|action)=\"(?:https?:)?//",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [
        f"{name_of(file)}:{text[: match.start()].count(chr(10)) + 1}"
        for file in templates()
        for text in [file.read_text()]
        for match in re.finditer(FORBIDDEN[what], text)
    ]

    assert found == []


# Forms drawn by hand that keep no draft: why not. All others go through `form_page`, which keeps one.
FORMS_WITHOUT_DRAFT = {
    "base/templates/account/password_change.html": "a password is kept nowhere",
    "base/templates/account/password_reset_from_key.html": "a password is kept nowhere",
    "base/templates/account/reauthenticate.html": "a password is kept nowhere",
    "base/templates/base/gallery/fields.html": "an example, never sent",
    "base/templates/base/intake/preview.html": "nothing to type: what was read is shown before it is saved",
    "base/templates/base/intake/upload.html": "a file, which no browser hands over before it is sent",
    "base/templates/base/many.html": "a few choices for rows that are chosen anew",
    "base/templates/mfa/reauthenticate.html": "a code is kept nowhere",
    "base/templates/mfa/webauthn/edit_form.html": "the name of a key, and a page of allauth's",
    "organisation/templates/organisation/importing/preview.html": "nothing to type, as above",
    "organisation/templates/organisation/importing/upload.html": "a file, as above",
    "organisation/templates/organisation/people/account.html": "one choice",
    "planning/templates/planning/quality_plan/import.html": "a file, which no browser hands over before it is sent",
    "planning/templates/planning/quality_plan/preview.html": "nothing to type: what was read is shown before it is saved",
    "rulebook/templates/rulebook/processes/preview.html": "nothing to type, as above",
    "rulebook/templates/rulebook/processes/upload.html": "a file, which no browser hands over before it is sent",
}
FORM = re.compile(r"<c-form (?![^>]*\skeep=)|<form\s[^>]*class=\"form\"[^>]*method=\"post\"")


def test_what_is_typed_in_a_form_drawn_by_hand_is_kept():
    without = {name_of(file) for file in templates() if FORM.search(file.read_text())}

    assert without - {"base/templates/components/form.html"} == set(FORMS_WITHOUT_DRAFT)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("inline style", '<p style="color: red">'),
        ("inline script", "<script>alert(1)</script>"),
        ("event attribute", '<a onclick="go()">'),
        ("javascript address", '<a href="javascript:go()">'),
        ("unescaped text", "{{ text|safe }}"),
        ("several libraries in one load", "{% load i18n base %}"),
        ("load beside something else", "{% load i18n %}{% load base %}"),
        ("button without type", '<button class="ds-button">'),
        ("picture without alternative", '<img src="x.png">'),
        ("address to another machine", '<link href="https://fonts.example.org/x.css">'),
    ],
)
def test_pattern_finds(what, text):
    assert re.search(FORBIDDEN[what], text)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("inline script", '<script src="x.js" defer></script>'),
        ("inline script", '<script id="data" type="application/json">{}</script>'),
        ("event attribute", 'data-on="x" class="button"'),
        ("several libraries in one load", "{% load i18n %}"),
        ("several libraries in one load", "{% load figure from documents %}"),
        ("load beside something else", "{% load i18n %}\n{% load base %}\n"),
        ("button without type", '<button\n  class="ds-button"\n  type="submit">'),
    ],
)
def test_pattern_passes(what, text):
    assert not re.search(FORBIDDEN[what], text)
