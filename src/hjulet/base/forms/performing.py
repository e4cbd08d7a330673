"""A form that hands its cleaned data to an operation and shows what the operation says back."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from hjulet.base.operations import EditConflict, Refused

THEIRS = "theirs"


class Conflict(NamedTuple):
    """A field that somebody else has saved another value of; `choice` names the question which of the two to keep."""

    label: str
    typed: str
    standing: str
    choice: str


class Performing:
    """Gives a form `performs`: valid input reaches the operation, a refusal comes back as an error of the form."""

    result: Any = None
    conflicts: list[Conflict]

    def performs(self, operation: Callable[..., Any], **fixed: Any) -> bool:
        """True when the person sent the form, it was valid and the operation was done; `result` holds its answer."""
        self.conflicts = []
        if not self.is_bound:
            return False
        self.take_chosen()
        if not self.is_valid():
            return False
        try:
            self.result = operation(**fixed, **self.cleaned_data)
        except EditConflict as conflict:
            self.add_error(None, str(conflict.sentence))
            self.show_both_versions(conflict.current)
        except Refused as refusal:
            self.add_error(None, str(refusal.sentence))
        except ValidationError as error:
            self.add_validation_error(error)
        else:
            return True
        return False

    def take_up(self, typed: dict[str, list[str]]) -> None:
        """Show a form that has not been sent with what was typed in it before; a box that was empty stays empty."""
        for name, field in self.fields.items():
            values = typed.get(self.add_prefix(name))
            if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
                self.initial[name] = values or []
            elif isinstance(field, forms.BooleanField):
                self.initial[name] = bool(values)
            elif values:
                self.initial[name] = values[-1]

    def show_both_versions(self, current) -> None:
        """List field by field what was typed beside what now stands, and let the next save start from that."""
        for name, value in self.cleaned_data.items():
            if name != "revision" and name in self.fields and getattr(current, name, value) != value:
                self.conflicts.append(self.conflict(name, value, getattr(current, name)))
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(current.revision)

    def conflict(self, name: str, typed: Any, standing: Any) -> Conflict:
        return Conflict(str(self.fields[name].label or name), str(typed), str(standing), self.choice(name))

    def choice(self, name: str) -> str:
        return f"choose-{self.add_prefix(name)}"

    def take_chosen(self) -> None:
        """Where the person has chosen what the other one saved, that goes in the place of what was typed."""
        theirs = [name for name in self.fields if self.data.get(self.choice(name)) == THEIRS]
        if not theirs:
            return
        self.data = self.data.copy()
        for name in theirs:
            field = self.fields[name]
            standing = field.prepare_value(self.get_initial_for_field(field, name))
            values = (
                standing if isinstance(standing, list | tuple) else [standing] if standing not in (None, False) else []
            )
            self.data.setlist(self.add_prefix(name), [str(value) for value in values])

    def add_validation_error(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields and name != NON_FIELD_ERRORS else None, errors)


class Form(Performing, forms.Form):
    required_css_class = "required"


class ModelForm(Performing, forms.ModelForm):
    """Fields and their validation only; the operation saves."""

    required_css_class = "required"

    def save(self, commit=True):
        raise TypeError("forms do not save; hand cleaned_data to an operation")


class RevisedModelForm(ModelForm):
    """A form for a row that others may edit at the same time: it carries the revision the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "revision" in self.fields:
            self.initial.setdefault("revision", self.instance.revision)


class ReasonForm(Form):
    """Asks for the reason of a move that needs one."""

    reason = forms.CharField(label="", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)

    def __init__(self, *args, label: str, hint: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint
