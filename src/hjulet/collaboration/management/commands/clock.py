import argparse
import logging
import os
import signal
import sys
import time

from django.core.management.base import CommandError
from django.db import connections

from hjulet.base import commands
from hjulet.collaboration.clock.running import Outcome, run_duties
from hjulet.organisation.models import Person

BUSY = "En annan klocka är redan i gång. Den gör det som ska göras."
FAILED = "Det här gick inte: {names}. Resten är gjort. Rätta felet och kör ”hjulet clock” igen; inget görs två gånger."

logger = logging.getLogger(__name__)


class Command(commands.Command):
    help = "Gör allt som tiden har fört med sig: kontrolltillfällen, påminnelser, mejl. Det som har missats tas igen."

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="Bara det som står på tur. Det som görs en gång om dagen hoppas över när det är gjort.",
        )
        parser.add_argument(
            "--every",
            type=int,
            metavar="MINUTER",
            help="Fortsätter att gå, med så många minuter emellan, tills den stoppas. Gör bara det som står på tur.",
        )

        # For ”hjulet serve”: its process, which the clock does not outlive.
        parser.add_argument("--beside", type=int, help=argparse.SUPPRESS)

    def handle(self, *, waiting=False, every=None, beside=None, **options):
        if every:
            self.keep_going(every * 60, beside)
        else:
            self.do_round(only_waiting=waiting)

    def do_round(self, *, only_waiting):
        outcomes = run_duties(by=Person.objects.machine(), only_waiting=only_waiting)
        if outcomes is None:
            self.stdout.write(BUSY)
            return
        for outcome in outcomes:
            self.stdout.write(said(outcome))
        if failed := [str(outcome.duty.name) for outcome in outcomes if outcome.fault]:
            raise CommandError(FAILED.format(names=", ".join(failed)))

    def keep_going(self, seconds, beside):
        """Until told to stop, or until the one beside it is gone. A round that fails is no reason to stop."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        while is_there(beside):
            try:
                self.do_round(only_waiting=True)
            except CommandError as error:
                self.say(error)
            except Exception:
                logger.exception("clock: a round failed")
            connections.close_all()
            for _second in range(seconds):
                if is_there(beside):
                    time.sleep(1)


def is_there(starter: int | None) -> bool:
    return starter in {None, os.getppid()}


def said(outcome: Outcome) -> str:
    if outcome.fault:
        return f"{outcome.duty.name}: gick inte. {outcome.fault}"
    return f"{outcome.duty.name}: {'klart' if outcome.count is None else outcome.count}."
