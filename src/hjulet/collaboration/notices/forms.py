from django import forms

from hjulet.base.forms.performing import Form
from hjulet.collaboration.notices.kinds import KINDS


class MailForm(Form):
    """One question for each kind of notice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in KINDS.values():
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.name, help_text=kind.description, choices=kind.choices, widget=forms.RadioSelect
            )
