from pathlib import Path

from django.conf import settings

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.documents.word import TEMPLATE


class Command(BaseCommand):
    help = "Sparar Word-mallen så att ni kan ändra dess formatmallar."
    needs_database = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FIL.docx", type=Path, help="Var mallen ska sparas.")

    def handle(self, *args, file, **options):
        file.write_bytes(TEMPLATE.read_bytes())
        self.stdout.write(f"Mallen är sparad i {file}.")
        self.stdout.write(f"Ändra formatmallarna i Word och lägg filen här: {settings.WORD_TEMPLATE}")
