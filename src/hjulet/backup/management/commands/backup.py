from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hjulet.backup.management.passphrase import chosen_passphrase
from hjulet.backup.taking import Taken, nightly_backup, suffix, take_backup
from hjulet.base import commands

DONE = "Säkerhetskopian är sparad i {path}: {rows} rader och {files} filer, {size:.1f} MB."
ALREADY = "Dagens säkerhetskopia finns redan i {folder}."
MISSING = "{count} filer som databasen nämner saknas på disken och är inte med: {names}"


class Command(commands.Command):
    help = "Säkerhetskopierar allt till en fil: databasen och bilagorna. Går bra medan andra arbetar."
    needs_database = False

    def add_arguments(self, parser):
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FIL",
            help="Var kopian ska sparas. Standard är en fil med dagens datum i mappen HJULET_BACKUPS.",
        )
        parser.add_argument(
            "--encrypt",
            action="store_true",
            help="Krypterar kopian med en lösenfras: den i HJULET_BACKUP_PASSPHRASE, annars frågar kommandot.",
        )
        parser.add_argument(
            "--nightly",
            action="store_true",
            help="Nattens kopia: en om dagen, krypterad om HJULET_BACKUP_PASSPHRASE finns. Gallrar de äldre: "
            "7 dagar, 4 veckor och 12 månader blir kvar.",
        )

    def handle(self, *args, file, encrypt, nightly, **options):
        commands.require_answer()
        if nightly:
            if file or encrypt:
                raise commands.CommandError("--nightly går inte att ange tillsammans med en fil eller --encrypt.")
            taken = nightly_backup(day=timezone.localdate())
        else:
            passphrase = chosen_passphrase() if encrypt else ""
            taken = take_backup(file or default_file(passphrase), passphrase=passphrase)
        self.tell(taken)

    def tell(self, taken: Taken | None) -> None:
        if taken is None:
            self.stdout.write(ALREADY.format(folder=settings.BACKUP_FOLDER))
            return
        size = taken.path.stat().st_size / 1_000_000
        self.stdout.write(DONE.format(path=taken.path, rows=taken.rows, files=taken.files, size=size))
        if taken.missing_files:
            names = ", ".join(taken.missing_files)
            self.stderr.write(MISSING.format(count=len(taken.missing_files), names=names))


def default_file(passphrase: str) -> Path:
    return settings.BACKUP_FOLDER / f"hjulet-{timezone.localtime():%Y-%m-%d-%H%M%S}{suffix(passphrase)}"
