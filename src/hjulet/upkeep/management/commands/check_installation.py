import sys

from hjulet.base import commands
from hjulet.upkeep.findings import Level, everything

SUMS = {
    Level.FAULT: "Det finns fel att rätta.",
    Level.WARNING: "Det går, men det finns något att se över.",
    Level.OK: "Allt är bra.",
}


class Command(commands.Command):
    """`hjulet check`. Django has a `check` of its own."""

    help = "Går igenom inställningar, databas, mappar, mejl, klocka och säkerhetskopior. Slutar med status 1 vid fel."
    needs_database = False

    def handle(self, **options):
        found = list(everything())
        for finding in found:
            self.stdout.write(f"{finding.level:8}{finding.what}: {finding.said}")
        worst = next(level for level in SUMS if level == Level.OK or level in {finding.level for finding in found})
        self.stdout.write(SUMS[worst])
        if worst == Level.FAULT:
            sys.exit(1)
