"""The list of actions as an Excel file that comes back. What holds here holds for every list: the machinery is one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.actions.tables import ACTIONS
from hjulet.audit.models import Event
from hjulet.base.intake import lists
from tests.actions.walks import action_at, plan
from tests.factories import committee, person, unit
from tests.lists import agreed, edit, fetched, saved, sent, told

pytestmark = pytest.mark.django_db

LIST, READ_IN = reverse("actions:list"), reverse("actions:read_in")
EVERY = [column.key for column in ACTIONS.columns]


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def faults(answer):
    assert answer.status_code == 422
    return answer.context["form"].non_field_errors()


def test_what_is_changed_in_the_file_is_shown_and_then_saved(client, home_care, manager):
    eva = person("Eva Dal", unit_manager=home_care)
    first = plan(manager, home_care, title="Bygg ramp", due_date=date(2026, 9, 1), owner_role="unit_manager")
    plan(manager, home_care, title="Byt larm", due_date=date(2026, 10, 1))
    book = edit(fetched(client, LIST), A2="Bygg två ramper", C2="eva  dal", D2=date(2026, 9, 15))

    preview = sent(client, READ_IN, book)

    assert told(preview.context["outcome"]) == (
        [
            ("A2", "Bygg ramp", "Bygg två ramper"),
            ("C2", "Enhetschef", "eva  dal"),
            ("D2", "2026-09-01", "2026-09-15"),
        ],
        [],
    )
    assert preview.context["outcome"].unchanged == 1
    first.refresh_from_db()
    assert first.title == "Bygg ramp"

    assert agreed(client, READ_IN, preview).url == LIST
    first.refresh_from_db()
    assert (first.title, first.owner_person, first.owner_role, first.due_date, first.revision) == (
        "Bygg två ramper",
        eva,
        "",
        date(2026, 9, 15),
        2,
    )
    assert Event.objects.filter(target_id=first.pk, verb="action.changed").count() == 1


def test_the_same_file_a_second_time_changes_nothing(client, home_care, manager):
    plan(manager, home_care)
    book = edit(fetched(client, LIST), A2="Ny rubrik")
    agreed(client, READ_IN, preview := sent(client, READ_IN, book))
    events = Event.objects.count()

    again, resent = sent(client, READ_IN, book), agreed(client, READ_IN, preview)

    assert told(again.context["outcome"]) == told(resent.context["outcome"]) == ([], [])
    assert "Filen säger samma sak som Kvalitetshjulet." in again.content.decode()
    assert Event.objects.count() == events


def test_what_somebody_else_has_changed_since_is_shown_and_left_alone(client, home_care, manager):
    mine, theirs = plan(manager, home_care, title="Min"), plan(manager, home_care, title="Deras")
    book = edit(fetched(client, LIST, sort="title"), A2="Deras 2", A3="Min 2")
    change = {"description": "Annat.", "revision": 1}
    client.post(reverse("actions:change", args=[theirs.pk]), change | {"title": "Någon annans"})

    preview = sent(client, READ_IN, book)

    assert told(preview.context["outcome"]) == (
        [("A3", "Min", "Min 2")],
        [
            (
                "A2",
                "Någon annans",
                "Deras 2",
                "Någon annan har ändrat raden sedan filen hämtades. Hämta listan på nytt.",
            )
        ],
    )
    agreed(client, READ_IN, preview)
    assert list(Action.objects.order_by("title").values_list("pk", "title")) == [
        (mine.pk, "Min 2"),
        (theirs.pk, "Någon annans"),
    ]


def test_what_others_have_changed_in_rows_that_the_file_left_alone_is_no_conflict(client, home_care, manager):
    action = plan(manager, home_care, title="Förr")
    book = fetched(client, LIST)
    client.post(
        reverse("actions:change", args=[action.pk]), {"title": "Nu", "description": action.description, "revision": 1}
    )

    outcome = sent(client, READ_IN, book).context["outcome"]

    assert (told(outcome), outcome.unchanged) == (([], []), 1)


def test_what_has_moved_since_the_preview_is_shown_again_before_it_is_saved(client, home_care, manager):
    action = plan(manager, home_care, title="Förr")
    preview = sent(client, READ_IN, edit(fetched(client, LIST), A2="Nu"))
    client.post(
        reverse("actions:change", args=[action.pk]), {"title": "Emellan", "description": "Annat.", "revision": 1}
    )

    answer = agreed(client, READ_IN, preview)

    assert (answer.status_code, answer.context["outcome"].has_moved) == (200, True)
    assert "Granska en gång till." in answer.content.decode()
    action.refresh_from_db()
    assert action.title == "Emellan"


def test_rules_of_the_single_change_hold(client, home_care, manager):
    there = unit(home_care.parent, "Hemtjänst Söder")
    closed = action_at("closed", manager, home_care, title="A")
    foreign = plan(person("Bo Ek", unit_manager=there), there, title="B")
    book = edit(fetched(client, LIST, sort="title"), A2="A2", A3="B2")

    preview = sent(client, READ_IN, book)

    assert told(preview.context["outcome"]) == (
        [],
        [
            ("A2", "A", "A2", "Åtgärden är avslutad och kan inte längre ändras."),
            ("A3", "B", "B2", "Du har inte rätt att ändra den här raden."),
        ],
    )
    assert "Inget av det som är ändrat i filen går att läsa in." in preview.content.decode()
    assert set(Action.objects.values_list("pk", "title")) == {(closed.pk, "A"), (foreign.pk, "B")}


def test_all_faults_are_told_with_their_place_and_nothing_is_saved(client, home_care, manager):
    for title in "ABCDE":
        plan(manager, home_care, title=title, due_date=date(2026, 9, 1))
    book = edit(fetched(client, LIST, sort="title", kol=EVERY), A2="Ny", A3=None, D3="31/13 2026", C4="Karim Ek")
    edit(book, E5="Typ som inte finns", A6="x" * 201, I2="2026-08-01", G2="")

    assert faults(sent(client, READ_IN, book)) == [
        "Åtgärder G2: Vad ska göras: cellen är tom. Fyll i den.",
        "Åtgärder A3: Åtgärd: cellen är tom. Fyll i den.",
        "Åtgärder D3: Klart senast: Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-11-22.",
        f"Åtgärder C4: Ansvarig: ”Karim Ek” är inget som går att välja här. Menade du Karin Ek? Tillåtet: {OWNERS}.",
        "Åtgärder E5: Typ: ”Typ som inte finns” är inget som går att välja här.",
        "Åtgärder A6: Åtgärd: Säkerställ att detta värde har som mest 200 tecken (den har 201).",
    ]
    assert set(Action.objects.values_list("title", flat=True)) == set("ABCDE")


OWNERS = (
    "Karin Ek, Nämndledamot, Nämndsekreterare, Socialdirektör, Kvalitetsutvecklare, Enhetschef, Gruppchef, Medarbetare, Jurist, "
    "Personalstrateg, Webbansvarig, MAS/MAR, Lex Sarah-utredare, Utförarens kontakt, Revisor, Loggranskare, Systemförvaltare"
)


def test_what_the_database_refuses_is_told_at_its_cell(client, home_care, manager):
    plan(manager, home_care, due_date=date(2026, 9, 1), effect_due_date=date(2026, 10, 1))
    book = edit(fetched(client, LIST, kol=["title", "due_date"]), B2="2026-12-01")

    assert faults(sent(client, READ_IN, book)) == [
        "Åtgärder rad 2: Effekten bedöms tidigast den dag åtgärden ska vara klar."
    ]


def test_columns_may_be_moved_left_out_and_added(client, home_care, manager):
    plan(manager, home_care, title="Förr")
    book = fetched(client, LIST)
    sheet = book.active
    sheet.delete_cols(2, 3)
    sheet.insert_cols(1)
    edit(book, A1="Mitt eget", A2="=1+1", B2="Nu", D2="Genomförd")

    outcome = sent(client, READ_IN, book).context["outcome"]

    assert told(outcome) == ([("B2", "Förr", "Nu")], [])
    assert outcome.ignored == ["Kolumnen Mitt eget finns inte i listan.", "D2: Läge ändras inte från Excel."]


def test_rows_may_be_moved_and_left_out(client, home_care, manager):
    kept, moved = plan(manager, home_care, title="A"), plan(manager, home_care, title="B")
    book = fetched(client, LIST, sort="title")
    book.active.delete_rows(2)
    edit(book, A2="B2")

    agreed(client, READ_IN, sent(client, READ_IN, book))

    assert set(Action.objects.values_list("pk", "title")) == {(kept.pk, "A"), (moved.pk, "B2")}


def test_a_file_that_is_not_ours_is_refused_in_words(client, home_care, manager):
    plan(manager, home_care)
    plan(manager, home_care)
    hidden = plan(person("Ola Berg", unit_manager=(there := unit(committee("Skolnämnden")))), there)

    def fault(change):
        book = fetched(client, LIST)
        change(book)
        return faults(sent(client, READ_IN, book))

    def untraced(book):
        book.active.delete_cols(7)

    assert fault(lambda book: setattr(book.active, "title", "Blad1")) == [
        "Åtgärder: bladet finns inte. Hämta listan som Excel, ändra i den filen och läs in den här."
    ]
    assert fault(untraced) == [
        "Åtgärder: den dolda kolumnen ”Kvalitetshjulet (ändra inte)” saknas. Hämta listan på nytt."
    ]
    assert fault(lambda book: edit(book, G2="1; DROP TABLE", B1="Åtgärd", A5="Ny rad")) == [
        "Åtgärder B1: kolumnen Åtgärd finns två gånger.",
    ]
    assert fault(lambda book: edit(book, G2="1; DROP TABLE", A5="Ny rad", A6="Kopia", G6=book.active["G3"].value)) == [
        "Åtgärder G2: den dolda cellen är ändrad. Hämta listan på nytt.",
        "Åtgärder rad 5: raden är ny. Nya rader läggs till på sidan, inte härifrån.",
        "Åtgärder rad 6: samma rad står redan på rad 3.",
    ]
    assert fault(lambda book: edit(book, G2=f"{hidden.pk} 1", G3="999999 1")) == [
        "Åtgärder rad 2: raden finns inte här, eller så får du inte se den.",
        "Åtgärder rad 3: raden finns inte här, eller så får du inte se den.",
    ]
    assert fault(lambda book: edit(book, A2="=1+1")) == [
        "Åtgärder A2: Åtgärd: cellen har en formel. Byt den mot sitt värde."
    ]
    assert faults(sent(client, READ_IN, b"inte en fil")) == [
        "Filen är inte en Excel-fil (.xlsx). Välj en fil som är sparad i Excel."
    ]


def test_two_of_one_name_cannot_be_told_apart_in_a_file(client, home_care, manager):
    for email in ("a@example.org", "b@example.org"):
        twin = person(f"Kim Lo {email[0]}", unit_manager=home_care)
        twin.name = "Kim Lo"
        twin.save()
    plan(manager, home_care)

    assert faults(sent(client, READ_IN, edit(fetched(client, LIST), C2="Kim Lo"))) == [
        "Åtgärder C2: Ansvarig: flera heter Kim Lo. Gör ändringen på sidan i stället."
    ]


def test_text_that_looks_like_a_formula_goes_out_and_in_as_text(client, home_care, manager):
    plan(manager, home_care, title="=1+1", description="@SUM(A1)\r\n+ett")
    book = fetched(client, LIST, kol=EVERY)

    outcome = sent(client, READ_IN, book).context["outcome"]

    assert (told(outcome), outcome.ignored, outcome.unchanged) == (([], []), [], 1)


def test_a_file_fetched_in_english_is_read_in_swedish_too(client, home_care, manager):
    action = plan(manager, home_care, owner_role="unit_manager")
    book = edit(fetched(client, LIST, HTTP_ACCEPT_LANGUAGE="en"), A2="Nu")
    client.cookies["django_language"] = "en"
    english = edit(fetched(client, LIST), A2="Nu", C2="Auditor")
    client.cookies["django_language"] = "sv"

    assert told(sent(client, READ_IN, book).context["outcome"])[0] == [("A2", action.title, "Nu")]
    assert told(sent(client, READ_IN, english).context["outcome"])[0] == [
        ("A2", action.title, "Nu"),
        ("C2", "Unit manager", "Auditor"),
    ]


def statements(client, home_care, manager, count, edits):
    plans = [plan(manager, home_care, title=f"Åtgärd {number:03}") for number in range(count)]
    book = fetched(client, LIST, sort="title")
    for line in range(2, 2 + edits):
        edit(book, **{f"A{line}": f"Ny {line}"})
    content = saved(book)
    with CaptureQueriesContext(connection) as asked:
        preview = sent(client, READ_IN, content)
    assert preview.context["outcome"].unchanged == count - edits
    Action.objects.filter(pk__in=[row.pk for row in plans]).delete()
    return len(asked)


def test_statements_follow_what_is_changed_and_not_how_long_the_file_is(client, home_care, manager):
    assert [statements(client, home_care, manager, count, 0) for count in (3, 300)] == [12, 12]

    one, three = (statements(client, home_care, manager, 4, edits) for edits in (1, 3))
    assert (three - one) / 2 == 23  # those of one change on its own page


def test_a_file_changes_no_more_rows_than_it_takes_a_moment_to_change(client, home_care, manager, monkeypatch):
    monkeypatch.setattr(lists, "MOST_EDITED", 2)
    for title in "ABC":
        plan(manager, home_care, title=title)
    book = edit(fetched(client, LIST, sort="title"), A2="A2", A3="B2")
    assert len(sent(client, READ_IN, book).context["outcome"].changed) == 2

    assert faults(sent(client, READ_IN, edit(book, A4="C2"))) == [
        "Åtgärder: filen ändrar fler än 2 rader. Dela upp den i flera."
    ]


def test_only_who_may_change_something_reads_in(client, home_care, manager):
    plan(manager, home_care)
    client.force_login(person("Ali Ek", employee=home_care))

    assert client.get(READ_IN).status_code == 403
    assert READ_IN not in client.get(LIST).content.decode()
    assert [cell.value for cell in fetched(client, LIST).active[1]] == [
        "Åtgärd",
        "Enhet",
        "Ansvarig",
        "Klart senast",
        "Typ",
        "Läge",
    ]
