"""A grid and a ring with something of everything in them."""

from hjulet.base.charts.heat_grid import Axis, GridCell, GridWords, HeatGrid, Movement, Step
from hjulet.base.charts.ring import Ring, RingWords, Sector

CHANCE = Axis(
    "Sannolikhet",
    (Step("1", "Osannolik"), Step("2", "Mindre sannolik"), Step("3", "Möjlig"), Step("4", "Sannolik")),
)
HARM = Axis(
    "Konsekvens",
    (Step("1", "Försumbar"), Step("2", "Lindrig"), Step("3", "Kännbar"), Step("4", "Allvarlig")),
)
BANDS = (("green", "Grön", 3), ("yellow", "Gul", 6), ("red", "Röd", 16))


def cell(column: int, row: int) -> GridCell:
    score = (column + 1) * (row + 1)
    tone, word = next((tone, word) for tone, word, highest in BANDS if score <= highest)
    return GridCell(column, row, tone, word, str(score), (column * 3 + row) % 5, f"/lista/?cell={column}{row}")


GRID = HeatGrid(
    title="Matris för 2026",
    description="Fyra gånger fyra celler. Flest ligger i den gula mitten och två har flyttat nedåt.",
    horizontal=HARM,
    vertical=CHANCE,
    cells=tuple(cell(column, row) for row in range(4) for column in range(4)),
    words=GridWords(things="st", new="nya", gone="borta", moved="flyttade"),
    movements=(
        Movement((3, 3), (2, 1), 2),
        Movement((1, 2), (2, 2), 1),
        Movement((2, 2), (1, 2), 3),
        Movement(None, (3, 1), 2),
        Movement((0, 0), None, 1),
    ),
)
RING = Ring(
    title="Året 2026",
    description="Två av fyra delar är på väg, en är klar och en saknar uppgifter.",
    sectors=(
        Sector("Planera", 1, "Klart", "Planen är antagen.", "green", 0, "/planera/"),
        Sector("Genomföra", 0.62, "På väg", "31 av 50 är gjorda.", "yellow", 3, "/genomfora/"),
        Sector("Följa upp", 0.08, "Försenat", "En av tolv är gjord.", "red", 12, "/folja-upp/"),
        Sector("Förbättra", None, "Inte börjat", "Ingen har svarat.", "neutral", 0, "/forbattra/"),
    ),
    words=RingWords("saknas", "Del", "Andel klart", "Läge", "Avbrott", "Mer"),
)
