"""What the commands about plans have in common: a nämnd and a year."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from hjulet.organisation.models import Unit


def add_plan_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--namnd", required=True, metavar="NAMN", help="Nämnden som planen gäller.")
    parser.add_argument("--year", required=True, type=int, metavar="ÅR", help="Året som planen gäller.")


def committee_called(name: str) -> Unit:
    """The nämnd, whatever the case of the letters; CommandError names those there are."""
    committees = {unit.name.casefold(): unit for unit in Unit.objects.committees().order_by("name")}
    if found := committees.get(name.strip().casefold()):
        return found
    known = ", ".join(unit.name for unit in committees.values())
    raise CommandError(f"Nämnden ”{name}” finns inte. De som finns: {known or 'ingen än'}.")
