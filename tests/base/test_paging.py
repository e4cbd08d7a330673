import pytest
from django.urls import reverse

from hjulet.base import table_pages, tables
from hjulet.base.tables import RowPaginator
from hjulet.base.templatetags.base import goes_on, how_many_rows, is_the_end, page_window
from hjulet.organisation.models import Person
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = ["Anna", "Bo", "Cia", "Dag", "Eva", "Finn", "Gun"]


@pytest.fixture(params=[0, tables.FEW])
def paginator(request, monkeypatch):
    """Two rows a page of seven, of which so many are counted. Whether they are few shows nowhere."""
    monkeypatch.setattr(tables, "FEW", request.param)
    for name in NAMES:
        factories.person(name)

    def counting(most):
        monkeypatch.setattr(tables, "MOST_COUNTED", most)
        return RowPaginator(lambda: Person.objects.filter(name__in=NAMES).order_by("name", "pk"), 2)

    return counting


def names(page):
    return [person.name for person in page.object_list]


@pytest.mark.parametrize(
    ("asked", "shown", "has_next"),
    [
        (1, ["Anna", "Bo"], True),
        ("3", ["Eva", "Finn"], True),
        (4, ["Gun"], False),
        (99, ["Gun"], False),
        ("last", ["Gun"], False),
        ("x", ["Anna", "Bo"], True),
        (0, ["Gun"], False),
    ],
)
def test_pages_of_a_list_that_is_counted(paginator, asked, shown, has_next):
    page = paginator(7).get_page(asked)

    assert (names(page), page.has_next(), is_the_end(page), goes_on(page)) == (shown, has_next, False, False)
    assert how_many_rows(page) == "7 rader"


@pytest.mark.parametrize(
    ("asked", "shown", "has_next", "is_end"),
    [
        (1, ["Anna", "Bo"], True, False),
        (3, ["Eva", "Finn"], False, False),
        (4, ["Finn", "Gun"], False, True),
        ("last", ["Finn", "Gun"], False, True),
    ],
)
def test_pages_of_a_list_that_is_longer_than_what_is_counted(paginator, asked, shown, has_next, is_end):
    page = paginator(6).get_page(asked)

    assert (names(page), page.has_next(), is_the_end(page)) == (shown, has_next, is_end)
    assert (goes_on(page), how_many_rows(page)) == (True, "Fler än 6 rader")
    assert page_window(page) == [1, 2, 3]


@pytest.mark.parametrize("few", [7, 6])
def test_a_page_is_a_count_and_its_rows(paginator, monkeypatch, django_assert_num_queries, few):
    monkeypatch.setattr(tables, "FEW", few)

    with django_assert_num_queries(2):
        page = paginator(7).get_page(2)
        assert (names(page), page.paginator.num_pages) == (["Cia", "Dag"], 4)


def test_ten_thousand_is_written_with_a_space(paginator, monkeypatch):
    page = paginator(6).get_page(1)
    monkeypatch.setattr(RowPaginator, "count", 10_000)

    assert how_many_rows(page) == "Fler än 10\xa0000 rader"


def test_long_list_says_that_it_goes_on_and_leads_to_its_end(client, paginator):
    manager = factories.person("Sia System", system_administrator=factories.municipality())
    for name in NAMES:
        factories.assign(Person.objects.get(name=name), "employee", factories.municipality())
    paginator(6)
    client.force_login(manager)

    first = client.get(reverse("people:list")).content.decode()
    last = client.get(reverse("people:list"), {"page": "last"}).content.decode()

    assert ("Fler än 6 rader" in first, "page=last" in first) == (True, False)
    assert "Gun" in last


def test_file_of_too_many_rows_is_refused_in_words(client, monkeypatch):
    client.force_login(factories.person("Sia System", system_administrator=factories.municipality()))
    ask = {"format": "xlsx"}

    monkeypatch.setattr(table_pages, "MOST_IN_A_FILE", 1)
    assert client.get(reverse("people:list"), ask).status_code == 200
    monkeypatch.setattr(table_pages, "MOST_IN_A_FILE", 0)
    answer = client.get(reverse("people:list"), ask)

    assert answer.status_code == 409
    assert "Listan har fler än 0 rader. Filtrera den" in answer.content.decode()


def test_a_row_that_is_found_through_one_of_several_others_stands_once(home_care):
    anna, bo = factories.person("Anna"), factories.person("Bo")
    for role in ("employee", "unit_manager"):
        factories.assign(anna, role, home_care)
    factories.assign(bo, "employee", home_care)
    found = Person.objects.filter(role_assignments__role="unit_manager").order_by("name", "pk")

    assert names(RowPaginator(lambda: found, 2).page(1)) == ["Anna"]


def test_the_rows_of_a_page_are_not_asked_whether_they_are_found():
    found = Person.objects.filter(is_machine=False, title="Chef").order_by("name", "pk")

    asked = str(RowPaginator(lambda: found, 2).rows_of(found[:2]).query)

    assert asked.count('"title" = Chef') == 1
