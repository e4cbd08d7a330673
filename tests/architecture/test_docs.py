from tools import make_docs


def test_reference_pages_say_what_the_code_says():
    assert make_docs.stale() == []
