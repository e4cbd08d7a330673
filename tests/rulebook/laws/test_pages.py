import pytest
from django.urls import reverse

from hjulet.rulebook.laws.models import Law, LawReview
from tests.factories import committee, person, unit
from tests.lists import agreed, edit, fetched, sent, told
from tests.rulebook.laws.walks import finish, judged, law, provision, review_at, supersede

pytestmark = pytest.mark.django_db

LIST, READ_IN = reverse("laws:list"), reverse("laws:read_in")


@pytest.fixture
def developer(board, client):
    developer = person("Disa Falk", quality_developer=board)
    client.force_login(developer)
    return developer


def governed(developer, board, rows):
    """So many provisions of one law, each judged and then no longer in force."""
    of = law(developer)
    for number in range(rows):
        asked = provision(developer, of, f"{number + 1} §")
        judged(developer, board, asked)
        supersede(asked, developer)
    return of


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "counted",
    [("list", 7), ("unverified", 6), ("reviews", 8), ("detail", 9), ("for_law", 7), ("provision", 7), ("review", 9)],
)
def test_statements(client, developer, counted, rows, django_assert_num_queries):
    page, statements = counted
    of = governed(developer, developer.role_assignments.get().unit, rows)
    keys = {
        "detail": of.pk,
        "for_law": of.pk,
        "provision": of.provisions.first().pk,
        "review": LawReview.objects.first().pk,
    }
    address = reverse(f"laws:{page}", args=[keys[page]] if page in keys else [])

    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Hälso- och sjukvårdslag", "Socialtjänstlag", "Socialtjänstlag"]),
        ({"q": "sol"}, ["Socialtjänstlag", "Socialtjänstlag"]),
        ({"q": "2017:30"}, ["Hälso- och sjukvårdslag"]),
        ({"field": "health"}, ["Hälso- och sjukvårdslag"]),
        ({"kind": "ordinance"}, []),
        ({"standing": "holds"}, ["Hälso- och sjukvårdslag", "Socialtjänstlag"]),
        ({"standing": "ended"}, ["Socialtjänstlag"]),
        ({"standing": "unverified"}, ["Socialtjänstlag", "Socialtjänstlag"]),
        ({"review": "never"}, ["Hälso- och sjukvårdslag", "Socialtjänstlag"]),
        ({"review": "overdue"}, []),
    ],
)
def test_filters(client, developer, asked, found):
    law(developer, ended_some_day=True)
    law(developer, "2025:400")
    law(developer, "2017:30", title="Hälso- och sjukvårdslag", short="HSL", field="health", certainty="verified")

    shown = client.get(LIST, asked).context["shown"]

    assert [row.title for row in shown.page.object_list] == found


def test_what_no_longer_holds_is_flagged_with_its_successor(client, developer):
    old, new = law(developer), law(developer, "2025:400")
    was, now = provision(developer, old), provision(developer, new, "5 kap. 1 §")
    supersede(was, developer, now)

    page = client.get(was.get_absolute_url()).text

    assert "Gäller inte längre" in page
    assert f'<a href="{now.get_absolute_url()}">5 kap. 1 § SoL (2025:400)</a>' in page


def test_what_nobody_has_read_says_so(client, developer):
    asked = provision(developer, law(developer))

    assert "Kontrollera mot författningen" in client.get(asked.get_absolute_url()).text
    assert asked.get_absolute_url() in client.get(reverse("laws:unverified")).text


def test_a_law_is_added_changed_checked_and_superseded(client, board, developer):
    typed = {"title": "Lag om prov", "series": "SFS", "kind": "act", "field": "social", "certainty": "unverified"}
    client.post(reverse("laws:add"), typed | {"revision": 0})
    standing = Law.objects.get()
    client.post(
        reverse("laws:change", args=[standing.pk]), typed | {"short": "LP", "revision": 1, "reason": "Kort namn."}
    )
    client.post(
        reverse("laws:check", args=[standing.pk]),
        {"checked_date": "2026-03-16", "comment": "Läst.", "certainty": "verified", "next_review_date": "2027-03-16"},
    )
    client.post(
        reverse("laws:add_provision", args=[standing.pk]),
        {"reference": "1 §", "heading": "Prov", "order": 1, "certainty": "unverified", "revision": 0},
    )
    judged(developer, board, standing.provisions.get())

    answer = client.post(
        reverse("laws:supersede", args=[standing.pk]),
        {"valid_to": "2026-03-15", "reason": "Upphävd.", "due_date": "2026-04-15"},
        follow=True,
    )

    standing.refresh_from_db()
    assert (standing.short, standing.certainty, standing.has_ended) == ("LP", "verified", True)
    assert "Det är sparat. 1 uppgift är utlagd." in answer.text
    assert "Bedömningar av krav" in client.get(reverse("laws:for_law", args=[standing.pk])).text


def test_a_review_is_finished_and_opened_again(client, board, developer):
    review = review_at("open", developer, board)
    page = client.get(review.get_absolute_url()).text
    assert "Markera som genomgången" in page

    client.post(
        reverse("laws:finish", args=[review.pk]), {"outcome": "changed", "comment": "Bedömt igen.", "revision": 1}
    )
    review.refresh_from_db()
    assert (review.state, review.outcome) == ("done", "changed")
    client.post(reverse("laws:reopen", args=[review.pk]), {"reason": "Fel."})
    review.refresh_from_db()
    assert review.state == "open"


@pytest.mark.parametrize("page", ["review", "finish", "reopen"])
def test_a_review_of_another_committee_is_not_there(client, board, developer, page):
    review = review_at("open", developer, board)
    client.force_login(person("Ida Öst", quality_developer=committee("Äldrenämnden")))

    assert client.get(reverse(f"laws:{page}", args=[review.pk])).status_code == 404
    assert review.title not in client.get(reverse("laws:reviews")).text


@pytest.mark.parametrize("page", ["change", "check", "supersede", "add_provision"])
def test_whoever_only_reads_is_offered_nothing(client, board, developer, page):
    standing = law(developer)
    client.force_login(person("Ali Strand", employee=unit(board)))
    address = reverse(f"laws:{page}", args=[standing.pk])

    assert client.get(address).status_code == 403
    assert address not in client.get(standing.get_absolute_url()).text


def test_reviews_are_filtered(client, board, developer):
    open_one = review_at("open", developer, board)
    done = provision(developer, open_one.of.law, "4 §")
    judged(developer, board, done)
    [done] = supersede(done, developer)
    finish(done, developer)

    def found(**asked):
        return list(client.get(reverse("laws:reviews"), asked).context["shown"].page.object_list)

    assert found(state="open") == [open_one]
    assert found(state="done") == [done]
    assert found(mine="on", unit=board.pk, q="Bedömning") == [open_one, done]
    assert found(overdue="on") == []


def test_the_list_comes_back_from_excel(client, developer):
    standing = law(developer)
    book = edit(fetched(client, LIST), B2="SoL, den äldre", G2="Läst i författningen")

    preview = sent(client, READ_IN, book)
    assert told(preview.context["outcome"]) == (
        [("B2", "SoL", "SoL, den äldre"), ("G2", "Kontrollera mot författningen", "Läst i författningen")],
        [],
    )
    agreed(client, READ_IN, preview)

    standing.refresh_from_db()
    assert (standing.short, standing.certainty) == ("SoL, den äldre", "verified")


def test_what_somebody_else_has_changed_is_not_written_over_from_excel(client, developer):
    standing = law(developer)
    book = edit(fetched(client, LIST), B2="A")
    typed = {"title": "Socialtjänstlag", "series": "SFS", "number": "2001:453", "kind": "act", "field": "social"}
    changed = typed | {"certainty": "unverified", "short": "B", "revision": 1}
    client.post(reverse("laws:change", args=[standing.pk]), changed)

    outcome = sent(client, READ_IN, book).context["outcome"]

    assert [row.obstacle for row in outcome.rows] == [
        "Någon annan har ändrat raden sedan filen hämtades. Hämta listan på nytt."
    ]
