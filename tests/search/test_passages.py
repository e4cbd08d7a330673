import pytest

from hjulet.search.asking import terms_of, widened
from hjulet.search.passages import Marker
from tests.search.walks import marked, spelled


def marker(asked, known=()):
    return Marker([widened(term, list(known)) for term in terms_of(asked)])


@pytest.mark.parametrize(
    ("asked", "text", "shown"),
    [
        ("åtgärd", "Tre ÅTGÄRDER, en åtgärd.", "Tre [ÅTGÄRDER], en [åtgärd]."),
        ("brukare", "Kunden och den enskilde.", "[Kunden] och den [enskilde]."),
        ('"en åtgärd"', "Tre åtgärder, en åtgärd.", "Tre åtgärder, [en] [åtgärd]."),
        ("borta", "Ingen träff här.", "Ingen träff här."),
        ("borta", "", ""),
        ("b", "<b>&amp;", "<[b]>&amp;"),
    ],
)
def test_found_words_are_marked(asked, text, shown):
    assert marked(marker(asked).passage(text)) == shown


def test_a_compound_is_marked_whole():
    pieces = marker("läkemedel", ["läkemedelshantering"]).passage("Säker läkemedelshantering.")

    assert marked(pieces) == "Säker [läkemedelshantering]."


def test_the_passage_begins_a_little_before_and_ends_a_little_after():
    text = " ".join(f"ord{number}" for number in range(100)).replace("ord50", "träff")

    passage = marked(marker("träff").passage(text))

    assert passage.startswith("… ord42 ")
    assert passage.endswith(" ord81 …")
    assert "ord49 [träff] ord51" in passage


def test_the_passage_is_where_most_of_it_stands_together():
    begun, between = "Nyckel hämtas. ", "Här står annat. " * 20
    text = f"{begun}{between}Tappad nyckel: ring genast. {between}Nyckel tappad."

    passage = marked(marker("tappat nyckel").passage(text))

    assert passage.startswith("… ")
    assert "[Tappad] [nyckel]: ring genast." in passage
    assert begun not in passage


def test_a_word_without_end_is_cut():
    assert len(spelled(marker("x").passage("y" * 10_000))) == 400
