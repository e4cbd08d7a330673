import pytest
from django import forms
from django.core.exceptions import ValidationError

from hjulet.base.forms import choices
from hjulet.base.forms.choices import NamedField, SeveralField
from hjulet.organisation.choices import PersonField
from hjulet.organisation.models import Person, Unit
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = ["Anna Ek", "Anna Åberg", "Bo Ek", "Åsa Lind"]


class Choosing(forms.Form):
    owner = PersonField(Person.objects.none(), required=False, empty_label="Ingen")


@pytest.fixture
def people():
    return {name: factories.person(name) for name in NAMES}


@pytest.fixture
def long(monkeypatch):
    """Where two make a long list."""
    monkeypatch.setattr(choices, "MOST_IN_A_LIST", 2)


def asking(typed=None, **given):
    form = Choosing(typed, **given)
    form.fields["owner"].queryset = Person.objects.filter(name__in=NAMES)
    return form


def listed(form):
    """What the options of the select say; None where there is a line to write on."""
    drawn = str(form["owner"])
    return None if "<input" in drawn else [part.split("<")[0] for part in drawn.split(">")[2::2] if part.strip()]


def test_few_are_a_list(people):
    assert listed(asking()) == ["Ingen", "Anna Ek", "Anna Åberg", "Bo Ek", "Åsa Lind"]


def test_many_are_a_line_to_write_on(people, long):
    drawn = str(asking()["owner"])

    assert ('<input type="text" name="owner" value=""' in drawn, "<select" in drawn) == (True, False)
    assert ('aria-describedby="id_owner_line"' in drawn, 'id="id_owner_line"' in drawn) == (True, True)


def test_who_stands_there_is_written_on_the_line_and_taken_again(people, long):
    drawn = str(asking(initial={"owner": people["Bo Ek"].pk})["owner"])
    form = asking({"owner": "Bo Ek, bo.ek@example.org"})

    assert 'value="Bo Ek, bo.ek@example.org"' in drawn
    assert form.is_valid()
    assert form.cleaned_data["owner"] == people["Bo Ek"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("bo", "Bo Ek"),
        ("ek bo", "Bo Ek"),
        ("åsa", "Åsa Lind"),
        ("ASA.LIND@EXAMPLE.ORG", "Åsa Lind"),
        ("", None),
        (" , ", None),
    ],
)
def test_words_that_one_person_has_choose_that_person(people, long, written, found):
    form = asking({"owner": written})

    assert form.is_valid()
    assert form.cleaned_data["owner"] == people.get(found)


def test_a_key_chooses_too_but_nobody_outside_the_choice(people, long):
    outside = factories.person("Någon Annan")

    assert asking({"owner": str(people["Bo Ek"].pk)}).is_valid()
    assert not asking({"owner": str(outside.pk)}).is_valid()
    assert not asking({"owner": "någon annan"}).is_valid()


def test_words_that_several_have_give_a_list_of_them(people, long):
    form = asking({"owner": "Anna"})

    assert form.errors == {"owner": ["Flera passar. Välj i listan."]}
    assert listed(form) == ["Ingen", "Anna Ek", "Anna Åberg"]


def test_words_that_too_many_have_ask_for_more(people, long):
    form = asking({"owner": "n"})

    assert form.errors == {"owner": ["Fler än 2 passar. Skriv mer."]}
    assert 'value="n"' in str(form["owner"])


def test_words_that_nobody_has(people, long):
    form = asking({"owner": "Ingen Sådan"})

    assert form.errors == {"owner": ["Inget som du kan välja heter så. Skriv en del av det, som du minns det."]}
    assert 'value="Ingen Sådan"' in str(form["owner"])


def test_long_select_draws_names_safely_and_marks_the_chosen(django_assert_num_queries):
    odd = factories.committee("A & <B>")

    class Where(forms.Form):
        unit = NamedField(Unit.objects.filter(pk=odd.pk), empty_label="Alla")

    with django_assert_num_queries(1):
        drawn = str(Where(initial={"unit": odd.pk})["unit"])

    assert f'<option value="{odd.pk}" selected>A &amp; &lt;B&gt;</option>' in drawn
    assert '<option value="">Alla</option>' in drawn


@pytest.mark.parametrize("key", ["9" * 23, "9" * 5000, "-1", "a\x00b", ""])
def test_no_key_of_several_reaches_the_database_unless_a_row_can_have_it(people, key):
    field = SeveralField(Person.objects.all())

    with pytest.raises(ValidationError) as refused:
        field.clean([str(people["Bo Ek"].pk), key])

    assert refused.value.code == "invalid_choice"


def test_several_are_chosen(people):
    chosen = [people["Bo Ek"], people["Anna Ek"]]

    assert set(SeveralField(Person.objects.all()).clean([str(person.pk) for person in chosen])) == set(chosen)
