"""The parts of a form that stand many times on a page, each in one go: as templates they cost five times as much."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DASHES = BLANK_CHOICE_DASH[0][1]


def escaped(value: Any) -> str:
    """As a template writes it; Django's own first asks of everything whether it is to be translated later."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def field(bound: Any) -> str:
    """The label, the hint, what is wrong, the control, and how long a text may be."""
    element = "fieldset" if bound.use_fieldset else "div"
    wrong, control = bound.errors, str(bound)
    classes = f"field{' is-invalid' if wrong else ''}{' field-checkbox' if bound.is_checkbox else ''}"
    described = bound.use_fieldset and bound.aria_describedby
    start = f'<{element} class="{classes}"{attributes({"aria-describedby": described}) if described else ""}>'
    before, after = (control, "") if bound.is_checkbox else ("", control)
    return f"{start}{before}{label(bound)}{hint(bound)}{errors(bound, wrong)}{after}{count(bound)}</{element}>"


def label(bound: Any) -> str:
    text = escaped(bound.label)
    if bound.is_optional:
        optional = _("(frivilligt)")
        text += f' <span class="field-optional">{escape(optional)}</span>'
    if bound.use_fieldset:
        return f'<legend class="field-label">{text}</legend>'
    return f'<label class="field-label" for="{escaped(bound.id_for_label)}">{text}</label>'


def hint(bound: BoundField) -> str:
    if not bound.help_text:
        return ""
    return f'<div class="field-hint" id="{bound.auto_id}_helptext">{escaped(bound.help_text)}</div>'


def errors(bound: BoundField, wrong: Iterable[Any]) -> str:
    fault = _("Fel:")
    start = f'<p class="ds-validation-message"><span class="ds-sr-only">{escape(fault)}</span> '
    told = "".join(f"{start}{escaped(error)}</p>" for error in wrong)
    return f'<div class="field-error" id="{bound.auto_id}_error">{told}</div>' if told else ""


def count(bound: Any) -> str:
    if not bound.counted_to:
        return ""
    told = {"data-limit": bound.counted_to, "data-left": _("%d tecken kvar"), "data-over": _("%d tecken för mycket")}
    most = escape(_("Högst %(limit)s tecken") % {"limit": bound.counted_to})
    return f'<p class="field-hint" id="{bound.auto_id}_count"{attributes(told)}>{most}</p>'


def attributes(attrs: dict[str, Any]) -> str:
    """True stands for an attribute without a value, False for none at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def input_(widget: dict[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{attributes(widget["attrs"])}>'


def date_input(widget: dict[str, Any]) -> str:
    """With the browser's own calendar."""
    return input_(widget | {"type": "date"})


def select(widget: dict[str, Any]) -> str:
    groups = ((name, "".join(map(option, members))) for name, members, _index in widget["optgroups"])
    body = "".join(f'<optgroup label="{escaped(name)}">{drawn}</optgroup>' if name else drawn for name, drawn in groups)
    return select_of(widget, body)


def option(one: dict[str, Any]) -> str:
    chosen = " selected" if one["selected"] else ""
    closed = " disabled" if one["attrs"].get("disabled") else ""
    return f'<option value="{escape(str(one["value"]))}"{chosen}{closed}>{escaped(one["label"])}</option>'


def select_of(widget: dict[str, Any], body: str) -> SafeString:
    """Django's nine dashes, which are read aloud one by one, become words: a person who has not chosen is told so."""
    nothing = _("Välj") if widget["required"] else _("Inget valt")
    body = body.replace(f">{DASHES}<", f">{escape(nothing)}<", 1)
    return SafeString(f'<select name="{escape(widget["name"])}"{attributes(widget["attrs"])}>{body}</select>')


def of_widget(draw: Callable[[dict[str, Any]], str]) -> Callable[[dict[str, Any]], str]:
    return lambda context: draw(context["widget"])


# By the names under which Django asks for them.
DRAWN: dict[str, Callable[[dict[str, Any]], str]] = {
    "base/forms/field.html": lambda context: field(context["field"]),
    "django/forms/widgets/select.html": of_widget(select),
    "django/forms/widgets/date.html": of_widget(date_input),
    **{
        f"django/forms/widgets/{name}.html": of_widget(input_)
        for name in ("text", "number", "email", "password", "hidden", "checkbox", "input")
    },
}
