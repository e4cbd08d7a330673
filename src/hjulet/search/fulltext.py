"""The two full text engines. They only answer which entries hold which words; all else is the same for both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, migrations
from django.db.models import BooleanField, F, Func

from hjulet.search.words import stems_of

TITLE, TITLE_STEMS, BODY, BODY_STEMS = "title", "title_stems", "body", "body_stems"
# PostgreSQL has four marks for where in a text a word stands.
MARKS: Final = {TITLE: "A", TITLE_STEMS: "B", BODY: "C", BODY_STEMS: "D"}

# Stands before the kind of an entry among its words, and in no word that anyone writes.
KIND: Final = "§"

CREATE = {
    # The words come folded and split, and `ascii` leaves every other letter as it is.
    "sqlite": ["CREATE VIRTUAL TABLE search_words USING fts5(title, title_stems, body, body_stems, tokenize='ascii')"],
    "postgresql": [
        "CREATE TABLE search_words (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX search_words_words ON search_words USING gin (words) WITH (fastupdate = off)",
    ],
}
ADD = {
    "sqlite": "INSERT INTO search_words (rowid, title, title_stems, body, body_stems) VALUES (%s, %s, %s, %s, %s)",
    "postgresql": "INSERT INTO search_words (id, words) VALUES (%s, %s::tsvector)",
}
REMOVE = {
    "sqlite": "DELETE FROM search_words WHERE rowid = %s",
    "postgresql": "DELETE FROM search_words WHERE id = %s",
}
REMOVE_LEFT = {
    "sqlite": "DELETE FROM search_words WHERE rowid NOT IN (SELECT id FROM search_entry)",
    "postgresql": "DELETE FROM search_words WHERE id NOT IN (SELECT id FROM search_entry)",
}
IN_SQLITE = "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid >= %s"
IN_POSTGRESQL = "SELECT id FROM search_words WHERE words @@ %s::tsquery AND id >= %s"
LATEST = {
    "sqlite": "SELECT rowid AS id FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT %s",
    "postgresql": "SELECT id FROM search_words WHERE words @@ %s::tsquery ORDER BY id DESC LIMIT %s",
}


class CreateWords(migrations.operations.base.Operation):
    """Migration operation that makes the table of words of this database."""

    reversible = False
    reduces_to_sql = True

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in CREATE[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def describe(self):
        return "Create the table of searched words"


@dataclass(frozen=True)
class Words:
    """One demand: any of the alternatives, in any of the columns. An alternative is one word, or several in a row."""

    alternatives: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]


# What is demanded of an entry: words, or any of several.
Demand = Words | tuple[Words, ...]


def of_kind(kind: str) -> Words:
    """Demands that the entry is of the kind: so what all the other kinds say is never gone through."""
    return Words(((f"{KIND}{kind}",),), (TITLE_STEMS,))


class Holds(Func):
    """Whether the entry meets every demand; a condition for `filter` and `When`. Words are folded: letters and digits.

    Entries with a key below `floor` are not asked.
    """

    output_field = BooleanField()

    def __init__(self, demands: Sequence[Demand], floor: int):
        super().__init__(F("pk"))
        self.demands, self.floor = tuple(demands), floor

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_membership(compiler, IN_SQLITE, all_in_sqlite(self.demands))

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_membership(compiler, IN_POSTGRESQL, all_in_postgresql(self.demands))

    def as_membership(self, compiler, keys: str, asked: str):
        entry, params = compiler.compile(self.source_expressions[0])
        return f"{entry} IN ({keys})", [*params, asked, self.floor]


def floor_of(demands: Sequence[Demand], most: int) -> int:
    """The key from which at most so many entries meet the demands; 0 when all of them are that few. One statement."""
    said = {"sqlite": all_in_sqlite, "postgresql": all_in_postgresql}[connection.vendor](demands)
    with connection.cursor() as cursor:
        latest = LATEST[connection.vendor]
        cursor.execute(f"SELECT MIN(id), COUNT(*) FROM ({latest}) AS latest", [said, most + 1])  # noqa: S608 - ours
        lowest, count = cursor.fetchone()
    return lowest + 1 if count > most else 0


def all_in_sqlite(demands: Sequence[Demand]) -> str:
    return " AND ".join(map(in_sqlite, demands))


def all_in_postgresql(demands: Sequence[Demand]) -> str:
    return " & ".join(map(in_postgresql, demands))


def in_sqlite(demand: Demand) -> str:
    """As in `{title body} : ("brukare" OR "dubbel signering")`."""
    if isinstance(demand, tuple):
        return f"({' OR '.join(map(in_sqlite, demand))})"
    alternatives = " OR ".join(f'"{" ".join(words)}"' for words in demand.alternatives)
    return f"{{{' '.join(demand.columns)}}} : ({alternatives})"


def in_postgresql(demand: Demand) -> str:
    """As in `('brukare':AC | ('dubbel':AC <-> 'signering':AC))`."""
    if isinstance(demand, tuple):
        return f"({' | '.join(map(in_postgresql, demand))})"
    marks = "".join(MARKS[column] for column in demand.columns)
    alternatives = (" <-> ".join(f"'{word}':{marks}" for word in words) for words in demand.alternatives)
    return f"({' | '.join(f'({alternative})' for alternative in alternatives)})"


def add_words(entries: Iterable[tuple[int, str, list[str], list[str]]]) -> None:
    """Index entries by their key, the kind, the words of the title and those of the body."""
    row = {"sqlite": sqlite_row, "postgresql": postgresql_row}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.executemany(ADD[connection.vendor], [row(*entry) for entry in entries])


def sqlite_row(key: int, kind: str, title: list[str], body: list[str]) -> tuple[int, str, str, str, str]:
    stems = [f"{KIND}{kind}", *stems_of(title)]
    return key, " ".join(title), " ".join(stems), " ".join(body), " ".join(stems_of(body))


def postgresql_row(key: int, kind: str, title: list[str], body: list[str]) -> tuple[int, str]:
    """Kind and stems stand first, where the limit of 255 places a word never cuts them; no phrase goes from title to body."""
    first = 4
    places = [(word, f"{place}A") for place, word in enumerate(title, first)]
    places += [(word, f"{place}C") for place, word in enumerate(body, first + len(title) + 1)]
    places += [(stem, "1B") for stem in {f"{KIND}{kind}", *stems_of(title)}]
    places += [(stem, "2D") for stem in set(stems_of(body))]
    return key, " ".join(f"'{word}':{place}" for word, place in places)


def remove_words(entries: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(REMOVE[connection.vendor], [(key,) for key in entries])


def remove_words_without_entry() -> None:
    """What a restored or emptied database may have left."""
    with connection.cursor() as cursor:
        cursor.execute(REMOVE_LEFT[connection.vendor])
