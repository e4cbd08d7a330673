"""Filters that need behaviour of their own; every other is django-filter's."""

from typing import Any

import django_filters
from django import forms

from hjulet.base.forms.fields import DateField


class DayFilter(django_filters.Filter):
    field_class = DateField


class YearFilter(django_filters.NumberFilter):
    """Rows of one year. No calendar has a year -1 or 10 000, and a date of such a one is a fault and no answer."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any):
        super().__init__(min_value=1900, max_value=2200, **kwargs)
