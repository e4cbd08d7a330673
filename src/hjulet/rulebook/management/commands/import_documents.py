from pathlib import Path

from django.core.management.base import CommandError
from tqdm import tqdm

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import content_of
from hjulet.organisation.models import Person, Unit
from hjulet.rulebook.exchange.folders import files_in_folder, files_in_zip
from hjulet.rulebook.exchange.importing import ImportResult, import_documents


class Command(BaseCommand):
    help = "Läser in styrande dokument ur en mapp eller en zip-fil med en innehållsförteckning i Excel."

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="MAPP", type=Path, help="Mappen eller zip-filen med innehall.xlsx.")
        parser.add_argument("--namnd", required=True, metavar="NÄMND", help="Nämnden som dokumenten hör till.")
        parser.add_argument("--check", action="store_true", help="Säger vad som skulle hända, men sparar inget.")

    def handle(self, *args, source, namnd, check, **options):
        committee = Unit.objects.committees().filter(name=namnd).first()
        if committee is None:
            names = ", ".join(Unit.objects.committees().order_by("name").values_list("name", flat=True))
            raise CommandError(f"Nämnden ”{namnd}” finns inte. Välj bland: {names}.")
        result = import_documents(
            by=Person.objects.machine(),
            committee=committee,
            files=files_in_folder(source) if source.is_dir() else files_in_zip(content_of(source)),
            check=check,
            progress=lambda rows: tqdm(
                rows, desc="Läser in", unit=" dokument", file=self.stderr, disable=None, leave=False
            ),
        )
        self.tell(result)

    def tell(self, result: ImportResult) -> None:
        for heading, lines in (("Nytt", result.new), ("Ändrat", result.changed)):
            if lines:
                self.stdout.write(f"{heading} ({len(lines)}):")
                self.stdout.write("\n".join(f"  {line}" for line in lines))
        self.stdout.write(f"Oförändrat: {result.unchanged} dokument.")
        if result.is_check:
            self.stdout.write("Inget är sparat: det här var en kontroll.")
