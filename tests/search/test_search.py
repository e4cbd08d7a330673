from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjulet.actions import operations as action_operations
from hjulet.actions.models import Action
from hjulet.search.keeping import index_anew
from hjulet.search.queries import search
from hjulet.search.words import WORD, words_of
from tests.actions.walks import plan
from tests.factories import person, unit
from tests.search.walks import RARE, counts, marked, titles, year_of_every_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care):
    return person("Eva Chef", unit_manager=home_care)


@pytest.fixture
def action(home_care, manager):
    return plan(manager, home_care)


def test_every_kind_is_found_by_its_word(home_care):
    developer = year_of_every_kind()
    index_anew()

    assert counts(developer, RARE) == {
        "mal": 1,
        "risker": 1,
        "processer": 1,
        "kvalitetsplaner": 1,
        "atgarder": 1,
        "egenkontroller": 1,
        "kontrolltillfallen": 1,
        "nyckeltal": 2,
        "arsuppgifter": 2,
        "moten": 1,
        "ideer": 1,
        "kompetens": 1,
        "uppfoljningar": 1,
        "kommentarer": 1,
        "bilagor": 1,
        "kvalitetsomraden": 1,
        "enheter": 1,
        "personer": 1,
        "beslut": 1,
        "delegationer": 2,
    }
    assert titles(developer, "riskanalys äldrenämnden") == {"riskanalyser": ["Riskanalys 2026, Äldrenämnden"]}


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("avvikelser", "En avvikelse i natt"),
        ("avvikelse", "Avvikelserna ökar"),
        ("avvikelsen", "Färre AVVIKELSER"),
        ("rutinerna", "Ny rutin"),
        ("rutin", "Rutinerna följs"),
        ("läkemedel", "Säker läkemedelshantering"),
        ("hantering", "Säker läkemedelshantering"),
        ("rutinerna", "En rutinbeskrivning"),
        ("brukaren", "Årets brukarenkät"),
        ("ÅTGÄRD", "En åtgärd till"),
        ("åtgärd", "EN ÅTGÄRD TILL"),
        ("äldre", "ÄLDRE i kommunen"),
        ("ÖSTRA", "östra sidan"),
        ("enskild", "Brukarens röst"),
        ("kunder", "Den enskilde väljer"),
        ("mål", "Målkedjan ritas"),
        ("3", "Följ 3 kap."),
        ("röst brukare", "Brukarens röst"),
        ('"brukarens röst"', "Brukarens röst"),
    ],
)
def test_swedish_words_find_each_other(home_care, manager, asked, title):
    plan(manager, home_care, title=title)
    index_anew()

    assert titles(manager, asked) == {"atgarder": [title]}


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("får", "Far är här"),
        ("far", "Får inte bli"),
        ("rost", "Brukarens röst"),
        ("brukare tystnad", "Brukarens röst"),
        ('"röst brukarens"', "Brukarens röst"),
        ('"brukare"', "Brukarens röst"),
        ("lag", "Bolaget svarar"),
        ("brukare", "Stöd vid missbruk"),
        ("hemlighet", "Hemtjänst på kvällen"),
    ],
)
def test_other_words_do_not(home_care, manager, asked, title):
    plan(manager, home_care, title=title)
    index_anew()

    assert titles(manager, asked) == {}


def test_a_phrase_does_not_go_from_title_to_text(home_care, manager):
    plan(manager, home_care, title="Dubbel", description="Signering")
    index_anew()

    assert titles(manager, '"dubbel signering"') == {}
    assert titles(manager, "dubbel signering") == {"atgarder": ["Dubbel"]}


def test_best_comes_first(home_care, manager, clock):
    given = [
        ("Ny rutin", "Skrivs nu."),
        ("Rutiner samlas", "På ett ställe."),
        ("Rutinbeskrivning", "Skrivs om."),
        ("Ett", "En rutin till."),
        ("Två", "Fler rutiner."),
        ("Tre", "Av rutinbeskrivningar."),
    ]
    for title, description in given[::-1]:
        plan(manager, home_care, title=title, description=description)
    index_anew()

    found = search(manager, "rutin", kind="atgarder").groups[0]
    assert [marked(hit.title) for hit in found.hits] == [
        "Ny [rutin]",
        "[Rutiner] samlas",
        "[Rutinbeskrivning]",
        "Ett",
        "Två",
        "Tre",
    ]


def test_newer_comes_before_older(home_care, manager, clock):
    plan(manager, home_care, title="Rutin ett")
    clock.shift(86400)
    plan(manager, home_care, title="Rutin två")
    index_anew()

    assert titles(manager, "rutin") == {"atgarder": ["Rutin två", "Rutin ett"]}


def test_notes_and_results_of_an_action_are_its_text(home_care, manager):
    action = plan(manager, home_care)
    action_operations.note_progress(action, by=manager, text="Vi väntar på **nyckelskåpet**.")
    action_operations.complete_action(
        action, by=manager, result="Se [larmlistan](https://example.org/x).", completed_date=date(2026, 3, 16)
    )
    index_anew()

    (group,) = search(manager, "larmlista nyckelskåp").groups
    assert marked(group.hits[0].passage) == (
        "Två i taget vid dubbelbesök.\nSe [larmlistan].\nVi väntar på [nyckelskåpet]."
    )
    assert (group.hits[0].url, group.hits[0].unit) == (action.get_absolute_url(), home_care.name)
    assert counts(manager, "https") == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(title=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_title_is_found_by_any_of_its_words(manager, action, title):
    Action.objects.filter(pk=action.pk).update(title=title)
    index_anew()

    for word in WORD.findall(title):
        assert titles(manager, word).get("atgarder") == ([title] if words_of(word) else None)


@pytest.mark.parametrize(
    "asked",
    [
        "'; DROP TABLE search_entry; --",
        '" OR 1=1 --',
        '"""',
        "title:rutin",
        "{title} : x",
        "NEAR(a b, 2) AND NOT OR *",
        "a* ^b -c +d (e) [f] {g}",
        "' & | ! <-> :A :*",
        "%_%\\",
        "\0\u202e\ud7ff",
        "x" * 100_000,
        "”" * 300,
        "👍🏽 🇸🇪",
    ],
)
def test_hostile_words_are_only_words(home_care, manager, asked):
    plan(manager, home_care)
    index_anew()

    assert titles(manager, asked) == {}
    assert titles(manager, "schemat") == {"atgarder": ["Se över schemat"]}


def test_words_in_more_rows_than_are_looked_at_say_so(home_care, manager, monkeypatch):
    for number in range(5):
        plan(manager, home_care, title=f"Rutin {number}")
    index_anew()

    monkeypatch.setattr("hjulet.search.queries.MOST_EXAMINED", 5)
    whole = search(manager, "rutin")
    monkeypatch.setattr("hjulet.search.queries.MOST_EXAMINED", 4)
    cut = search(manager, "rutin")

    assert (whole.is_cut, whole.count) == (False, 5)
    assert (cut.is_cut, cut.count) == (True, 4)
    assert titles(manager, "rutin") == {"atgarder": ["Rutin 4", "Rutin 3", "Rutin 2", "Rutin 1"]}


def test_the_last_entries_of_an_index_written_anew_are_of_every_kind(home_care, manager, monkeypatch):
    monkeypatch.setattr("hjulet.search.keeping.ROWS_AT_A_TIME", 1)
    monkeypatch.setattr("hjulet.search.queries.MOST_EXAMINED", 2)
    for number in range(5):
        plan(manager, home_care, title=f"Rutin {number}")
    unit(home_care, "Rutin")
    index_anew()

    assert {kind: len(found) for kind, found in titles(manager, "rutin").items()} == {"atgarder": 1, "enheter": 1}
