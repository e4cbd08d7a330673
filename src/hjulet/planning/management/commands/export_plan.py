from pathlib import Path

from django.core.management.base import CommandError

from hjulet.base.commands import Command as BaseCommand
from hjulet.planning.management.plans import add_plan_arguments, committee_called
from hjulet.planning.quality_plan.queries import Format, latest_plan, plan_file


class Command(BaseCommand):
    help = "Skriver en kvalitetsplan till en fil: Excel, Word, PDF eller webbsida."

    def add_arguments(self, parser):
        add_plan_arguments(parser)
        parser.add_argument("--format", required=True, choices=["xlsx", "docx", "pdf", "html"], help="Filens format.")
        parser.add_argument("-o", "--output", required=True, type=Path, metavar="FIL", help="Var filen ska sparas.")

    def handle(self, *args, namnd, year, format, output, **options):
        committee = committee_called(namnd)
        plan = latest_plan(committee, year)
        if plan is None:
            raise CommandError(f"{committee.name} har ingen kvalitetsplan för {year}.")
        try:
            output.write_bytes(plan_file(plan, Format(format)).content)
        except OSError as error:
            raise CommandError(f"Filen {output} går inte att skriva. Se efter att mappen finns.") from error
        state = plan.get_state_display().lower()
        self.stdout.write(f"{plan}, version {plan.version} ({state}) är sparad i {output}.")
