from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SoughtField
from hjulet.base.forms.performing import ModelForm
from hjulet.organisation.models import Person
from hjulet.rulebook.laws.queries import provisions_to_choose
from hjulet.rulebook.links.models import GOVERNING, RuleLink
from hjulet.rulebook.links.queries import RULES


class LinkForm(ModelForm):
    """One thing at a time: the constraint says so when there are two or none."""

    document = SoughtField(queryset=None, label=_("Styrande dokument"), required=False, empty_label=_("Välj"))
    process = SoughtField(queryset=None, label=_("Process"), required=False, empty_label=_("Välj"))
    agreement = SoughtField(queryset=None, label=_("Avtal"), required=False, empty_label=_("Välj"))
    provision = SoughtField(queryset=None, label=_("Lagrum"), required=False, empty_label=_("Välj"))

    class Meta:
        model = RuleLink
        fields = [*GOVERNING, "note"]
        help_texts = {"note": _("Till exempel: Stickprovet ser om rutinen följs.")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("document", "process", "agreement"):
            self.fields[name].queryset = RULES[name](person)
        self.fields["provision"].queryset = provisions_to_choose()
        self.fields["provision"].words = "heading"
