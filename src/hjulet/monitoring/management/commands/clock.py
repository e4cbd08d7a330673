from django.utils import timezone

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import take_stock
from hjulet.monitoring.self_monitoring.operations import create_due_occurrences
from hjulet.organisation.models import Person


class Command(BaseCommand):
    help = "Lägger ut de kontrolltillfällen som tiden har fört med sig. Kör varje natt; en missad natt tas igen."

    def handle(self, **options):
        count = create_due_occurrences(by=Person.objects.machine(), day=timezone.localdate())
        take_stock()
        self.stdout.write(f"Nya kontrolltillfällen: {count}.")
