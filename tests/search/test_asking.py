import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.search.asking import (
    MOST_TERMS,
    Term,
    has_part,
    meanings,
    parted,
    respelled,
    terms_of,
    tiers_of,
    widened,
)
from hjulet.search.fulltext import Words, in_postgresql, in_sqlite


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("", []),
        ("?!", []),
        ("Rutiner RUTINER", [Term(("rutiner",))]),
        ("rutin och avvikelse", [Term(("rutin",)), Term(("avvikelse",))]),
        ("och", [Term(("och",))]),
        ("i och", [Term(("i",)), Term(("och",))]),
        ('"och så" rutin', [Term(("och", "så"), is_phrase=True), Term(("rutin",))]),
        ("”dubbel signering”", [Term(("dubbel", "signering"), is_phrase=True)]),
        ('"dubbel signering', [Term(("dubbel",)), Term(("signering",))]),
        ('"" ""', []),
        (" ".join(map(str, range(30))), [Term((str(number),)) for number in range(MOST_TERMS)]),
    ],
)
def test_what_was_written_is_read_as_terms(asked, terms):
    assert terms_of(asked) == terms


@given(st.text())
def test_anything_is_read(asked):
    assert [term for term in terms_of(asked) if not all(word.isalnum() for word in term.words)] == []


@pytest.mark.parametrize(
    ("whole", "part", "answer"),
    [
        ("läkemedelshantering", "läkemedel", True),
        ("läkemedelshantering", "hantering", True),
        ("målkedj", "mål", True),
        ("delmål", "mål", False),
        ("ab", "ab", False),
    ],
)
def test_part_of_a_compound(whole, part, answer):
    assert has_part(whole, part) is answer


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("läkemedel", "läkemedel"),
        ("brukare", "brukar"),
        ("rutinerna", "rutin"),
        ("åtgärder", "åtgärd"),
        ("målen", "målen"),
    ],
)
def test_compounds_are_looked_for_by_the_word_without_its_ending(word, part):
    assert Term((word,)).part == part


def test_a_phrase_is_not_widened():
    phrase = Term(("brukare", "först"), is_phrase=True)

    assert widened(phrase, ["brukarenkät"]) == phrase


def test_tiers_that_ask_the_same_are_asked_once():
    """A word without compounds and synonyms has no tier for them, and its last is that of its stem."""
    plain, wide = terms_of("risken"), [widened(term, ["riskanalys"]) for term in terms_of("risken")]

    assert [[words.columns for words in tier] for tier in tiers_of(plain)] == [
        [("title",)],
        [("title_stems",)],
        [("title", "body")],
        [("title_stems", "body_stems")],
    ]
    assert len(tiers_of(wide)) == 6
    assert len(tiers_of(terms_of('"risken"'))) == 2


def test_the_same_demand_in_both_languages():
    demand = Words((("brukar",), ("dubbel", "signering")), ("title", "body"))

    assert in_sqlite(demand) == '{title body} : ("brukar" OR "dubbel signering")'
    assert in_postgresql(demand) == "(('brukar':AC) | ('dubbel':AC <-> 'signering':AC))"


@pytest.mark.parametrize(
    ("word", "known", "parts"),
    [
        ("nyckelhantering", {"nyckl", "hantering"}, ("nyckel", "hantering")),
        ("nyckelhantering", {"nyckl"}, ("nyckel",)),
        ("signeringslista", {"signering", "list"}, ("signering", "lista")),
        ("hemgång", {"gång"}, ("gång",)),
        ("brandtät", {"tät"}, ()),
        ("kvarnhjul", {"rutin"}, ()),
        ("ja", {"ja"}, ()),
        ("medecin", {"med"}, ()),
    ],
)
def test_a_compound_is_parted_where_its_parts_are_known(word, known, parts):
    assert parted(Term((word,)), known).parts == tuple(map(meanings, parts))


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("medecin", ["medicin", "medel"], {"medicin", "läkemedel"}),
        ("delegerning", ["delegering", "dokumentation"], {"delegering"}),
        ("xyz", ["rutin"], set()),
    ],
)
def test_a_word_nearly_spelled_finds_what_was_meant(word, known, found):
    assert respelled(Term((word,)), known).wider == frozenset(found)
