"""How long a plan-sized document takes, in seconds and kilobytes.

Run with `PYTHONPATH=src:. python tests/bench/documents.py [FOLDER]`; the files are left in the folder.
"""

import resource
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

from django.conf import settings

from hjulet.base.charts import heat_grid
from hjulet.base.documents import html, pdf, word
from hjulet.base.documents.model import Cell, Column, Document, Figure, Heading, Paragraph, Row, Table, Text
from tests.base.charts.examples import GRID

REASON = "Uppgifter går förlorade när ett ärende byter handläggare och ingen läser hela akten på nytt."
STEP = "Inför en överlämning i två steg med checklista, och prova den i två grupper under våren."
CHECK = "Stickprov på tio ärenden varje tertial; andelen med fullständig överlämning ska vara 95 procent."


def document(groups: int, actions: int) -> Document:
    """A landscape table with a section per group and `actions` rows in all, after headings, text and a figure."""
    rows = []
    for group in range(groups):
        rows.append(Row((Text(f"{group + 1}. Trygg och säker handläggning, del {group + 1}"),), section=True))
        for number in range(actions // groups):
            span = (
                (
                    Cell(f"{group + 1}.1 {REASON}", rowspan=actions // groups, header=True),
                    Cell(REASON, rowspan=actions // groups),
                )
                if number == 0
                else ()
            )
            tone = ("green", "yellow", "red")[number % 3]
            rows.append(
                Row((*span, Cell(f"{number + 1} {tone}", tone=tone), Cell(STEP), Cell(CHECK), Cell("2026-05-31")))
            )
    table = Table(
        "Åtgärder och kontroller",
        (Column(3), Column(3), Column(1), Column(4), Column(4), Column(1.5)),
        (Row(("Händelse", "Orsak", "Nivå", "Åtgärd", "Kontroll", "Klart")),),
        tuple(rows),
    )
    figure = Figure(heat_grid.draw(GRID), GRID.title, GRID.description, heat_grid.as_table(GRID), width=0.5)
    return Document(
        title=f"Plan med {actions} åtgärder",
        organisation="Socialnämnden",
        date=date(2026, 1, 15),
        landscape=True,
        blocks=(
            Heading(1, "Inledning"),
            Paragraph(REASON, "lead"),
            Paragraph(CHECK),
            figure,
            Heading(1, "Planen"),
            table,
        ),
    )


def main(folder: str | None = None) -> None:
    settings.configure(USE_I18N=False)
    print(f"{'':28}{'first':>8}{'next':>8}{'kB':>8}")
    for groups, actions in ((50, 150), (50, 400)):
        plan = document(groups, actions)
        for name, render in (("html", html.render_page), ("docx", word.render), ("pdf", pdf.render)):
            seconds = []
            for _ in range(2):
                start = perf_counter()
                made = render(plan)
                seconds.append(perf_counter() - start)
            print(f"{f'{actions} actions, {name}':28}{seconds[0]:8.2f}{seconds[1]:8.2f}{len(made) / 1024:8.0f}")
            if folder:
                content = made if isinstance(made, bytes) else made.encode()
                Path(folder, f"{actions}.{name}").write_bytes(content)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
