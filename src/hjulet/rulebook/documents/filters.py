from datetime import date

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.choices import ReachFilters, UnitFilter
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices
from hjulet.rulebook.documents.models import DocumentKind, GoverningDocument
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.quality_areas.models import QualityArea


class DocumentFilters(ReachFilters):
    READ = Permission.RULEBOOK_READ
    more = ("area", "provision", "owner_role", "day", "without", "discarded")

    q = django_filters.CharFilter(method="with_words", label=_("Sök i titel och sökord"))
    kind = django_filters.ModelChoiceFilter(queryset=DocumentKind.objects.all(), label=_("Slag"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    area = django_filters.ModelChoiceFilter(
        field_name="quality_areas",
        queryset=QualityArea.objects.all(),
        label=_("Kvalitetsområde"),
        empty_label=_("Alla"),
    )
    provision = django_filters.ModelChoiceFilter(
        field_name="provisions",
        queryset=Provision.objects.select_related("law"),
        label=_("Lagrum"),
        empty_label=_("Alla"),
    )
    owner_role = django_filters.ChoiceFilter(choices=role_choices, label=_("Ansvarig roll"), empty_label=_("Alla"))
    day = django_filters.DateFilter(
        method="in_force_on", label=_("Gällde den"), widget=forms.DateInput(format="%Y-%m-%d")
    )
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina att göra"), widget=forms.CheckboxInput)
    overdue = django_filters.BooleanFilter(
        method="only_overdue", label=_("Bara de som ska ses över"), widget=forms.CheckboxInput
    )
    without = django_filters.BooleanFilter(
        method="only_ownerless", label=_("Bara utan ansvarig"), widget=forms.CheckboxInput
    )
    discarded = django_filters.BooleanFilter(
        method="also_discarded", label=_("Visa även slopade utkast"), widget=forms.CheckboxInput
    )

    class Meta:
        model = GoverningDocument
        fields: list[str] = []

    def with_words(self, rows, name, value):
        for word in value.split():
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(title__icontains=word.capitalize())
                | Q(search_words__icontains=word)
                | Q(summary__icontains=word)
            )
        return rows

    def in_force_on(self, rows, name, day: date):
        return rows.in_force_on(day).with_version_of(day)

    def only_overdue(self, rows, name, value):
        return rows.to_review(timezone.localdate()) if value else rows

    def also_discarded(self, rows, name, value):
        return rows if value else rows.not_discarded()

    def only_ownerless(self, rows, name, value):
        return rows.filter(owner_person=None, owner_role="") if value else rows
