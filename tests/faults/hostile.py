"""What a person should not type, and how a form is filled with it."""

from typing import Any

from django import forms

from tests.collaboration.files import PDF, upload

MARK = "xhostilex"
# Formula, markup, template, SQL, right-to-left override and a sign beyond the first plane, each begun at once.
TEXT = (
    f"=cmd|'/C calc'!A0{MARK}{{{{7|add:7}}}}\"'><x-probe onmouseover=alert(1)><script>alert(1)</script>"
    "<img src=x onerror=alert(1)>[x](javascript:alert(1))';DROP TABLE organisation_unit;--\u202e😀"
)

FILLINGS: dict[str, Any] = {
    "text": TEXT,
    "signs": "a\x00b\r\nBcc: alla@example.org\x1b\x7f\ufffe\u2028",
    "long": "å" * 100_000,
    "odd": "99999999999999999999999",
}
ODD_DAY = "0001-01-01"


def filled(form: Any, kind: str) -> dict[str, Any]:
    """What is sent of the form: texts hostile and the rest as it should be, or everything as odd as it can be."""
    only_text = kind in {"text", "signs", "long"}
    return {form.add_prefix(name): value_of(form, name, FILLINGS[kind], only_text=only_text) for name in form.fields}


def value_of(form: Any, name: str, hostile: str, *, only_text: bool) -> Any:
    field = form.fields[name]
    if isinstance(field, forms.FileField):
        return upload(f"{hostile[:100]}.pdf", PDF)
    if only_text and not is_text(field):
        return proper(form, name, field)
    if not only_text and isinstance(field, forms.DateField):
        return ODD_DAY
    return hostile[: getattr(field, "max_length", None)] if hostile == TEXT else hostile


def is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not isinstance(field, forms.EmailField)


def proper(form: Any, name: str, field: forms.Field) -> Any:
    """What stands there, else the first there is to choose, else something of the kind."""
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if value not in (None, "", []):
        return value if isinstance(value, list) else str(value)
    if choices := [str(key) for key, _label in getattr(field, "choices", []) if key]:
        return choices[0]
    kinds = {forms.EmailField: "ny.person@example.org", forms.DateField: "2026-03-16"}
    return next((example for kind, example in kinds.items() if isinstance(field, kind)), "1")
