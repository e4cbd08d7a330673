from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from hjulet.rulebook.documents import deciding, operations
from hjulet.rulebook.documents.states import VersionState as S
from hjulet.rulebook.models import DocumentVersion, GoverningDocument, QualityArea
from tests.collaboration.files import upload
from tests.factories import committee, group, person, unit
from tests.rulebook.documents import walks
from tests.rulebook.laws import walks as laws

pytestmark = pytest.mark.django_db

TODAY = walks.TODAY


@pytest.fixture
def writer(home_care):
    return walks.writer(home_care)


@pytest.fixture
def chief(home_care, client):
    chief = walks.decider(home_care)
    client.force_login(chief)
    return chief


def page(client, name, *args, **query):
    return client.get(reverse(f"documents:{name}", args=args), query)


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, chief, rows, django_assert_num_queries):
    for number in range(rows):
        walks.in_force(chief, chief, home_care, title=f"Rutin {number}", owner_person=person(f"Anna {number}"))

    with django_assert_num_queries(11):
        page(client, "list")


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, chief, rows, django_assert_num_queries):
    document = walks.in_force(chief, chief, home_care, day=date(2026, 1, 1))
    for day in range(2, rows + 1):
        walks.decide(walks.send(walks.next_version(document, chief), chief), chief, date(2026, 3, 14 + day))

    with django_assert_num_queries(11):
        client.get(document.get_absolute_url())


def test_the_list_answers_what_is_asked(client, home_care, writer, chief):
    area = QualityArea.objects.create(key="a", name="Trygghet", explanation="Trygg.", valid_from=date(2012, 1, 1))
    walks.in_force(writer, chief, home_care, day=date(2025, 1, 10), title="Dödsfall", owner_person=chief)
    walks.in_force(writer, chief, home_care, title="Nycklar", search_words="larm", quality_areas=[area])
    walks.start(writer, home_care, title="Policy om våld", kind=walks.kind("policy", "Policy"), owner_role="lawyer")

    def shown(**query):
        return titles(page(client, "list", **query))

    assert shown() == ["Dödsfall", "Nycklar", "Policy om våld"]
    assert shown(q="larm") == ["Nycklar"]
    assert shown(kind=walks.kind("policy").pk) == ["Policy om våld"]
    assert shown(day="2025-06-01") == ["Dödsfall"]
    assert shown(day="2026-03-16") == ["Dödsfall", "Nycklar"]
    assert shown(overdue="on") == ["Dödsfall"]
    assert shown(mine="on") == ["Dödsfall"]
    assert shown(without="on") == ["Nycklar"]
    assert shown(owner_role="lawyer") == ["Policy om våld"]
    assert shown(area=area.pk) == ["Nycklar"]
    assert shown(unit=home_care.pk) == shown()


def test_another_committee_sees_neither_list_nor_page(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    client.force_login(person("Nils", unit_manager=unit(committee("Byggnämnden"))))

    answers = [page(client, name, document.pk).status_code for name in ("detail", "history", "compare", "on_day")]

    assert (titles(page(client, "list")), answers) == ([], [404] * 4)
    assert page(client, "version", document.pk, 1).status_code == 404
    assert page(client, "file", document.pk, 1, "pdf").status_code == 404


def test_a_reader_meets_what_applies_and_no_draft(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    walks.next_version(document, writer)
    client.force_login(person("Lars", employee=group(home_care)))

    answer = client.get(document.get_absolute_url())

    assert [listed.version.number for listed in answer.context["page"].versions] == [1]
    assert "Ta emot synpunkten och tacka." in answer.text
    assert page(client, "version", document.pk, 2).status_code == 404
    assert page(client, "change", document.pk).status_code == 403
    assert page(client, "decide", document.pk, 1).status_code == 403


def test_what_waits_is_said_above_what_applies(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    walks.decide(walks.send(walks.next_version(document, writer), writer), chief, date(2026, 9, 1))

    answer = client.get(document.get_absolute_url())

    assert "Version 2 gäller från och med 2026-09-01" in answer.text
    assert "Och till nämnden." not in answer.text


@pytest.mark.parametrize("state", S)
def test_every_state_has_its_pages(client, home_care, writer, chief, state):
    version = walks.version_at(state, writer, chief, home_care)

    answers = [page(client, name, version.document_id) for name in ("detail", "history", "compare")]

    assert [answer.status_code for answer in [*answers, client.get(version.get_absolute_url())]] == [200] * 4
    assert str(version.standing.label) in client.get(version.get_absolute_url()).text


def test_which_version_applied(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 1, 1))
    walks.decide(walks.send(walks.next_version(document, writer), writer), chief)

    asked = [page(client, "on_day", document.pk, day=day) for day in ("2026-02-01", "2026-03-16", "2025-12-31", "nyss")]

    assert [answer.status_code for answer in asked] == [302, 302, 200, 422]
    assert [answer.url for answer in asked[:2]] == [
        version.get_absolute_url() for version in document.versions.order_by("number")
    ]
    assert "Ingen version av dokumentet gällde 2025-12-31." in asked[2].text


def test_two_versions_word_by_word(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2026, 1, 1), body="Ring chefen i tid.")
    walks.next_version(document, writer, title="Ny rutin", body="Ring gruppchefen i god tid.")

    comparison = page(client, "compare", document.pk).context["comparison"]

    assert [(piece.kind, piece.text) for piece in comparison.pieces] == [
        ("same", "Ring "),
        ("removed", "chefen"),
        ("added", "gruppchefen"),
        ("same", " i "),
        ("added", "god "),
        ("same", "tid."),
    ]
    assert [fact.name for fact in comparison.facts] == ["Titel", "Beslutat av", "Beslutsdag", "Gäller från och med"]
    assert page(client, "compare", document.pk, older="1", newer="1").context["comparison"].is_same
    assert page(client, "compare", document.pk, older="x", newer="99").context["comparison"] == comparison


def test_files_are_those_that_were_decided(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)
    kept = {file.format: bytes(file.content) for file in walks.first(document).files.all()}

    assert {name: page(client, "file", document.pk, 1, name).content for name in ("html", "docx", "pdf")} == kept
    assert page(client, "file", document.pk, 1, "xlsx").status_code == 404


def test_an_uploaded_file_is_saved_and_never_opened_here(client, home_care, writer, chief):
    document = walks.start(writer, home_care, body="")
    address = reverse("documents:upload", args=[document.pk, 1])

    answer = client.post(address, {"upload": upload("nycklar.docx", walks.word_file("Kvittera nyckeln."))})

    assert answer.url == walks.first(document).get_absolute_url()
    original = page(client, "original", document.pk, 1)
    assert b"".join(original)[:2] == b"PK"
    assert original.headers["Content-Disposition"] == 'attachment; filename="nycklar.docx"'
    assert "Kvittera nyckeln." in client.get(document.get_absolute_url()).text


def test_the_way_by_forms_from_draft_to_decided(client, home_care, chief):
    typed = {"title": "Rutin för nycklar", "kind": walks.kind().pk, "unit": home_care.pk, "body": "Kvittera."}
    started = client.post(reverse("documents:start"), typed | {"decider_role": "unit_manager"})
    document = GoverningDocument.objects.get()
    assert started.url == document.get_absolute_url()

    sent = client.post(reverse("documents:send", args=[document.pk, 1]))
    decided = client.post(reverse("documents:decide", args=[document.pk, 1]), {"valid_from": "2026-03-16"})
    revised = client.post(reverse("documents:revise", args=[document.pk]))

    version = DocumentVersion.objects.get(number=2)
    assert [answer.url for answer in (sent, decided, revised)] == [
        walks.first(document).get_absolute_url(),
        walks.first(document).get_absolute_url(),
        version.get_absolute_url(),
    ]
    assert (walks.first(document).state, version.body) == (S.IN_FORCE, "Kvittera.")


def test_a_draft_is_discarded_by_form_and_the_document_leaves_the_list(client, home_care, writer, chief):
    walks.in_force(writer, chief, home_care, title="Rutin för nycklar")
    document = walks.start(writer, home_care, title="Dubblett")
    client.force_login(writer)

    answer = client.post(reverse("documents:discard", args=[document.pk, 1]), {"reason": "Fanns redan."})

    def listed(**asked):
        found = client.get(reverse("documents:list"), asked).context["shown"]
        return [(row[0][1].text, row[0][1].warning) for row in found.rows]

    assert answer.url == document.get_absolute_url()
    assert listed() == [("Rutin för nycklar", "")]
    assert listed(discarded="on") == [("Dubblett", "Slopat"), ("Rutin för nycklar", "")]
    text = unescape(client.get(document.get_absolute_url()).text)
    assert all(words in text for words in ("Dokumentet blev aldrig beslutat", "Fanns redan.", "Börja en ny version"))
    assert "Utkastet är slopat." in client.get(walks.first(document).get_absolute_url()).text


def test_discarding_asks_why_and_is_for_those_who_write(client, home_care, writer, chief):
    document = walks.start(writer, home_care, reviewer=person("Rita Läsare", employee=home_care))
    address = reverse("documents:discard", args=[document.pk, 1])

    assert client.post(address, {"reason": ""}).status_code == 422
    client.force_login(document.reviewer)
    assert client.get(address).status_code == 403
    assert walks.first(document).state == S.DRAFT


def test_a_decision_on_a_day_that_cannot_be_is_said_at_the_field(client, home_care, writer, chief):
    version = walks.send(walks.first(walks.start(writer, home_care)), writer)

    answer = client.post(reverse("documents:decide", args=[version.document_id, 1]), {"valid_from": "2026-03-01"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["valid_from"])


def test_scope_by_form(client, home_care, writer, chief):
    document, below = walks.start(writer, home_care), group(home_care)

    client.post(
        reverse("documents:scope", args=[document.pk]),
        {"applies_to": [below.pk], "roles": ["employee"], "revision": 1},
    )

    document.refresh_from_db()
    assert ([*document.applies_to.all()], document.roles) == ([below], ["employee"])


def test_provisions_are_chosen_under_their_law_and_what_has_ceased_only_where_it_was(client, home_care, writer):
    act = laws.law(writer)
    chosen, other, holds = (laws.provision(writer, act, f"{number} §", heading="Om") for number in (1, 2, 3))
    document = walks.start(writer, home_care, provisions=[chosen])
    for ceased in (chosen, other):
        laws.supersede(ceased, writer)
    client.force_login(writer)

    form = page(client, "scope", document.pk).context["form"]

    assert form.fields["provisions"].widget.choices == [
        ("SoL (2001:453)", [(chosen.pk, "1 § Om"), (holds.pk, "3 § Om")])
    ]


def test_confirmed_by_form(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care, day=date(2025, 1, 1))

    client.post(
        reverse("documents:confirm", args=[document.pk]), {"comment": "Läst.", "next_review_date": "2026-12-01"}
    )

    document.refresh_from_db()
    assert document.next_review_date == date(2026, 12, 1)
    assert "Version 1 stämmer fortfarande" in unescape(page(client, "history", document.pk).text)


def test_the_grey_button_says_who_decides(client, home_care, writer, chief):
    version = walks.send(walks.first(walks.start(writer, home_care)), writer)
    client.force_login(writer)

    assert "Bara enhetschef för Hemtjänst Norr beslutar om dokumentet." in client.get(version.get_absolute_url()).text
    operations.send_back_version(version, by=writer, reason="Mer att göra.")
    assert "Mer att göra." in client.get(version.get_absolute_url()).text


def test_a_draft_is_written_from_the_page_of_its_document(client, home_care, writer):
    document = walks.start(writer, home_care, body="")
    client.force_login(writer)

    said = client.get(document.get_absolute_url()).text

    there = [name for name in ("write", "upload") if f'"{reverse(f"documents:{name}", args=[document.pk, 1])}"' in said]
    assert there == ["write", "upload"]
    assert reverse("documents:poster", args=[document.pk]) not in said
    assert reverse("documents:on_day", args=[document.pk]) not in said


def test_what_applies_is_taken_out_and_pointed_at_from_the_page_of_its_document(client, home_care, writer, chief):
    document = walks.in_force(writer, chief, home_care)

    said = client.get(document.get_absolute_url()).text

    files = [reverse("documents:file", args=[document.pk, 1, format]) for format in ("html", "docx", "pdf")]
    pages = [reverse(f"documents:{name}", args=[document.pk]) for name in ("poster", "on_day")]
    assert [address for address in (*files, *pages) if f'"{address}"' in said] == [*files, *pages]


def test_the_list_warns_of_what_is_not_to_be_followed(client, home_care, writer, chief):
    walks.in_force(writer, chief, home_care, title="Gäller")
    walks.start(writer, home_care, title="Utkast")
    repealed = walks.in_force(writer, chief, home_care, title="Upphävd")
    deciding.withdraw_version(walks.first(repealed), by=chief, reason="Behövs inte.")

    rows = page(client, "list").context["shown"].rows
    assert [(row[0][1].text, row[0][1].warning) for row in rows] == [
        ("Gäller", ""),
        ("Upphävd", "Upphävt"),
        ("Utkast", "Gäller inte i dag"),
    ]


def test_an_empty_list_tells_how_to_begin_only_to_those_who_may(client, home_care, writer):
    def says_how(reader):
        client.force_login(reader)
        return "De skrivs här" in page(client, "list").text

    assert [says_how(writer), says_how(person("Lars", employee=home_care))] == [True, False]
