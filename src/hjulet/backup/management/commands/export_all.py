from pathlib import Path

from hjulet.backup.exporting import export_all
from hjulet.base import commands

DONE = "Allt är uttaget till {path}: {rows} rader och {files} filer. Börja med LÄS MIG.txt i arkivet."
CAUTION = "Arkivet är inte krypterat och innehåller uppgifter från alla nämnder. Förvara det säkert."
MISSING = "{count} filer som databasen nämner saknas på disken och är inte med: {names}"


class Command(commands.Command):
    help = "Tar ut allt i öppna format till en zip-fil: tabeller, bilagor och beslutade dokument."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FIL.zip", help="Var filen ska sparas.")

    def handle(self, *args, file, **options):
        exported = export_all(file)
        self.stdout.write(DONE.format(path=exported.path, rows=exported.rows, files=exported.files))
        self.stdout.write(CAUTION)
        if exported.missing_files:
            names = ", ".join(exported.missing_files)
            self.stderr.write(MISSING.format(count=len(exported.missing_files), names=names))
