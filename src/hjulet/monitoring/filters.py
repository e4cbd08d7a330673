"""What the lists of controls, of duties, of indicators and of their occasions are filtered by in the same way."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone

from hjulet.organisation.choices import ReachFilters
from hjulet.organisation.roles.permissions import Permission


class OwnedFilters(ReachFilters):
    """`unit` offers the units whose controls the person reads; a list names the methods that it has use for."""

    READ = Permission.CONTROLS_READ

    def only_overdue(self, rows, name, value):
        return rows.overdue(timezone.localdate()) if value else rows


class DueFilter(django_filters.DateFilter):
    """One end of the days by which something is to be done."""

    def __init__(self, lookup_expr: str, **options: Any):
        widget = forms.DateInput(format="%Y-%m-%d")
        super().__init__(field_name="due_date", lookup_expr=lookup_expr, widget=widget, **options)
