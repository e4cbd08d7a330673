from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.agreements.states import AgreementState as S
from tests.factories import committee, person, provider
from tests.lists import agreed, chosen, edit, fetched, obstacles, sent, told
from tests.rulebook.agreements import walks
from tests.rulebook.agreements.walks import agreement_at, basis, draft, in_force, kind, party, requirement
from tests.rulebook.laws.walks import law, provision, supersede

pytestmark = pytest.mark.django_db

FORMS = ("change", "terminate", "replace", "end", "reinstate", "add_party", "add_requirement")
LIST = "agreements:list"


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def url(name, row):
    return reverse(f"agreements:{name}", args=[row.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        in_force(manager, home_care, title=f"Avtal {number}", owner_person=person(f"Anna {number}"))

    with django_assert_num_queries(11):
        client.get(reverse(LIST))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    developer = person("Disa Falk", quality_developer=home_care.committee)
    of = law(developer)
    provisions = [provision(developer, of, f"{number + 1} §") for number in range(rows)]
    agreement = in_force(manager, home_care, mandatory_basis=basis(), provisions=provisions)
    for number in range(rows):
        party(agreement, manager, name=f"Part {number}", unit=provider(f"Utförare {number}"))
        requirement(agreement, manager, order=number)

    with django_assert_num_queries(11):
        client.get(agreement.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_mandatory_statements(client, home_care, manager, rows, django_assert_num_queries):
    developer = person("Kim Kvalitet", quality_developer=home_care.committee)
    for number in range(rows):
        in_force(manager, home_care, mandatory_basis=basis(f"basis_{number}", f"Grupp {number}"))
    client.force_login(developer)

    with django_assert_num_queries(8):
        client.get(url("mandatory", home_care.committee))


def test_list_filters(client, home_care, manager):
    choice = kind("choice_system", "Avtal LOV")
    draft(manager, home_care, title="Utkast", owner_role="unit_manager")
    late = in_force(manager, home_care, title="Försenat", next_follow_up_date=date(2026, 3, 1), mandatory_basis=basis())
    ending = in_force(manager, home_care, title="Snart slut", kind=choice, valid_to=date(2026, 5, 1))
    party(ending, manager, name="Omsorg Exempel AB", kind="private_provider")

    def found(**query):
        return titles(client.get(reverse(LIST), query))

    assert found() == ["Försenat", "Snart slut", "Utkast"]
    assert found(q="snart") == ["Snart slut"]
    assert found(kind=choice.pk) == ["Snart slut"]
    assert found(state="draft") == ["Utkast"]
    assert found(unit=home_care.pk, mandatory="on") == ["Försenat"]
    assert found(party="exempel") == ["Snart slut"]
    assert found(ends_within=1) == []
    assert found(ends_within=2) == ["Snart slut"]
    assert found(overdue="on") == ["Försenat"]
    assert found(mine="on") == ["Utkast"]
    assert found(ownerless="on") == ["Försenat", "Snart slut"]
    assert late.mandatory_basis.name in client.get(late.get_absolute_url()).content.decode()


def test_edited_in_excel_and_read_back(client, home_care, manager):
    agreement = in_force(manager, home_care, title="Samverkan")
    book = fetched(client, reverse(LIST))
    heads = [cell.value for cell in book.active[1]]
    column = "ABCDEFGH"[heads.index("Följs upp senast")]
    address = reverse("agreements:read_in")

    preview = sent(client, address, edit(book, A2="Samverkan om barn", **{f"{column}2": date(2026, 9, 1)}))
    changed, refused = told(preview.context["outcome"])
    agreed(client, address, preview)

    agreement.refresh_from_db()
    assert (len(changed), refused) == (2, [])
    assert (agreement.title, agreement.next_follow_up_date) == ("Samverkan om barn", date(2026, 9, 1))


def test_several_get_an_owner_at_once(client, home_care, manager):
    one, over = in_force(manager, home_care, title="Ett"), agreement_at(S.ENDED, manager, home_care, title="Över")
    address = reverse("agreements:change_many")

    answer = chosen(client, address, [one, over])
    chosen(client, address, [one], owner_role="lawyer")

    one.refresh_from_db()
    assert obstacles(answer) == [("Ett", ""), ("Över", "Avtalet är avslutat och ändras inte längre.")]
    assert one.owner_role == "lawyer"


def test_written_and_put_in_force_by_form(client, home_care, manager):
    asked = {
        "unit": home_care.pk,
        "title": "Ungdomsmottagning",
        "kind": kind().pk,
        "purpose": "Unga ska kunna komma till ett ställe.",
        "valid_from": "2026-01-01",
        "contact_email": "mottagning@example.org",
    }
    response = client.post(reverse("agreements:draft"), asked)
    agreement = Agreement.objects.get()
    assert response["Location"] == agreement.get_absolute_url()

    client.post(url("add_party", agreement), {"name": "Regionen", "kind": "region", "unit": "", "role": "Läkare."})
    client.post(url("add_requirement", agreement), {"text": "Öppet tre dagar.", "order": 1, "is_critical": "on"})
    client.post(url("put_in_force", agreement))

    agreement.refresh_from_db()
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert agreement.state == S.IN_FORCE
    assert all(words in page for words in ("Regionen", "Öppet tre dagar.", "Kritiskt", "Tills vidare", "Läkare."))


def test_what_it_rests_on_is_chosen_by_form_and_shown(client, home_care, manager):
    developer = person("Disa Falk", quality_developer=home_care.committee)
    of = law(developer)
    first, second = provision(developer, of, "1 §"), provision(developer, of, "2 §")
    agreement = draft(manager, home_care, provisions=[first])
    form = client.get(url("change", agreement)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    client.post(url("change", agreement), typed | {"provisions": [first.pk, second.pk]})
    supersede(second, developer)

    page = client.get(agreement.get_absolute_url())
    word = client.get(reverse("agreements:file", args=[agreement.pk, "docx"]))
    said = [paragraph.text for paragraph in docx.Document(BytesIO(word.content)).paragraphs]
    assert page.context["page"].provisions == [first, second]
    assert page.content.decode().count("Gäller inte längre") == 1
    assert said[said.index("Lagrum") + 1 :][:2] == ["1 § SoL (2001:453)", "2 § SoL (2001:453) (gäller inte längre)"]
    client.force_login(developer)
    governed = client.get(reverse("laws:for_provision", args=[first.pk])).context["kinds"]
    assert [(str(kind.name), kind.rows) for kind in governed] == [("Avtal", [agreement])]


def test_a_draft_offers_nothing_that_only_an_agreement_in_force_can(client, home_care, manager):
    agreement = draft(manager, home_care)

    def page():
        return client.get(agreement.get_absolute_url()).content.decode()

    later = ("Registrera en uppföljning", "Påbörja ett nytt avtal efter det här")
    waits = "sätter den som får besluta i enheten avtalet i kraft."
    assert [words in page() for words in (*later, waits, "Sätt i kraft")] == [False, False, False, True]
    client.force_login(person("Malin Ek", quality_developer=home_care.committee))
    assert [words in page() for words in (*later, waits, "Sätt i kraft")] == [False, False, True, False]


def test_parts_changed_and_taken_out_by_form(client, home_care, manager):
    agreement = draft(manager, home_care)
    side, rule = party(agreement, manager), requirement(agreement, manager)

    client.post(
        url("change_party", side), {"name": "Region Exempel", "kind": "region", "unit": "", "role": "", "revision": 1}
    )
    client.post(url("change_requirement", rule), {"text": "Möte varje vecka.", "order": 4, "revision": 1})
    client.post(url("take_out_party", side), {"reason": "De går ur."})
    client.post(url("take_out_requirement", rule), {"reason": "Det görs inte."})

    side.refresh_from_db()
    rule.refresh_from_db()
    said = [(row.ended_date, row.ended_reason) for row in (side, rule)]
    assert (side.name, rule.text, rule.order) == ("Region Exempel", "Möte varje vecka.", 4)
    assert said == [(walks.TODAY, "De går ur."), (walks.TODAY, "Det görs inte.")]
    assert "Det görs inte." in client.get(agreement.get_absolute_url()).content.decode()


def test_over_in_each_way_by_form(client, home_care, manager):
    said_up, replaced = in_force(manager, home_care, title="Ett"), in_force(manager, home_care, title="Två")
    ended = in_force(manager, home_care, title="Tre", valid_to=date(2026, 3, 1))

    client.post(url("terminate", said_up), {"valid_to": "2026-12-31", "reason": "Vi säger upp det."})
    client.post(url("replace", replaced), {"successor": ended.pk, "reason": "Ersatt."})
    client.post(url("end", ended), {"reason": "Tiden har gått ut."})
    client.post(url("reinstate", said_up), {"reason": "Vi ångrar oss."})

    states = list(Agreement.objects.order_by("pk").values_list("state", flat=True))
    assert states == [S.IN_FORCE, S.REPLACED, S.ENDED]
    assert client.post(url("end", said_up), {"reason": "Nej."}).status_code == 422


def test_the_next_one_is_begun_by_button(client, home_care, manager):
    agreement = in_force(manager, home_care)

    response = client.post(url("renew", agreement))

    successor = Agreement.objects.get(state=S.DRAFT)
    assert response["Location"] == successor.get_absolute_url()
    assert "Ska ersättas av" in client.get(agreement.get_absolute_url()).content.decode()


def test_a_provider_is_not_told_of_a_draft_that_is_to_follow(client, home_care, manager):
    dragonfly = provider("Trollsländan")
    agreement = in_force(manager, home_care)
    party(agreement, manager, name="Trollsländan", kind="private_provider", unit=dragonfly)
    client.post(url("renew", agreement))
    following = Agreement.objects.get(state=S.DRAFT)

    def is_told(somebody):
        client.force_login(somebody)
        return following.get_absolute_url() in client.get(agreement.get_absolute_url()).content.decode()

    assert (is_told(manager), is_told(person("Pia Part", provider_contact=dragonfly))) == (True, False)


def test_fetched_as_word_and_pdf(client, home_care, manager):
    agreement = in_force(manager, home_care, title="Samverkan")
    requirement(agreement, manager, is_critical=True)

    word, pdf = (client.get(reverse("agreements:file", args=[agreement.pk, kind])) for kind in ("docx", "pdf"))
    cells = [
        [cell.text for cell in row.cells] for table in docx.Document(BytesIO(word.content)).tables for row in table.rows
    ]
    assert cells == [
        ["Part", "Slag", "Ansvar"],
        ["Regionen", "Region", ""],
        ["Nr", "Krav", "Kritiskt", "Lagrum eller villkor", "Så följs det upp"],
        ["1", "Möte inom tre veckor.", "Kritiskt", "", ""],
    ]
    assert pdf.content.startswith(b"%PDF-")
    assert client.get(reverse("agreements:file", args=[agreement.pk, "exe"])).status_code == 404


def test_what_the_law_demands_and_what_is_missing(client, home_care, manager):
    in_force(manager, home_care, title="Om placerade barn", mandatory_basis=basis())
    basis("harmful_use", "Skadligt bruk")
    other = committee("Äldrenämnden")
    person_of = {where: person(f"Kim {where.name}", quality_developer=where) for where in (home_care.committee, other)}

    def rows(where):
        client.force_login(person_of[where])
        page = client.get(url("mandatory", where)).context["page"]
        return [(row.basis.name, [str(one) for one in row.agreements], row.is_covered) for row in page.rows]

    assert rows(home_care.committee) == [
        ("Placerade barn och unga", ["Om placerade barn"], True),
        ("Skadligt bruk", [], False),
    ]
    assert rows(other) == [("Placerade barn och unga", [], True), ("Skadligt bruk", [], False)]


@pytest.mark.parametrize("page", FORMS)
def test_who_may_only_read_changes_nothing(client, home_care, manager, page):
    agreement = in_force(manager, home_care)
    client.force_login(person("Rita Revisor", auditor=home_care.committee))

    assert client.get(agreement.get_absolute_url()).status_code == 200
    assert client.get(url(page, agreement)).status_code == 403


def test_another_nämnd_finds_nothing_here(client, home_care, manager):
    agreement = in_force(manager, home_care)
    side, rule = agreement.parties.get(), requirement(agreement, manager)
    client.force_login(person("Ola Berg", quality_developer=committee("Äldrenämnden")))

    addresses = [agreement.get_absolute_url(), *(url(page, agreement) for page in FORMS)]
    addresses += [url("change_party", side), url("take_out_party", side)]
    addresses += [url("change_requirement", rule), url("take_out_requirement", rule)]
    addresses += [reverse("agreement_follow_ups:record", args=[agreement.pk])]
    addresses += [reverse("agreement_follow_ups:for_agreement", args=[agreement.pk])]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.get(url("mandatory", home_care.committee)).status_code == 404
    assert titles(client.get(reverse(LIST))) == []
