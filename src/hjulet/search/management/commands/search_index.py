from tqdm import tqdm

from hjulet.base.commands import Command as BaseCommand
from hjulet.base.commands import take_stock
from hjulet.search.keeping import count_of_rows, index_anew


class Command(BaseCommand):
    help = "Bygger om sökregistret, till exempel efter en återläsning. Går att köra när som helst, hur ofta som helst."

    def handle(self, **options):
        total = count_of_rows()
        with tqdm(total=total, unit=" rader", disable=None, leave=False) as bar:
            index_anew(bar.update)
        take_stock()
        self.stdout.write(f"Sökregistret är klart: {total} rader.")
