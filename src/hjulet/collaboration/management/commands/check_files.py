from django.core.management.base import CommandError
from tqdm import tqdm

from hjulet.base import commands
from hjulet.collaboration.attachments.queries import every_attachment, faults_of_files, unclaimed_files


class Command(commands.Command):
    help = "Kontrollerar att varje bilaga ligger på disken som den bifogades, till exempel efter en återställning."

    def handle(self, **options):
        attachments = every_attachment()
        total = attachments.count()
        with tqdm(attachments.iterator(chunk_size=2000), total=total, unit=" filer", disable=None, leave=False) as bar:
            faults = list(faults_of_files(bar))
        for attachment, what in faults:
            self.stdout.write(f"Bilaga {attachment.pk}, {attachment} ({attachment.file.name}): {what}.")
        for name, changed_at in unclaimed_files():
            self.stdout.write(f"{name}: hör inte till någon bilaga, skriven {changed_at:%Y-%m-%d}.")
        if faults:
            raise CommandError(f"{len(faults)} av {total} filer är inte som de ska. Hämta dem ur en säkerhetskopia.")
        self.stdout.write(f"Alla {total} filer finns och är oförändrade.")
