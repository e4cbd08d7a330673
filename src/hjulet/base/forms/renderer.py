"""Forms that draw themselves in our design: no page has to know how a field looks."""

from typing import Any

from django.forms import BoundField, CheckboxInput, Textarea, Widget
from django.forms.renderers import TemplatesSetting

from hjulet.base.forms.drawing import DRAWN

OUT_OF_REACH = 100_000


class DrawnField(BoundField):
    """A bound field that knows what our field template asks of it."""

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_optional(self) -> bool:
        return not (self.field.required or self.field.disabled or self.is_checkbox)

    @property
    def counted_to(self) -> int | None:
        """The limit to count towards, where one writes more than a line and might reach it."""
        limit = getattr(self.field, "max_length", None) if isinstance(self.field.widget, Textarea) else None
        return limit if limit and limit < OUT_OF_REACH else None

    @property
    def focus_id(self) -> str:
        """Where a link in the error summary leads: the control itself, or the first of a group."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def named(self) -> str:
        """The label as it begins a sentence of the error summary; a question has its own mark."""
        label = str(self.label)
        return label if label.endswith(("?", ":")) else f"{label}:"

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.auto_id or not self.counted_to:
            return described
        return f"{described} {self.auto_id}_count".strip()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Adds our class; drops what loses text.

        By `maxlength` a browser cuts off what is pasted, without a word; a `placeholder` is gone once one writes.
        """
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        attrs["class"] = f"ds-input {widget.attrs.get('class', '')}".strip()
        return attrs | {name: False for name in ("maxlength", "placeholder") if name in widget.attrs}


class FormRenderer(TemplatesSetting):
    form_template_name = "base/forms/fields.html"
    field_template_name = "base/forms/field.html"
    bound_field_class = DrawnField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)
