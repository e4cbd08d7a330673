"""What the lists of controls, of duties and of their occasions are filtered by in the same way."""

from typing import Any

import django_filters
from django.utils import timezone

from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach


class OwnedFilters(django_filters.FilterSet):
    """`unit` offers the units whose controls the person reads; a list names the methods that it has use for."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["unit"].queryset = units_within_reach(self.request.user, Permission.CONTROLS_READ).order_by("path")

    def only_mine(self, rows, name, value):
        return rows.owned_by(self.request.user) if value else rows

    def only_overdue(self, rows, name, value):
        return rows.overdue(timezone.localdate()) if value else rows
