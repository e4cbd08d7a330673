import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import NamedField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, ModelForm
from hjulet.organisation.choices import PersonField, ReachFilters, UnitFilter
from hjulet.organisation.people.models import Person
from hjulet.organisation.people.queries import people_visible_to
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices
from hjulet.organisation.units.queries import units_managed_by


class AssignForm(ModelForm):
    valid_from = DateField(label=_("Från och med"), initial=timezone.localdate)
    valid_to = DateField(
        label=_("Till och med"), required=False, help_text=_("Lämna tomt om rollen gäller tills vidare.")
    )

    class Meta:
        model = RoleAssignment
        fields = ["person", "role", "unit", "valid_from", "valid_to"]
        field_classes = {"person": PersonField, "unit": NamedField}

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            self.fields["person"].queryset = people_visible_to(person).filter(is_active=True)
        self.fields["unit"].queryset = units_managed_by(person)


class ManyAssignForm(AssignForm):
    """The same role to those who were chosen in the list of people."""

    person = None

    class Meta(AssignForm.Meta):
        fields = ["role", "unit", "valid_from", "valid_to"]


class EndForm(Form):
    valid_to = DateField(label=_("Sista dag"), initial=timezone.localdate)


class HoldersFilters(ReachFilters):
    READ = Permission.ORGANISATION_READ

    role = django_filters.ChoiceFilter(choices=role_choices, label=_("Roll"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    q = django_filters.CharFilter(field_name="person__name", lookup_expr="icontains", label=_("Sök namn"))

    class Meta:
        model = RoleAssignment
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)
