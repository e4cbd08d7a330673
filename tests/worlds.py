"""What many tests begin with, made once: each takes back what it does there, and the last one the whole."""

import time_machine
from django.db import transaction
from django.utils import translation

from tests.conftest import NOW


def standing(make, blocker, *, at=NOW):
    """What `make` returns, for a fixture of a wider scope to `yield from`.

    Only for a folder or a file whose tests all begin there: the rows stand for every test until the scope ends.
    """
    with blocker.unblock(), transaction.atomic():
        with time_machine.travel(at, tick=False), translation.override("sv"):
            made = make()
        yield made
        transaction.set_rollback(True)
