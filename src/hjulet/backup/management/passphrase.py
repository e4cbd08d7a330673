"""Where the passphrase of a backup comes from: the setting, else the person at the terminal."""

import sys
from getpass import getpass

from django.conf import settings

from hjulet.base.commands import CommandError

SHORTEST = 12


def chosen_passphrase() -> str:
    """The passphrase of a new file, typed twice."""
    if settings.BACKUP_PASSPHRASE:
        return settings.BACKUP_PASSPHRASE
    first = asked("Lösenfras: ")
    if len(first) < SHORTEST:
        raise CommandError(f"Lösenfrasen är för kort. Ta minst {SHORTEST} tecken, gärna några ord.")
    if asked("Samma lösenfras en gång till: ") != first:
        raise CommandError("De två lösenfraserna är olika. Börja om.")
    return first


def known_passphrase() -> str:
    """The passphrase of a file that is sealed already."""
    return settings.BACKUP_PASSPHRASE or asked("Lösenfras: ")


def asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError("Lösenfrasen saknas. Ange den i HJULET_BACKUP_PASSPHRASE.")
    return getpass(question)
