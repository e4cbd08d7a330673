"""The question who is responsible, put about several rows at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.many import ManyForm
from hjulet.organisation.choices import PersonField
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices


class SharedOwnerForm(ManyForm):
    """`READ` decides whom the person may choose among."""

    READ: Permission

    owner_person = PersonField(
        Person.objects.none(), label=_("Ansvarig person"), required=False, empty_label=_("Ändras inte")
    )
    owner_role = forms.ChoiceField(label=_("Ansvarig roll"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, self.READ)
        self.fields["owner_role"].choices = [("", _("Ändras inte")), *role_choices()]

    def clean(self) -> dict:
        """A new owner takes the place of the one there was."""
        typed = super().clean()
        owner = {name: typed[name] for name in ("owner_person", "owner_role") if name in typed}
        if len(owner) == 2:
            self.add_error("owner_role", _("Välj en person eller en roll som ansvarig, inte båda."))
        return {"owner_person": None, "owner_role": ""} | typed if owner else typed
