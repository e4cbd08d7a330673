"""A form that hands its cleaned data to an operation and shows what the operation says back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from hjulet.base.operations import EditConflict, Refused


class Performing:
    """Gives a form `performs`: valid input reaches the operation, a refusal comes back as an error of the form."""

    result: Any = None
    conflicts: list[tuple[str, str, str]]

    def performs(self, operation: Callable[..., Any], **fixed: Any) -> bool:
        """True when the person sent the form, it was valid and the operation was done; `result` holds its answer."""
        self.conflicts = []
        if not self.is_bound or not self.is_valid():
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

    def show_both_versions(self, current) -> None:
        """List field by field what was typed beside what now stands, and let the next save start from that."""
        for name, value in self.cleaned_data.items():
            if name != "revision" and name in self.fields and getattr(current, name, value) != value:
                standing = getattr(current, name)
                self.conflicts.append((str(self.fields[name].label or name), str(value), str(standing)))
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(current.revision)

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
