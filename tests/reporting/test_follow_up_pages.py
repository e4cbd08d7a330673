from datetime import date

import pytest
from django.urls import reverse

from hjulet.planning.models import Risk, RiskAnalysis
from hjulet.reporting.follow_up.models import FollowUp, Period
from hjulet.reporting.follow_up.states import FollowUpState as S
from tests.factories import committee, person
from tests.planning import walks as planning
from tests.planning.quality_plan import walks as plans
from tests.reporting.walks import follow_up_at, year_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(client):
    year = year_begun()
    client.force_login(year.developer)
    return year


def more_risks(year, number):
    analysis = RiskAnalysis.objects.get()
    for _ in range(number):
        planning.risk(year.developer, analysis, 2, 3, quality_area=plans.area(), title="En risk till")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, year, rows, django_assert_num_queries):
    for period in list(Period)[:rows]:
        follow_up_at(S.DRAFT, year, period)

    with django_assert_num_queries(8):
        client.get(reverse("follow_up:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, year, rows, django_assert_num_queries):
    more_risks(year, rows - 1)
    follow_up = follow_up_at(S.DRAFT, year)

    with django_assert_num_queries(12):
        client.get(follow_up.get_absolute_url())


def test_a_figure_leads_to_its_rows(client, year):
    more_risks(year, 2)
    follow_up = follow_up_at(S.DRAFT, year)
    page = client.get(follow_up.get_absolute_url()).context["page"]
    [risks] = [counted for counted in page.figures if counted.figure.key == "risker"]

    shown = client.get(reverse("follow_up:rows", args=[follow_up.pk, "risker"]))

    assert [row.title for row in shown.context["rows"]] == ["Sena besök", "En risk till", "En risk till"]
    assert risks.count == 3


@pytest.mark.parametrize(
    "key",
    [
        "risker",
        "roda-risker",
        "sankta-risker",
        "atgarder",
        "forsenade-atgarder",
        "egenkontroller",
        "forsenade-egenkontroller",
    ],
)
def test_rows_of_every_kind_are_drawn(client, year, key):
    follow_up = follow_up_at(S.DRAFT, year)

    assert client.get(reverse("follow_up:rows", args=[follow_up.pk, key])).status_code == 200


def test_an_unknown_figure_is_not_found(client, year):
    follow_up = follow_up_at(S.DRAFT, year)

    assert client.get(reverse("follow_up:rows", args=[follow_up.pk, "allt"])).status_code == 404


def test_from_adopted_plan_to_next_year_on_pages(client, year, clock):
    clock.move_to("2026-12-15 10:00+01:00")
    client.force_login(year.developer)
    client.post(reverse("follow_up:start"), {"plan": year.plan.pk, "period": "year"})
    follow_up = FollowUp.objects.get()

    def post(name, *more, leads_to=None, **data):
        response = client.post(reverse(f"follow_up:{name}", args=[follow_up.pk, *more]), data)
        assert response.url == (leads_to or follow_up.get_absolute_url())

    for text in follow_up.texts.all():
        post("write_text", text.pk, body="Det går framåt.", revision=text.revision)
    post("add_lesson", quality_area=plans.area().pk, text="Schemat håller inte.")
    lesson = follow_up.lessons.get()
    post(
        "change_lesson",
        lesson.pk,
        quality_area=plans.area().pk,
        text="Schemat håller inte.",
        becomes_risk="on",
        revision=1,
    )
    planning.assess(Risk.objects.get(), year.developer, 2, 3, assessed_date=date(2026, 12, 15))
    post("propose")
    post("send_back", reason="En siffra är fel.")
    post("propose")
    client.force_login(year.secretary)
    post("report", meeting_date="2026-12-15", paragraph="§ 30", registry_number="SN 2026/99")
    client.force_login(year.developer)
    post("start_next_year", leads_to=reverse("risk_analyses:detail", args=[year.risk.analysis_id + 1]))

    follow_up.refresh_from_db()
    assert [step.move for step in follow_up.steps.all()] == ["propose", "send_back", "propose", "report"]
    assert RiskAnalysis.objects.get(year=2027).risks.count() == 2


def test_what_is_lacking_stands_on_the_grey_button(client, year):
    page = client.get(follow_up_at(S.DRAFT, year).get_absolute_url())

    [move] = page.context["page"].moves
    assert move.obstacle == "Skriv sammanfattningen. Skriv text om: Trygghet och säkerhet. Bedöm på nytt: risk 1.1."
    assert move.obstacle in page.content.decode()


@pytest.mark.parametrize(
    ("format", "media_type", "begins"),
    [
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("pdf", "application/pdf", b"%PDF"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_files(client, year, format, media_type, begins):
    follow_up = follow_up_at(S.REPORTED, year)

    response = client.get(reverse("follow_up:file", args=[follow_up.pk, format]))

    assert (response["Content-Type"], response.content.startswith(begins)) == (media_type, True)
    assert response["Content-Disposition"].startswith("attachment;")


def test_a_draft_has_no_files(client, year):
    assert client.get(reverse("follow_up:file", args=[follow_up_at(S.DRAFT, year).pk, "pdf"])).status_code == 404


@pytest.mark.parametrize(("state", "status"), [(S.DRAFT, 404), (S.PROPOSED, 200), (S.REPORTED, 200)])
def test_the_committee_reads_what_lies_before_it(client, year, state, status):
    follow_up = follow_up_at(state, year)
    client.force_login(person("Nils Ledamot", committee_member=year.committee))

    assert client.get(follow_up.get_absolute_url()).status_code == status


@pytest.mark.parametrize("name", ["detail", "report", "send_back", "add_lesson"])
def test_another_committee_gets_not_found(client, year, name):
    follow_up = follow_up_at(S.REPORTED, year)
    client.force_login(person("Ola Berg", quality_developer=committee("Socialnämnden")))

    assert client.get(reverse(f"follow_up:{name}", args=[follow_up.pk])).status_code == 404


def test_another_committee_cannot_follow_up_this_plan(client, year):
    client.force_login(person("Ola Berg", quality_developer=committee("Socialnämnden")))

    response = client.post(reverse("follow_up:start"), {"plan": year.plan.pk, "period": "t1"})

    assert (response.status_code, FollowUp.objects.count()) == (422, 0)


def test_markup_is_shown_as_text(client, year):
    follow_up = follow_up_at(S.DRAFT, year)
    text = follow_up.texts.get(quality_area=None)
    client.post(
        reverse("follow_up:write_text", args=[follow_up.pk, text.pk]),
        {"body": "<script>x</script> **fet**", "revision": text.revision},
    )

    page = client.get(follow_up.get_absolute_url()).content.decode()

    assert ("<script>x" in page, "<strong>fet</strong>" in page) == (False, True)
