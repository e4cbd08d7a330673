import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from hjulet.actions.models import ActionType, Strength
from hjulet.actions.registers import ACTION_TYPES
from hjulet.collaboration.attachments.operations import attach, withdraw_attachment
from hjulet.collaboration.attachments.queries import attachments_of
from hjulet.collaboration.comments.operations import comment_on, withdraw_comment
from hjulet.collaboration.comments.queries import comments_on
from hjulet.collaboration.registers.queries import latest_version
from tests import factories
from tests.actions.walks import plan
from tests.collaboration import files
from tests.collaboration.files import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, home_care):
    person = factories.person("Eva Chef", unit_manager=home_care)
    client.force_login(person)
    return person


@pytest.fixture
def action(home_care, manager):
    return plan(manager, home_care)


@pytest.fixture
def stranger():
    return factories.person("Lars", unit_manager=factories.committee("Skolnämnden"))


def to_add(what, action):
    return reverse(f"{what}:add", args=["actions.action", action.pk])


def test_a_comment_is_written_and_withdrawn_on_pages(client, action):
    assert client.post(to_add("comments", action), {"text": "Bra idé."}).url == action.get_absolute_url()
    comment = comments_on(action).get()
    assert comment.text == "Bra idé."

    client.post(reverse("comments:withdraw", args=[comment.pk]), {"reason": "Fel ställe"})
    comment.refresh_from_db()
    assert comment.withdrawn_reason == "Fel ställe"


def test_an_empty_comment_is_sent_back(client, action):
    response = client.post(to_add("comments", action), {"text": ""})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["text"])


def test_a_file_is_attached_fetched_and_withdrawn_on_pages(client, action):
    sent = {"upload": upload("Beslut maj.pdf", files.PDF), "description": "Nämndens beslut"}
    assert client.post(to_add("attachments", action), sent).url == action.get_absolute_url()
    attachment = attachments_of(action).get()
    assert attachment.description == "Nämndens beslut"

    response = client.get(reverse("attachments:download", args=[attachment.pk]))
    assert b"".join(response.streaming_content) == files.PDF
    assert {
        name: response.headers[name]
        for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="Beslut maj.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }

    client.post(reverse("attachments:withdraw", args=[attachment.pk]), {"reason": "Fel fil"})
    assert client.get(reverse("attachments:download", args=[attachment.pk])).status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (lambda: upload("bild.png", b"<svg onload='x()'></svg>"), "Det här slaget av fil tas inte emot."),
        (lambda: upload("tom.pdf", b""), "Filen är tom."),
    ],
)
def test_a_disguised_file_is_sent_back_with_what_is_allowed(client, action, sent, sentence):
    response = client.post(to_add("attachments", action), {"upload": sent()})

    (said,) = response.context["form"].errors["upload"]
    assert (response.status_code, said.startswith(sentence)) == (422, True)
    assert not attachments_of(action).exists()


def test_an_oversize_file_is_sent_back(client, action, settings):
    settings.MAX_ATTACHMENT_BYTES = 10

    response = client.post(to_add("attachments", action), {"upload": upload("a.pdf", files.PDF)})

    assert response.context["form"].errors["upload"] == [
        f"Filen är {len(files.PDF)}\xa0byte. Den får vara högst 10\xa0byte."
    ]


def test_another_committee_finds_nothing(client, action, manager, stranger):
    comment = comment_on(action, by=manager, text="Hej")
    attachment = attach(action, by=manager, upload=upload("a.pdf", files.PDF))
    client.force_login(stranger)

    assert [
        client.get(address).status_code
        for address in (
            to_add("comments", action),
            to_add("attachments", action),
            reverse("comments:withdraw", args=[comment.pk]),
            reverse("attachments:download", args=[attachment.pk]),
            reverse("attachments:withdraw", args=[attachment.pk]),
            reverse("comments:add", args=["nonsense", action.pk]),
            reverse("attachments:add", args=["sessions.session", 1]),
        )
    ] == [404] * 7


def test_readers_read_but_do_not_contribute(client, action, manager, home_care):
    comment = comment_on(action, by=manager, text="Vi börjar i maj.")
    attachment = attach(action, by=manager, upload=upload("a.pdf", files.PDF))
    client.force_login(factories.person("Nils", committee_member=home_care.committee))

    response = client.get(reverse("attachments:download", args=[attachment.pk]))
    assert (response.status_code, b"".join(response.streaming_content)) == (200, files.PDF)
    assert [
        client.post(address).status_code
        for address in (
            to_add("comments", action),
            to_add("attachments", action),
            reverse("comments:withdraw", args=[comment.pk]),
            reverse("attachments:withdraw", args=[attachment.pk]),
        )
    ] == [403] * 4


def test_the_panel_shows_what_is_said_and_hides_what_is_withdrawn(client, action, manager):
    comment_on(action, by=manager, text="<b>Kvar</b>")
    withdraw_comment(comment_on(action, by=manager, text="Hemligt namn"), by=manager, reason="Personuppgift")
    withdraw_attachment(
        attach(action, by=manager, upload=upload("hemlig.pdf", files.PDF)), by=manager, reason="Fel fil"
    )
    attach(action, by=manager, upload=upload("beslut.png", files.PNG))

    page = render_to_string("collaboration/panel.html", {"target": action, "user": manager})

    assert {
        text: text in page
        for text in ("&lt;b&gt;Kvar", "Hemligt namn", "Personuppgift", "hemlig.pdf", "Fel fil", "beslut.png")
    } == {
        "&lt;b&gt;Kvar": True,
        "Hemligt namn": False,
        "Personuppgift": True,
        "hemlig.pdf": False,
        "Fel fil": True,
        "beslut.png": True,
    }
    assert to_add("comments", action) in page


def test_the_panel_offers_readers_no_button(client, action, manager, home_care):
    comment_on(action, by=manager, text="Hej")
    member = factories.person("Nils", committee_member=home_care.committee)

    page = render_to_string("collaboration/panel.html", {"target": action, "user": member})

    assert ("Skriv en kommentar" in page, "Bifoga en fil" in page, "Ta tillbaka" in page) == (False, False, False)


@pytest.fixture
def developer(client):
    person = factories.person("Kim Kvalitet", quality_developer=factories.committee())
    client.force_login(person)
    return person


def address(name, *arguments):
    return reverse(f"registers:{name}", args=["atgardstyper", *arguments])


def test_the_index_lists_every_register(client, developer):
    page = client.get(reverse("registers:index"))

    assert [register.key for register in page.context["registers"]] == [
        "kvalitetsomraden",
        "dokumentslag",
        "malnivaer",
        "riskkallor",
        "verksamhetsomraden",
        "atgardstyper",
        "motesformer",
        "kompetenser",
        "frekvenser",
        "arshjulsmallar",
        "nyckeltalsmallar",
        "avtalsslag",
        "obligatoriska-overenskommelser",
        "planmall",
        "ansvar",
        "ansvarsomraden",
        "roller-som-ska-finnas",
        "organisationstexter",
        "granskningsregler",
        "introduktionspunkter",
    ]
    for register in page.context["registers"]:
        for name in ("rows", "add"):
            assert client.get(reverse(f"registers:{name}", args=[register.key])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_register_statements(client, developer, rows, django_assert_num_queries):
    for number in range(rows):
        ActionType.objects.create(key=f"typ-{number}", name=f"Typ {number}", strength=Strength.WEAK)

    with django_assert_num_queries(7):
        client.get(address("rows"))


def test_a_row_is_added_and_changed_on_pages(client, developer):
    sent = {"name": "Utbildning", "strength": "weak", "explanation": "", "order": 1, "reason": "", "revision": 0}
    response = client.post(address("add"), sent)
    row = ActionType.objects.get()
    assert response.url == address("row", row.pk)

    client.post(address("change", row.pk), sent | {"name": "Handledning", "revision": 1})
    row.refresh_from_db()
    assert (row.name, latest_version(ACTION_TYPES, row)) == ("Handledning", 2)
    page = client.get(address("row", row.pk))
    assert page.context["values"] == [
        ("Namn", "Handledning"),
        ("Styrka", "Svag"),
        ("Förklaring", ""),
        ("Ordning", "1"),
    ]
    cells = [(str(cell), type(cell).__name__) for _column, cell in client.get(address("rows")).context["shown"].rows[0]]
    assert cells == [("Handledning", "Link"), ("Svag", "str"), ("", "str"), ("1", "str")]


def test_two_changes_at_once_are_both_shown(client, developer):
    row = ActionType.objects.create(key="typ", name="Typ", strength=Strength.WEAK)
    sent = {"name": "Min", "strength": "weak", "explanation": "", "order": 0, "reason": "", "revision": 0}
    client.post(address("change", row.pk), sent | {"name": "Annans"})

    response = client.post(address("change", row.pk), sent)

    assert (response.status_code, response.context["form"].conflicts) == (
        422,
        [("Namn", "Min", "Annans", "choose-name")],
    )
    client.post(address("change", row.pk), sent | {"revision": response.context["form"]["revision"].value()})
    row.refresh_from_db()
    assert row.name == "Min"


def test_lists_are_typed_one_a_line(client, developer):
    sent = {"name": "Kvartal", "months": 3, "synonyms": "4 ggr/år\n\n kvartalsvis ", "order": 1, "revision": 0}

    response = client.post(reverse("registers:add", args=["frekvenser"]), sent)

    page = client.get(response.url)
    assert ("Skrivs också", "4 ggr/år, kvartalsvis") in page.context["values"]
    change = client.get(reverse("registers:change", args=["frekvenser", page.context["row"].pk]))
    assert change.context["form"]["synonyms"].value() == "4 ggr/år\nkvartalsvis"


def test_readers_read_registers_and_others_do_not(client, home_care):
    row = ActionType.objects.create(key="typ", name="Typ", strength=Strength.WEAK)

    def answers(**roles):
        client.force_login(factories.person(f"Karin {len(roles)}{list(roles)}", **roles))
        pages = (reverse("registers:index"), address("rows"), address("row", row.pk))
        return [client.get(page).status_code for page in (*pages, address("add"), address("change", row.pk))]

    assert answers(employee=home_care) == [200, 200, 200, 403, 403]
    assert answers(system_administrator=home_care) == [200] * 5
    assert answers(provider_contact=factories.provider()) == [403] * 5
    assert answers() == [403] * 5


def test_an_unknown_register_or_row_is_not_found(client, developer):
    assert client.get(reverse("registers:rows", args=["okand"])).status_code == 404
    assert client.get(address("row", 1)).status_code == 404
    assert client.get(address("change", 1)).status_code == 404
