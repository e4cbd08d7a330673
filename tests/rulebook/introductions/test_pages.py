from datetime import date

import pytest
from django.urls import reverse

from hjulet.reporting.gaps.queries import gaps_page
from hjulet.reporting.my_work.queries import tasks_of
from hjulet.rulebook.introductions.states import IntroductionState as S
from hjulet.rulebook.models import Introduction, IntroductionTemplate, SignOff, TemplatePoint
from tests.factories import committee, person, unit
from tests.rulebook.introductions.walks import introduction_at, people, plan, point, template
from tests.rulebook.receipts.walks import version_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return people()


def url(name, row, *more):
    return reverse(f"introductions:{name}", args=[row.pk, *more])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, at, rows, django_assert_num_queries):
    for number in range(rows):
        plan(at, name=f"Arbete {number}")
    client.force_login(at.manager)

    with django_assert_num_queries(7):
        client.get(reverse("introductions:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, at, rows, django_assert_num_queries):
    documents = [version_in_force(at.home_care.parent, title=f"Rutin {n}").document for n in range(rows)]
    introduction = plan(at, documents=documents)
    client.force_login(at.newcomer)

    with django_assert_num_queries(8):
        client.get(introduction.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_template_statements(client, at, rows, django_assert_num_queries):
    documents = [version_in_force(at.home_care.parent, title=f"Rutin {n}").document for n in range(rows)]
    made = template(at.manager, at.home_care, documents=documents)
    client.force_login(at.manager)

    with django_assert_num_queries(6):
        client.get(made.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_template_list_statements(client, at, rows, django_assert_num_queries):
    for number in range(rows):
        template(at.manager, at.home_care, name=f"Arbete {number}")
    client.force_login(at.manager)

    with django_assert_num_queries(6):
        client.get(reverse("introduction_templates:list"))


def test_seen_by_the_person_the_supervisor_and_whoever_leads_the_staff_only(client, at):
    introduction = plan(at)
    board = at.home_care.parent
    seen = {}
    others = {
        "chef för annan enhet": person("A Ek", unit_manager=unit(board, "Syd")),
        "kvalitetsutvecklare": person("B Ek", quality_developer=board),
        "kollega": person("C Ek", employee=at.home_care),
        "nämndledamot": person("D Ek", committee_member=board),
        "annan nämnd": person("E Ek", social_director=committee("Äldrenämnden")),
        "gruppchef": person("F Ek", group_manager=at.home_care),
    }
    for name, who in {"ny": at.newcomer, "handledare": at.supervisor, "chef": at.manager, **others}.items():
        client.force_login(who)
        listed = len(client.get(reverse("introductions:list")).context["shown"].rows)
        files = client.get(url("file", introduction, "pdf")).status_code
        seen[name] = (listed, client.get(introduction.get_absolute_url()).status_code, files)

    yes, no = (1, 200, 200), (0, 404, 404)
    assert seen == {"ny": yes, "handledare": yes, "chef": yes, "gruppchef": yes} | {
        name: no for name in others if name != "gruppchef"
    }


def test_neither_address_nor_title_says_who_it_is(client, at):
    introduction = plan(at)
    client.force_login(at.manager)

    page = client.get(introduction.get_absolute_url()).content.decode()

    title = page[page.index("<title>") : page.index("</title>")]
    assert ("Berg" in title, "Berg" in introduction.get_absolute_url(), "Berg" in str(introduction)) == (
        False,
        False,
        False,
    )


def test_planned_and_signed_on_pages(client, at):
    made = template(at.manager, at.home_care)
    client.force_login(at.manager)
    said = {
        "unit": at.home_care.pk,
        "template": made.pk,
        "person": at.newcomer.pk,
        "supervisor": at.supervisor.pk,
        "start_date": "2026-03-16",
    }
    assert client.post(reverse("introductions:plan"), said | {"supervisor": at.newcomer.pk}).status_code == 422
    client.post(reverse("introductions:plan"), said)
    introduction = Introduction.objects.get()
    shown = point(at, "Träffa skyddsombudet")

    client.force_login(at.newcomer)
    assert client.post(url("sign", shown, "supervisor")).status_code == 403
    client.post(url("sign", shown, "employee"))
    client.post(url("undo", shown, "employee"), {"reason": "Fel."})
    page = client.get(introduction.get_absolute_url())

    assert "0 av 3" in page.content.decode()
    assert list(SignOff.objects.values_list("part", "is_undone")) == [("employee", False), ("employee", True)]
    assert [(row.point.text, row.is_done) for row in page.context["page"].rows] == [
        ("Visad runt i lokalerna", False),
        ("Träffa skyddsombudet", False),
        ("Tystnadsplikten", False),
    ]
    assert client.post(url("sign", shown, "annan")).status_code == 404


def test_moves_and_the_supervisor_on_pages(client, at):
    introduction = introduction_at(S.PLANNED, at)
    other = person("Annan By", employee=at.home_care)
    client.force_login(at.manager)

    client.post(url("begin", introduction))
    client.post(url("change", introduction), {"supervisor": other.pk, "revision": 1})
    refused = client.post(url("finish", introduction), follow=True)
    client.post(url("cancel", introduction), {"reason": "Slutade."})

    introduction.refresh_from_db()
    assert (introduction.state, introduction.supervisor) == (S.CANCELLED, other)
    assert [str(message) for message in refused.context["messages"]][-1] == "3 punkter är inte signerade."


def test_template_is_made_and_changed_on_pages(client, at):
    document = version_in_force(at.home_care.parent).document
    client.force_login(at.manager)

    def there(name, row):
        return reverse(f"introduction_templates:{name}", args=[row.pk])

    client.post(
        reverse("introduction_templates:start"),
        {"unit": at.home_care.pk, "name": "Usk", "role": "employee", "work": ""},
    )
    made = IntroductionTemplate.objects.get()
    said = {"text": "Läs rutinen", "kind": "read", "document": document.pk, "signed_by": "both", "days": 3, "order": 1}
    client.post(there("add_point", made), said)
    added = TemplatePoint.objects.get()
    wrong = client.post(there("change_point", added), said | {"kind": "meet", "revision": 1})
    client.post(there("change_point", added), said | {"text": "Läs den noga", "revision": 1})
    client.post(there("change", made), {"name": "Undersköterska", "role": "employee", "revision": 1})
    added.refresh_from_db()
    assert (wrong.status_code, added.text, added.document) == (422, "Läs den noga", document)
    client.post(there("remove_point", added))
    client.post(there("close", made), {"reason": "Ny."})

    made.refresh_from_db()
    assert (made.name, made.closed_date) == ("Undersköterska", date(2026, 3, 16))
    assert client.get(made.get_absolute_url()).context["page"].points == []


def test_another_committee_sees_no_template(client, at):
    made = template(at.manager, at.home_care)
    client.force_login(person("Annan Ek", unit_manager=unit(committee("Äldrenämnden"), "Syd")))

    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(reverse("introduction_templates:list")).context["shown"].rows == []
    for text in ("change", "close", "add_point"):
        assert client.get(reverse(f"introduction_templates:{text}", args=[made.pk])).status_code == 404


def test_awaits_both_and_is_a_gap_when_a_day_has_passed(at, clock):
    introduction = plan(at)

    assert [(task.kind, task.title, task.day) for task in tasks_of(at.newcomer)] == [
        ("Gå igenom introduktionen", "Undersköterska", date(2026, 3, 18))
    ]
    assert list(gaps_page(at.manager, "introduction-late", None).rows) == []
    clock.move_to("2026-03-20 12:00Z")
    assert list(gaps_page(at.manager, "introduction-late", None).rows) == [introduction]
    assert list(gaps_page(at.newcomer, "introduction-late", None).rows) == [introduction]


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_printed(client, at, format):
    introduction = plan(at)
    client.force_login(at.newcomer)

    answer = client.get(url("file", introduction, format))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="introduktion-{introduction.pk}.{format}"'
    assert client.get(url("file", introduction, "xlsx")).status_code == 404
