from pathlib import Path

from tqdm import tqdm

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import content_of
from hjulet.organisation.models import Person
from hjulet.planning.management.plans import add_plan_arguments, committee_called
from hjulet.planning.quality_plan.importing import import_plan
from hjulet.planning.quality_plan.taking import ImportResult


class Command(BaseCommand):
    help = "Läser in en kvalitetsplan från en Excel-fil."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FIL.xlsx", type=Path, help="Filen med bladen Risker, Åtgärder, Egenkontroll."
        )
        add_plan_arguments(parser)
        parser.add_argument("--check", action="store_true", help="Säger vad som skulle hända, men sparar inget.")

    def handle(self, *args, file, namnd, year, check, **options):
        result = import_plan(
            by=Person.objects.machine(),
            committee=committee_called(namnd),
            year=year,
            content=content_of(file),
            check=check,
            progress=lambda rows: tqdm(
                rows, desc="Läser in", unit=" rader", file=self.stderr, disable=None, leave=False
            ),
        )
        self.tell(result)

    def tell(self, result: ImportResult) -> None:
        for heading, lines in (
            ("Nytt", result.new),
            ("Ändrat", result.changed),
            ("Finns i Kvalitetshjulet men inte i filen, ligger kvar", result.only_here),
        ):
            if lines:
                self.stdout.write(f"{heading} ({len(lines)}):")
                self.stdout.write("\n".join(f"  {line}" for line in lines))
        self.stdout.write(f"Oförändrat: {result.unchanged} rader.")
        self.stdout.write("Inget är sparat: det här var en kontroll." if result.is_check else f"Inläst: {result.plan}.")
