from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, ModelForm
from hjulet.monitoring.agreement_follow_ups.models import AgreementFollowUp, RequirementVerdict, Verdict
from hjulet.monitoring.agreement_follow_ups.queries import requirements_to_judge
from hjulet.monitoring.recurring_duties.calendar import months_after
from hjulet.organisation.choices import PersonField
from hjulet.organisation.models import Person
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.models import Agreement


class FollowUpForm(Form):
    """What was seen as a whole, and a verdict with a note for each requirement."""

    done_date = DateField(label=_("Vilken dag gjordes uppföljningen?"))
    summary = forms.CharField(
        label=_("Vad visade uppföljningen?"),
        help_text=_("Skriv inga namn på enskilda."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=AgreementFollowUp._meta.get_field("summary").max_length,
    )
    measures = forms.CharField(
        label=_("Vad ska göras?"),
        required=False,
        help_text=_("Av ett krav som inte är uppfyllt gör du sedan en åtgärd med en knapp."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=AgreementFollowUp._meta.get_field("measures").max_length,
    )
    next_follow_up_date = DateField(label=_("Följs upp nästa gång senast"), required=False)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.requirements = requirements_to_judge(agreement)
        today = timezone.localdate()
        self.initial["done_date"] = today
        if agreement.follow_up_months:
            self.initial["next_follow_up_date"] = months_after(today, agreement.follow_up_months)
        for requirement in self.requirements:
            self.add_questions(requirement)

    def add_questions(self, requirement: Any) -> None:
        said = {"order": requirement.order, "text": requirement.text}
        critical = _("Kritiskt krav. ") if requirement.is_critical else ""
        self.fields[f"verdict_{requirement.pk}"] = forms.ChoiceField(
            label=_("Krav %(order)s: %(text)s") % said,
            choices=[("", _("Inte granskat den här gången")), *Verdict.choices],
            required=False,
            help_text=f"{critical}{requirement.method}",
        )
        self.fields[f"note_{requirement.pk}"] = forms.CharField(
            label=_("Krav %(order)s, vad bedömningen bygger på") % said,
            required=False,
            max_length=RequirementVerdict._meta.get_field("note").max_length,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self) -> dict:
        """As `record_follow_up` takes it: what was not looked at is not there."""
        typed = self.cleaned_data
        opinions = {}
        for requirement in self.requirements:
            verdict, note = (typed.pop(f"{part}_{requirement.pk}", "") for part in ("verdict", "note"))
            if note and not verdict:
                self.add_error(f"verdict_{requirement.pk}", _("Välj en bedömning, eller ta bort texten."))
            elif verdict and verdict != Verdict.FULFILLED and not note.strip():
                self.add_error(f"note_{requirement.pk}", _("Skriv vad som brister."))
            elif verdict:
                opinions[requirement] = (verdict, note)
        return typed | {"opinions": opinions}


class RequirementActionForm(ModelForm):
    due_date = DateField(label=_("Klart senast"), required=False)

    class Meta:
        model = Action
        fields = ["title", "description", "type", "owner_person", "owner_role", "due_date"]
        field_classes = {"owner_person": PersonField}
        help_texts = {"owner_person": _("Välj en person, eller en roll i enheten.")}

    def __init__(self, *args: Any, person: Person, verdict: RequirementVerdict, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.ACTIONS_READ)
        title = str(_("Uppfyll kravet: %(text)s") % {"text": verdict.text})
        longest = Action._meta.get_field("title").max_length or 0
        self.initial["title"] = title if len(title) <= longest else f"{title[: longest - 1]}…"
        self.initial["description"] = verdict.note
