import django_filters
from allauth.account import forms as account
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.organisation.choices import ReachFilters, UnitFilter
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.roles.roles import role_choices


class LinkLast:
    """The way to a new password stands last on the page, and not before the field that asks for the old one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"password", "oldpassword"} & self.fields.keys():
            self.fields[name].help_text = ""


class LoginForm(LinkLast, account.LoginForm):
    pass


class ConfirmForm(LinkLast, account.ReauthenticateForm):
    pass


class ChangePasswordForm(LinkLast, account.ChangePasswordForm):
    pass


class PersonForm(RevisedModelForm):
    class Meta:
        model = Person
        fields = ["name", "email", "title", "external_id"]
        help_texts = {
            "email": _("Personen loggar in med den här adressen."),
            "external_id": _("Behövs bara om personer läses in från en fil: då känns personen igen på det."),
        }


class NewPersonForm(PersonForm):
    """Nobody else can have changed it yet."""

    revision = None


class LanguageForm(Form):
    language = forms.ChoiceField(
        label=_("Vilket språk vill du använda?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class PeopleFilters(ReachFilters):
    READ = Permission.ORGANISATION_READ

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Sök namn"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    role = django_filters.ChoiceFilter(choices=role_choices, method="in_role", label=_("Roll"), empty_label=_("Alla"))
    stopped = django_filters.BooleanFilter(method="only_stopped", label=_("Bara avstängda"), widget=forms.CheckboxInput)

    class Meta:
        model = Person
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(pk__in=self.held_today().filter(unit__path__startswith=unit.path).values("person"))

    def in_role(self, rows, name, role):
        return rows.filter(pk__in=self.held_today().filter(role=role).values("person"))

    def held_today(self):
        """Roles that the person who asks may see: a filter must not tell more than the list."""
        reach = units_within_reach(self.request.user, Permission.ORGANISATION_READ)
        return RoleAssignment.objects.on(timezone.localdate()).filter(unit__in=reach).order_by()

    def only_stopped(self, rows, name, value):
        return rows.filter(is_active=False) if value else rows
