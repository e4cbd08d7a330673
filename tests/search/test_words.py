import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.search.words import LONGEST, WORD, fold, stem, synonyms, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Åtgärda ÄLDRES ökade", ["åtgärda", "äldres", "ökade"]),
        ("e-post, 3 kap. 3 §", ["e", "post", "3", "kap", "3"]),
        ("snake_case  Straße", ["snake", "case", "strasse"]),
        ("A\u030atga\u0308rd", ["åtgärd"]),
        ("ﬁnnas ½", ["finnas", "12"]),
        ("x\0y", ["x", "y"]),
    ],
)
def test_text_becomes_folded_words(text, words):
    assert words_of(text) == words


def test_far_is_not_får():
    assert fold("far") != fold("får")


@given(st.text())
def test_a_word_of_the_index_is_letters_and_digits_alone(text):
    assert [word for word in words_of(text) if not word.isalnum() or len(word) > LONGEST] == []


@given(st.text(alphabet=st.characters(max_codepoint=0xFF)))
def test_case_makes_no_difference(text):
    """In the letters of western Europe; the Turkish i without a dot has the capital of another letter."""
    for word in (match.group() for match in WORD.finditer(text)):
        assert {fold(word.upper()), fold(word.lower())} == {fold(word)}


@pytest.mark.parametrize(
    "forms",
    [
        ("avvikelse", "avvikelser", "avvikelsen", "avvikelserna"),
        ("rutin", "rutiner", "rutinerna"),
        ("åtgärd", "åtgärder", "åtgärden", "åtgärderna"),
        ("risk", "risker", "riskerna"),
    ],
)
def test_forms_share_a_stem(forms):
    assert {stem(form) for form in forms} == {stem(forms[0])}


def test_synonyms_go_both_ways():
    pairs = {(one, other) for one, others in synonyms().items() for other in others}

    assert pairs == {(other, one) for one, other in pairs}
    assert synonyms()[stem("brukare")] == {stem(word) for word in "brukare kund enskild klient omsorgstagare".split()}
