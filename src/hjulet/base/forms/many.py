"""The form that changes several rows at once."""

from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import Form

EMPTY = (None, "", [])


class ManyForm(Form):
    """What several rows are to have in common; what is left empty stays as it is in each."""

    def clean(self) -> dict:
        typed = {name: value for name, value in super().clean().items() if value not in EMPTY}
        if not self.errors and not typed:
            self.add_error(None, _("Fyll i det som ska ändras."))
        return typed
