"""What the lists of controls, of duties and of their occasions are filtered by in the same way."""

from django.utils import timezone

from hjulet.organisation.choices import ReachFilters
from hjulet.organisation.roles.permissions import Permission


class OwnedFilters(ReachFilters):
    """`unit` offers the units whose controls the person reads; a list names the methods that it has use for."""

    READ = Permission.CONTROLS_READ

    def only_overdue(self, rows, name, value):
        return rows.overdue(timezone.localdate()) if value else rows
