"""The questions about an action, filled in with what it comes from."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.states import OPEN
from hjulet.base.forms.choices import SoughtField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, ModelForm
from hjulet.organisation.choices import PersonField
from hjulet.organisation.models import Person
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission


class LeadActionForm(ModelForm):
    due_date = DateField(label=_("Klart senast"), required=False)

    class Meta:
        model = Action
        fields = ["title", "description", "type", "owner_person", "owner_role", "due_date"]
        field_classes = {"owner_person": PersonField}
        help_texts = {"owner_person": _("Välj en person, eller en roll i enheten.")}

    def __init__(self, *args: Any, person: Person, title: str, description: str, **kwargs: Any):
        super().__init__(*args, initial={"title": title[:200], "description": description}, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.ACTIONS_READ)


class LinkActionForm(Form):
    action = SoughtField(Action.objects.none(), label=_("Åtgärd"))

    def __init__(self, *args: Any, person: Person, row: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        open_here = actions_visible_to(person).filter(unit__committee=row.unit.committee_id, state__in=OPEN)
        self.fields["action"].queryset = open_here.exclude(pk__in=row.actions.order_by().values("pk"))
