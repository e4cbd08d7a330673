from pathlib import Path

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hjulet.backup.archive import Manifest, needs_passphrase
from hjulet.backup.management.passphrase import known_passphrase
from hjulet.backup.restoring import examine, restore
from hjulet.base import commands

WHAT = "Säkerhetskopian är från {created}, version {version}: {rows} rader och {files} filer."
WHOLE = "Den är hel och kan återställas här."
SAFETY = "Det som fanns här förut är säkerhetskopierat i {path}."
DONE = "Allt är återställt. Starta om webbplatsen. Alla får logga in igen."
FAULTS = "Ändringsloggen har {faults} fel som fanns redan i säkerhetskopian. ”hjulet audit verify” visar dem."
MISSING = "{count} filer saknades redan när kopian togs: {names}"


class Command(commands.Command):
    help = "Återställer allt från en säkerhetskopia. Stanna webbplatsen först."
    needs_database = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FIL", help="Säkerhetskopian.")
        parser.add_argument(
            "--check", action="store_true", help="Läser hela kopian och säger om den är hel, men ändrar inget."
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Ersätter det som finns här. Det säkerhetskopieras först, med samma lösenfras.",
        )

        parser.add_argument(
            "--without-safety",
            action="store_true",
            help="Ersätter utan att säkerhetskopiera först. För en databas som är nyare än programmet.",
        )

    def handle(self, *args, file, check, overwrite, without_safety, **options):
        passphrase = known_passphrase() if needs_passphrase(file) else ""
        if check:
            self.tell(examine(file, passphrase=passphrase))
            self.stdout.write(WHOLE)
            return
        restored = restore(file, passphrase=passphrase, overwrite=overwrite, with_safety=not without_safety)
        self.tell(restored.manifest)
        if restored.safety:
            self.stdout.write(SAFETY.format(path=restored.safety.path))
        if restored.faults:
            self.stderr.write(FAULTS.format(faults=restored.faults))
        self.stdout.write(DONE)

    def tell(self, manifest: Manifest) -> None:
        created = timezone.localtime(parse_datetime(manifest.created))
        self.stdout.write(
            WHAT.format(
                created=f"{created:%Y-%m-%d %H:%M}",
                version=manifest.version,
                rows=manifest.row_count,
                files=len(manifest.file_names),
            )
        )
        if manifest.missing_files:
            names = ", ".join(manifest.missing_files)
            self.stderr.write(MISSING.format(count=len(manifest.missing_files), names=names))
