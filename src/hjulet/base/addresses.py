"""Addresses by the name of their page, looked up once per process: Django's own look-up takes longer than a cell does to draw."""

from functools import cache

from django.urls import reverse


@cache
def address(name: str) -> str:
    return reverse(name)


def address_of(name: str, key: int) -> str:
    """Of a page whose address holds one number, that of its row."""
    before, after = around(name)
    return f"{before}{key:d}{after}"


@cache
def around(name: str) -> tuple[str, str]:
    before, _number, after = reverse(name, args=[0]).rpartition("0")
    return before, after
