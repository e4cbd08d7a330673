from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SeveralField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form
from hjulet.organisation.choices import ReachFilters
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.documents.models import DocumentVersion
from hjulet.rulebook.receipts.concerned import asks_role, not_read_by_all
from hjulet.rulebook.receipts.models import ReadingRequest
from hjulet.rulebook.receipts.queries import requests_awaiting, units_to_ask_in


def reader_choices() -> list[tuple[str, Any]]:
    return [(role.key, role.name) for role in ROLES.values() if role.grants(Permission.RULEBOOK_READ)]


class AskForm(Form):
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("I vilken enhet?"),
        required=False,
        empty_label=_("Alla enheter som dokumentet gäller för"),
        help_text=_("Det som hör till enheten räknas med."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Vilka roller?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=reader_choices,
        help_text=_("Välj ingen om alla som arbetar där ska läsa. Den som får rollen senare ser det också."),
    )
    due_date = DateField(label=_("Läst senast"))

    def __init__(self, *args: Any, person: Person, version: DocumentVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_ask_in(person, version.document)
        self.initial["roles"] = version.document.roles


class SeveralForm(Form):
    """The boxes of the page "Att läsa"."""

    requests = SeveralField(
        ReadingRequest.objects.none(),
        label=_("Dokument"),
        error_messages={"required": _("Välj minst ett dokument.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["requests"].queryset = requests_awaiting(person)


class ReadingFilters(ReachFilters):
    READ = Permission.RULEBOOK_READ

    q = django_filters.CharFilter(field_name="version__title", lookup_expr="icontains", label=_("Sök"))
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), method="in_unit", label=_("Enhet och det som hör till"), empty_label=_("Alla")
    )
    role = django_filters.ChoiceFilter(choices=reader_choices, method="of_role", label=_("Roll"), empty_label=_("Alla"))
    earlier = django_filters.BooleanFilter(
        method="also_earlier", label=_("Också det som inte längre ska läsas"), widget=forms.CheckboxInput
    )
    overdue = django_filters.BooleanFilter(method="only_overdue", label=_("Bara försenade"), widget=forms.CheckboxInput)

    class Meta:
        model = ReadingRequest
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)

    def of_role(self, rows, name, role):
        return rows.filter(asks_role(role))

    def also_earlier(self, rows, name, value):
        return rows if value else rows.open_on(timezone.localdate())

    def only_overdue(self, rows, name, value):
        today = timezone.localdate()
        return rows.overdue(today).filter(not_read_by_all(today)) if value else rows
