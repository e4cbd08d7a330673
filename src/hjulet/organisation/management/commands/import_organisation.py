from pathlib import Path

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import content_of
from hjulet.organisation.importing.operations import import_organisation
from hjulet.organisation.importing.result import Ended, ImportResult
from hjulet.organisation.models import Person


class Command(BaseCommand):
    help = "Läser in enheter, personer och roller från en Excel- eller CSV-fil."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FIL", type=Path, help="Filen med bladen Enheter och Personer, eller ett av dem som CSV."
        )
        parser.add_argument("--check", action="store_true", help="Säger vad som skulle hända, men sparar inget.")
        parser.add_argument(
            "--end",
            nargs="+",
            default=[],
            choices=[kind.value for kind in Ended],
            help="Avslutar det som har ett id här men inte finns i filen; annars räknas det bara upp.",
        )
        parser.add_argument(
            "--passwords", action="store_true", help="Ger nya personer engångslösenord och skriver ut dem."
        )

    def handle(self, *args, file, check, end, passwords, **options):
        self.tell(
            import_organisation(
                by=Person.objects.machine(),
                content=content_of(file),
                end=end,
                give_passwords=passwords,
                check=check,
            )
        )

    def tell(self, result: ImportResult) -> None:
        for heading, lines in (
            ("Nytt", result.new),
            ("Ändrat", result.changed),
            ("Avslutat", result.ended),
            ("Kunde inte avslutas", result.kept),
            ("Finns här men inte i filen, ligger kvar", result.missing),
            ("Läses inte", result.ignored),
        ):
            if lines:
                self.stdout.write(f"{heading} ({len(lines)}):")
                self.stdout.write("\n".join(f"  {line}" for line in lines))
        self.stdout.write(f"Oförändrat: {result.unchanged}.")
        if result.is_check:
            self.stdout.write("Inget är sparat: det här var en kontroll.")
            return
        for person, password in result.passwords:
            self.stdout.write(f"Engångslösenord för {person.name}, {person.email}: {password}")
        self.stdout.write("Inläst.")
