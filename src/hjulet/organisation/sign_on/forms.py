import django_filters
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import RevisedModelForm
from hjulet.organisation.choices import Filters
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.roles import role_choices
from hjulet.organisation.sign_on.models import GroupRole
from hjulet.organisation.units.queries import units_managed_by


class GroupRoleForm(RevisedModelForm):
    class Meta:
        model = GroupRole
        fields = ["value", "role", "unit"]
        help_texts = {
            "value": _("Precis som inloggningstjänsten skriver den, till exempel ett namn eller en lång kod."),
            "unit": _("Rollen gäller i enheten och det som hör till den."),
        }

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_managed_by(person)


class NewGroupRoleForm(GroupRoleForm):
    """Nobody else can have changed it yet."""

    revision = None


class GroupRoleFilters(Filters):
    q = django_filters.CharFilter(field_name="value", lookup_expr="icontains", label=_("Sök grupp"))
    role = django_filters.ChoiceFilter(choices=role_choices, label=_("Roll"), empty_label=_("Alla"))

    class Meta:
        model = GroupRole
        fields = []
