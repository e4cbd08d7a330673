"""Addresses by the name of their page, looked up once per process: Django's own look-up takes longer than a cell does to draw."""

from functools import cache

from django.db.models import Model
from django.urls import reverse

SOME_KEY = 10**17  # stands in no address for anything else


@cache
def address(name: str) -> str:
    return reverse(name)


def address_of(name: str, key: int) -> str:
    """Of a page whose address holds one number, that of its row."""
    before, after = around(name)
    return f"{before}{key:d}{after}"


def address_of_row(model: type[Model], key: int) -> str:
    """Of a row of which nothing but the key is known."""
    before, after = around_row(model)
    return f"{before}{key:d}{after}"


@cache
def around_row(model: type[Model]) -> tuple[str, str]:
    before, _number, after = model(pk=SOME_KEY).get_absolute_url().partition(str(SOME_KEY))  # type: ignore[attr-defined]
    return before, after


@cache
def around(name: str) -> tuple[str, str]:
    before, _number, after = reverse(name, args=[0]).rpartition("0")
    return before, after
