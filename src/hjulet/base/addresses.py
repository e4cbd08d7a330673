"""Addresses by the name of their page, looked up once per process: Django's own look-up takes longer than a cell does to draw."""

from functools import cache

from django.db.models import Model
from django.urls import reverse

SOME_KEY = 10**17  # stands in no address for anything else


@cache
def address(name: str) -> str:
    return reverse(name)


def address_of(name: str, *keys: int) -> str:
    """Of a page whose address holds numbers, mostly the one of its row."""
    return shape(name, len(keys)) % keys


def address_of_row(model: type[Model], key: int) -> str:
    """Of a row of which nothing but the key is known."""
    return shape_of_row(model) % key


@cache
def shape(name: str, count: int) -> str:
    return with_gaps(reverse(name, args=[SOME_KEY] * count))


@cache
def shape_of_row(model: type[Model]) -> str:
    return with_gaps(model(pk=SOME_KEY).get_absolute_url())  # type: ignore[attr-defined]


def with_gaps(url: str) -> str:
    return url.replace("%", "%%").replace(str(SOME_KEY), "%d")
