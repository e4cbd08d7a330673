import pytest

from tools import messages

PAGE = """\
{% load i18n %}
<c-alert heading="{% translate "Vad är fel?" %}" :rows="rows">
      <p>Don't ({ read this "{{ name|default:_("okänd") }}"</p>
  {% blocktranslate count n=rows|length trimmed %}
    {{ n }} rad
    med fel
  {% plural %}
    {{ n }} rader med fel
  {% endblocktranslate %}
  {% translate "Mars" context "månad" as month %}
</c-alert>
"""
CODE = """\
HEADING = _("Åtgärder")
ROWS = ngettext_lazy("%(n)d rad", "%(n)d rader")
MONTH = pgettext_lazy("månad", "Mars")
LONG = _(
    "Först det ena "
    "och sedan det andra."
)
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A package of one page and one module, and a catalogue of its own."""
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "FOLDER", tmp_path / "locale")
    monkeypatch.setattr(messages, "PO", tmp_path / "locale" / "django.po")
    monkeypatch.setattr(messages, "MO", tmp_path / "locale" / "django.mo")
    monkeypatch.setattr("sys.argv", ["messages"])
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    (tmp_path / "words.py").write_text(CODE)
    return messages.PO


def translate_all(catalogue):
    """English for every text: the Swedish, turned around so that it differs."""
    text = catalogue.read_text()
    head, *entries = text.split("\n\n")
    catalogue.write_text("\n\n".join([head, *(entry.replace('""', '"English"') for entry in entries)]))


def test_texts_are_found_in_pages_and_code(catalogue):
    found = {(message.id, message.context) for message in messages.collected() if message.id}

    assert found == {
        ("Vad är fel?", None),
        ("okänd", None),
        (("%(n)s rad med fel", "%(n)s rader med fel"), None),
        ("Mars", "månad"),
        ("Åtgärder", None),
        (("%(n)d rad", "%(n)d rader"), None),
        ("Först det ena och sedan det andra.", None),
    }


def test_each_missing_text_is_named(catalogue):
    messages.main()

    assert sorted(messages.faults()) == [
        "saknar engelska: ”%(n)d rad” (words.py)",
        "saknar engelska: ”%(n)s rad med fel” (templates/page.html)",
        "saknar engelska: ”Först det ena och sedan det andra.” (words.py)",
        "saknar engelska: ”Mars” (templates/page.html, words.py)",
        "saknar engelska: ”Vad är fel?” (templates/page.html)",
        "saknar engelska: ”okänd” (templates/page.html)",
        "saknar engelska: ”Åtgärder” (words.py)",
    ]


def test_complete_catalogue_has_no_fault_and_stays_as_it_is(catalogue):
    messages.main()
    translate_all(catalogue)
    assert messages.faults() == ["django.mo är inte färsk"]

    messages.main()
    text, program = catalogue.read_bytes(), messages.MO.read_bytes()
    messages.main()

    assert messages.faults() == []
    assert (catalogue.read_bytes(), messages.MO.read_bytes()) == (text, program)


def test_text_that_is_gone_and_text_that_is_unsure_are_named(catalogue):
    messages.main()
    translate_all(catalogue)
    text = catalogue.read_text().replace('#: words.py\nmsgid "Åtgärder"', '#, fuzzy\nmsgid "Åtgärder"')
    catalogue.write_text(text + '\nmsgid "Borta"\nmsgstr "Gone"\n')

    assert messages.faults() == ["osäker (fuzzy): ”Åtgärder” (words.py)", "finns inte längre: ”Borta” ()"]


def test_placeholder_that_got_lost_is_named(catalogue):
    messages.main()
    translate_all(catalogue)
    catalogue.write_text(catalogue.read_text().replace('msgstr[1] "English"', 'msgstr[1] "%(wrong)s"', 1))

    assert messages.faults() == ["unknown named placeholder 'wrong': ”%(n)d rad” (words.py)"]
