from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from hjulet.base.commands import Command as BaseCommand
from hjulet.organisation.models import Person
from hjulet.rulebook.exchange.exporting import export_documents


class Command(BaseCommand):
    help = "Skriver alla styrande dokument som gäller till en mapp som går att läsa utan Kvalitetshjulet."

    def add_arguments(self, parser):
        parser.add_argument(
            "-o", "--output", required=True, type=Path, metavar="MAPP", help="En mapp som inte finns eller är tom."
        )

    def handle(self, *args, output, **options):
        if output.exists() and (not output.is_dir() or any(output.iterdir())):
            raise CommandError(f"{output} finns redan och är inte en tom mapp.")

        def put(path: str, content: bytes) -> None:
            place = output / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

        try:
            count = export_documents(
                put,
                Person.objects.machine(),
                timezone.localdate(),
                progress=lambda rows: tqdm(
                    rows, desc="Skriver", unit=" dokument", file=self.stderr, disable=None, leave=False
                ),
            )
        except OSError as error:
            raise CommandError(f"Det går inte att skriva i {output}: {error.strerror}.") from error
        self.stdout.write(f"{count} dokument är sparade i {output}. Öppna index.html.")
