"""Whatever a person may write in the file stands in the list afterwards, cell for cell."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjulet.actions.models import Action, ActionType
from hjulet.base.intake.cells import tidy
from tests.actions.walks import plan
from tests.factories import committee, person, unit
from tests.lists import agreed, fetched, sent

pytestmark = pytest.mark.django_db

LIST, READ_IN = reverse("actions:list"), reverse("actions:read_in")
KEYS = ["title", "description", "owner", "type", "due_date"]
COLUMNS = {"title": "A", "owner": "B", "due_date": "C", "type": "D", "description": "E"}
ROWS = 3

# What a person can type, with what makes trouble: signs of formulas, line ends, ÅÄÖ, what Excel cannot hold.
texts = st.text(st.sampled_from("aZåÖ=+-@'\"<>&;,|0 \n\t\x07\ufffe😀"), min_size=1, max_size=30).filter(
    lambda text: tidy(text) and not text.startswith("=")
)
legible = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"))
titles = st.one_of(
    texts.map(lambda text: text.replace("\x07", "").replace("\ufffe", "")), st.text(legible, min_size=1, max_size=30)
)
edits = st.fixed_dictionaries(
    {},
    optional={
        "title": titles.filter(lambda text: tidy(text) and not text.startswith("=") and not text.startswith("#")),
        "description": st.just("- en rad\n= en till"),
        "owner": st.sampled_from(["Karin Ek", "Eva Dal", "Enhetschef", "Jurist", None]),
        "type": st.sampled_from(["Utbildning", "Teknik", None]),
        "due_date": st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2099, 12, 31))),
    },
)


@pytest.fixture
def home_care(client):
    home_care = unit(committee())
    client.force_login(person("Karin Ek", unit_manager=home_care))
    person("Eva Dal", unit_manager=home_care)
    for name in ("Utbildning", "Teknik"):
        ActionType.objects.create(key=name.lower(), name=name, strength="weak")
    return home_care


def cells(client):
    sheet = fetched(client, LIST, sort="title", kol=KEYS).active
    return {
        row[-1].split()[0]: [tidy("" if cell is None else cell) for cell in row[:-1]]
        for row in sheet.iter_rows(2, values_only=True)
    }


@given(st.lists(edits, min_size=ROWS, max_size=ROWS))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_permitted_stands_there_afterwards_and_nothing_else_has_changed(client, home_care, rows):
    with transaction.atomic():
        karin = home_care.role_assignments.first().person
        for number in range(ROWS):
            plan(karin, home_care, title=f"Åtgärd {number}", owner_role="unit_manager", due_date=date(2026, 9, 1))
        book = fetched(client, LIST, sort="title", kol=KEYS)
        for line, row in enumerate(rows, start=2):
            for key, value in row.items():
                book.active[f"{COLUMNS[key]}{line}"].value = value
                book.active[f"{COLUMNS[key]}{line}"].data_type = (
                    "d" if isinstance(value, date) else "s" if value else "n"
                )
        wanted = {
            row[-1].split()[0]: [tidy("" if cell is None else cell) for cell in row[:-1]]
            for row in book.active.iter_rows(2, values_only=True)
        }

        preview = sent(client, READ_IN, book)
        if preview.context["outcome"].changed:
            agreed(client, READ_IN, preview)

        assert cells(client) == {key: [day(cell) for cell in row] for key, row in wanted.items()}
        assert sent(client, READ_IN, book).context["outcome"].rows == []
        transaction.set_rollback(True)
    assert Action.objects.count() == 0


def day(text):
    """openpyxl reads a day back as a moment at midnight."""
    return f"{text} 00:00:00" if len(text) == 10 and text[4:5] == "-" else text
