import logging

import pytest
from django.urls import reverse

from hjulet.search.keeping import index_anew
from tests.actions.walks import plan
from tests.factories import committee, person, unit
from tests.search.walks import RARE, year_of_every_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person("Eva Chef", unit_manager=home_care)
    client.force_login(manager)
    return manager


def page(client, **query):
    return client.get(reverse("search:index"), query)


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow_with_the_rows(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        plan(manager, home_care, title=f"Rutin {number}")
    index_anew()

    with django_assert_num_queries(9):
        page(client, q="rutin")
    with django_assert_num_queries(10):
        page(client, q="rutin", slag="atgarder")


def test_statements_do_not_grow_with_the_kinds(client, django_assert_num_queries):
    client.force_login(year_of_every_kind())
    index_anew()

    with django_assert_num_queries(9):
        answer = page(client, q=RARE)
    assert len(answer.context["results"].groups) == 20


def test_the_first_five_of_a_kind_lead_to_all(client, home_care, manager):
    for number in range(23):
        plan(manager, home_care, title=f"Rutin {number}")
    index_anew()

    first = page(client, q="rutin")
    assert len(first.context["results"].groups[0].hits) == 5
    assert 'href="/sok/?q=rutin&amp;slag=atgarder"' in first.content.decode()

    everything = page(client, q="rutin", slag="atgarder")
    assert (len(everything.context["results"].groups[0].hits), everything.context["results"].count) == (20, 23)
    last = page(client, q="rutin", slag="atgarder", page="9")
    assert (len(last.context["results"].groups[0].hits), last.context["results"].count) == (3, 23)
    assert 'href="/sok/?q=rutin"' in last.content.decode()


def test_an_unknown_kind_shows_all(client, home_care, manager):
    plan(manager, home_care, title="Rutin")
    index_anew()

    assert [group.count for group in page(client, q="rutin", slag="x").context["results"].groups] == [1]


def test_the_words_are_marked_and_nothing_is_html(client, home_care, manager):
    plan(manager, home_care, title="<script>alert('rutin')</script>", description="<b>Rutinen</b> & mer")
    index_anew()

    text = page(client, q="rutin").content.decode()

    assert "&lt;script&gt;alert(&#x27;<mark>rutin</mark>&#x27;)&lt;/script&gt;" in text
    assert "&lt;b&gt;<mark>Rutinen</mark>&lt;/b&gt; &amp; mer" in text


@pytest.mark.parametrize(
    ("asked", "heading"),
    [("", "Skriv vad du letar efter"), ("?", "Skriv vad du letar efter"), ("xyzzy", "Inget hittades")],
)
def test_an_empty_page_helps(client, manager, asked, heading):
    assert heading in page(client, q=asked).content.decode()


def test_the_words_stand_in_no_title_and_in_no_log(client, home_care, manager, caplog):
    plan(manager, home_care, title="Rutin")
    index_anew()

    with caplog.at_level(logging.DEBUG, logger="django.request"):
        text = page(client, q="hemligt ord").content.decode()

    assert "<title>Sök – Kvalitetshjulet</title>" in text
    assert "hemligt" not in caplog.text


def test_the_box_stands_on_every_page_and_remembers_only_on_its_own(client, manager):
    start, own = client.get("/").content.decode(), page(client, q='a "b').content.decode()

    assert start.count('role="search"') == own.count('role="search"') == 1
    assert 'name="q" value=""' in start
    assert 'name="q" value="a &quot;b"' in own


def test_the_box_is_not_there_before_login(client):
    assert 'role="search"' not in client.get(reverse("account_login")).content.decode()


def test_page_of_words_that_stand_nearly_everywhere_says_what_it_has_not_searched(
    client, home_care, manager, monkeypatch
):
    for number in range(3):
        plan(manager, home_care, title=f"Rutin {number}")
    index_anew()
    note = "bara en del av dem är genomsökta"

    whole = page(client, q="rutin").content.decode()
    monkeypatch.setattr("hjulet.search.queries.MOST_EXAMINED", 2)
    cut = page(client, q="rutin").content.decode()
    client.force_login(person("Någon Annan", employee=unit(committee("Äldrenämnden"))))
    unseen = page(client, q="rutin").content.decode()

    assert (note in whole, "3 träffar på" in whole, "Minst" in whole) == (False, True, False)
    assert (note in cut, "Minst 2 träffar på" in cut) == (True, True)
    assert (note in unseen, "Inget hittades" in unseen) == (True, False)
