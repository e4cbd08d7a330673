from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hjulet.organisation.models import Person, Unit
from tests.factories import committee as a_committee
from tests.factories import municipality, person, unit
from tests.organisation.importing.walks import HEADINGS, PERSON_ROWS, UNIT_ROWS, book, changed

pytestmark = pytest.mark.django_db

READ_IN = reverse("organisation_file:read_in")


@pytest.fixture
def admin(client):
    admin = person("Ada Min", system_administrator=municipality())
    client.force_login(admin)
    return admin


def sent(client, content, **typed):
    return client.post(READ_IN, {"file": SimpleUploadedFile("organisation.xlsx", content)} | typed)


def agreed(client, preview, **typed):
    context = preview.context
    return client.post(READ_IN, {"tried": context["form"].packed, "seen": context["result"].seal} | typed)


def test_from_file_to_organisation(client, admin):
    preview = sent(client, book())

    assert Unit.objects.count() == 1
    assert "Enhet: Hemtjänst Norr (U2)" in preview.content.decode()

    assert agreed(client, preview).url == reverse("units:tree")
    assert Unit.objects.count() == 4

    again = sent(client, book()).content.decode()
    assert "Filen säger samma sak som Kvalitetshjulet." in again
    assert 'name="tried"' not in again


def test_passwords_are_shown_once_and_kept_nowhere(client, admin):
    preview = sent(client, book(), give_passwords="on")
    assert "xxxx" not in preview.content.decode()

    answer = agreed(client, preview, give_passwords="on")

    karin = Person.objects.get(email="karin@example.org")
    password = {person.pk: password for person, password in answer.context["passwords"]}[karin.pk]
    assert f"<code>{password}</code>" in answer.content.decode()
    assert karin.check_password(password)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "passwords" not in agreed(client, preview, give_passwords="on").context


def test_a_second_click_is_told_where_to_get_other_passwords(client, admin):
    preview = sent(client, book(), give_passwords="on")
    first = agreed(client, preview, give_passwords="on", once="abc")

    second = client.post(
        READ_IN,
        {
            "tried": preview.context["form"].packed,
            "seen": preview.context["result"].seal,
            "give_passwords": "on",
            "once": "abc",
        },
        follow=True,
    )

    assert second.redirect_chain == [(reverse("people:list"), 302)]
    assert "välj Ge nytt engångslösenord." in second.text
    assert [password for _person, password in first.context["passwords"] if password in second.text] == []


def test_what_was_chosen_to_end_is_asked_again_by_the_button(client, admin):
    agreed(client, sent(client, book()))

    preview = sent(client, book(people=PERSON_ROWS[:2]), end=["personer"])

    assert preview.context["result"].ended == ["Person: Åsa Öst"]
    assert '<input type="hidden" name="end" value="personer">' in preview.content.decode()
    agreed(client, preview, end=["personer"])
    assert Person.objects.get(external_id="P2").is_active is False


def test_what_has_moved_since_the_preview_is_shown_again(client, admin):
    preview = sent(client, book())
    agreed(client, sent(client, book(people=None)))

    answer = agreed(client, preview)

    assert answer.context["result"].has_moved is True
    assert "Granska en gång till." in answer.content.decode()
    assert Person.objects.filter(external_id="P1").count() == 0


def test_all_faults_are_told(client, admin):
    units = changed(changed(UNIT_ROWS, 0, parent="U9"), 1, kind="Avdelning")
    people = changed(changed(PERSON_ROWS, 0, valid_from="igår"), 2, role="Jurist", unit="U2")

    answer = sent(client, book(units, people))

    assert answer.status_code == 422
    assert [fault.partition(".")[0] for fault in answer.context["form"].non_field_errors()] == [
        "Enheter C3: ”Avdelning” är inget slag av enhet",
        "Personer G2: ”igår” är inte ett datum",
        "Enheter D2: ingen enhet har id:t ”U9”, varken här eller i filen",
        "Personer F4: enheten ”U2” kunde inte läsas in",
    ]
    assert Unit.objects.count() == 1


def test_without_a_file_one_is_asked_for(client, admin):
    assert client.post(READ_IN, {"tried": ""}).context["form"].errors == {"file": ["Välj en fil."]}


def test_template_has_the_columns_and_can_be_read(client, admin):
    sheets = openpyxl.load_workbook(BytesIO(client.get(reverse("organisation_file:template")).content))

    assert {sheet.title: [cell.value for cell in sheet[1]] for sheet in sheets} == HEADINGS


def test_only_who_manages_the_organisation_comes_here(client):
    client.force_login(person(unit_manager=unit(a_committee())))

    assert [client.get(reverse(f"organisation_file:{name}")).status_code for name in ("read_in", "template")] == [
        403,
        403,
    ]
