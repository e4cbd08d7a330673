from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import etree

from hjulet.rulebook.models import Activity
from hjulet.rulebook.processes.activities.operations import add_flow
from hjulet.rulebook.processes.states import ProcessState as S
from tests.factories import committee, person, unit
from tests.rulebook.processes.walks import add, describe, drafted, only, titles, version_at, version_of, ways

pytestmark = pytest.mark.django_db

MODEL = {"b": "http://www.omg.org/spec/BPMN/20100524/MODEL"}


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def url(name, *args):
    return reverse(f"processes:{name}", args=args)


def listed(client, **query):
    return [row[0][1].text for row in client.get(url("list"), query).context["shown"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        version_at(S.ADOPTED, manager, home_care, title=f"Process {number}")

    with django_assert_num_queries(9):
        client.get(url("list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    version = version_at(S.ADOPTED, manager, home_care, *(f"Steg {number}" for number in range(rows)))

    with django_assert_num_queries(12):
        client.get(url("detail", version.process_id))


@pytest.mark.parametrize("rows", [1, 3])
def test_draft_statements(client, home_care, manager, rows, django_assert_num_queries):
    version = drafted(manager, home_care, *(f"Steg {number}" for number in range(rows)))

    with django_assert_num_queries(12):
        client.get(url("version", version.process_id, 1))


def test_activity_statements(client, home_care, manager, django_assert_num_queries):
    version = drafted(manager, home_care, "Ta emot", "Utred")

    with django_assert_num_queries(11):
        client.get(version.activities.first().get_absolute_url())


def test_list_filters_and_comes_as_excel(client, home_care, manager):
    version_at(S.ADOPTED, manager, home_care, title="Handläggning", acts=["SoL"])
    with_others = drafted(manager, home_care, title="Utskrivning", owner_role="employee")
    add(with_others, manager, "Planera", is_collaboration=True, parties="Regionen")

    assert listed(client) == ["Handläggning", "Utskrivning"]
    assert listed(client, state="draft") == ["Utskrivning"]
    assert listed(client, state="adopted") == ["Handläggning"]
    assert listed(client, owner_role="employee") == ["Utskrivning"]
    assert listed(client, collaboration="on") == ["Utskrivning"]
    assert listed(client, q="handlägg") == ["Handläggning"]
    assert listed(client, mine="on") == ["Handläggning"]
    sheet = openpyxl.load_workbook(BytesIO(client.get(url("list"), {"format": "xlsx"}).content)).active
    assert [cell.value for cell in sheet[2]][:5] == [
        "Handläggning",
        "Hemtjänst Norr",
        "Enhetschef, Hemtjänst Norr",
        None,
        "Fastställd",
    ]


def test_page_shows_picture_text_and_routines(client, home_care, manager):
    version = drafted(manager, home_care, "Ta emot ansökan", "Utred")
    page = client.get(version.process.get_absolute_url())

    assert [row.told.number for row in page.context["page"].rows] == ["1", "2"]
    assert "<svg" in page.context["picture"]
    assert page.text.count("Rutin saknas") == 2


def test_describe_fill_order_and_adopt(client, home_care, manager):
    client.post(
        url("describe"),
        {"unit": home_care.pk, "title": "Handläggning", "owner_role": "unit_manager", "purpose": "Rätt beslut."},
    )
    pk = only().pk
    for title in ("Utred", "Ta emot"):
        client.post(url("add_activity", pk), {"kind": "task", "title": title, "role": "employee"})
    last = Activity.objects.get(title="Ta emot")
    moved = client.post(url("move_up", last.pk))
    sent = client.post(url("send_to_review", pk))
    adopted = client.post(url("adopt", pk), {"next_review_date": "2027-03-01"})

    version = version_of(only())
    assert moved.url == f"{version.get_absolute_url()}#steg-{last.pk}"
    assert (sent.status_code, adopted.status_code) == (302, 302)
    assert (titles(version), version.state, version.decided_by) == (["Ta emot", "Utred"], S.ADOPTED, manager)
    assert str(only().next_review_date) == "2027-03-01"


def test_what_cannot_be_moved_is_told_where_the_button_stands(client, home_care, manager):
    version = drafted(manager, home_care, "Ta emot ansökan", "Utred")
    first = version.activities.first()
    place = f"{version.get_absolute_url()}#steg-{first.pk}"

    assert client.post(url("move_up", first.pk)).url == place
    client.post(url("send_to_review", version.process_id))
    assert client.post(url("move_down", first.pk)).url == place


def test_an_activity_is_taken_out_when_one_has_been_asked(client, home_care, manager):
    version = drafted(manager, home_care, "Ta emot ansökan", "Utred")
    first = version.activities.first()

    asked = client.get(url("remove_activity", first.pk))
    assert ("Det som är skrivet om aktiviteten försvinner" in asked.text, titles(version)) == (
        True,
        ["Ta emot ansökan", "Utred"],
    )
    assert client.post(url("remove_activity", first.pk)).url == version.get_absolute_url()
    assert titles(version) == ["Utred"]
    client.post(url("send_to_review", version.process_id))
    assert client.post(url("remove_activity", version.activities.get().pk)).status_code == 422


def test_several_are_chosen_by_boxes(client, home_care, manager):
    """A list where one must know of the Ctrl key showed one line of many."""
    form = client.get(url("add_activity", drafted(manager, home_care).process_id)).context["form"]

    assert ["checkbox" in str(form[name]) for name in ("units",)] == [True]
    assert "<select" not in str(form["units"]) + str(form["routines"])


def test_change_texts_and_activity(client, home_care, manager):
    version = drafted(manager, home_care)
    process, activity = version.process, version.activities.get()
    client.post(url("change", process.pk), {"title": "Ny titel", "revision": process.revision, "acts": ["SoL", "LSS"]})
    client.post(
        url("write_text", process.pk), {"purpose": "Nytt syfte.", "results": "Beslut.", "revision": version.revision}
    )
    client.post(
        url("change_activity", activity.pk),
        {"kind": "task", "title": "Pröva", "lane": "Den enskilde", "revision": activity.revision},
    )

    process.refresh_from_db()
    version.refresh_from_db()
    activity.refresh_from_db()
    assert (process.title, process.acts, process.owner_role) == ("Ny titel", ["SoL", "LSS"], "")
    assert (version.purpose, version.results) == ("Nytt syfte.", "Beslut.")
    assert (activity.title, activity.performed_by) == ("Pröva", "Den enskilde")


def test_ways_are_added_and_removed(client, home_care, manager):
    version = drafted(manager, home_care, "Ta emot", "Utred", "Besluta")
    first, _second, third = version.activities.order_by("order")
    client.post(url("add_flow", version.process_id), {"source": first.pk, "target": third.pk, "label": "om enkelt"})

    assert ways(version) == [("Ta emot", "Utred", ""), ("Ta emot", "Besluta", "om enkelt")]

    for flow in version.flows.all():
        client.post(url("remove_flow", flow.pk))

    assert ways(version) == []


def test_a_removed_activity_takes_its_ways_along(client, home_care, manager):
    version = drafted(manager, home_care, "Ta emot", "Utred", "Besluta")
    first, second, _third = version.activities.order_by("order")
    add_flow(version, by=manager, source=first, target=second, label="ja")
    client.post(url("remove_activity", second.pk))

    assert (titles(version), ways(version)) == (["Ta emot", "Besluta"], [])


def test_dragged_to_a_place(client, home_care, manager):
    version = drafted(manager, home_care, "A", "B", "C")
    client.post(url("place_activity", version.activities.get(title="C").pk), {"position": 1})
    client.post(url("place_activity", version.activities.get(title="A").pk), {"position": "långt bort"})

    assert titles(version) == ["C", "A", "B"]


def test_new_version_while_the_adopted_applies(client, home_care, manager):
    adopted = version_at(S.ADOPTED, manager, home_care, "Ta emot", "Besluta")
    process = adopted.process
    begun = client.post(url("begin_version", process.pk))
    employee = person("Mona Medarbetare", employee=home_care)

    draft = version_of(process)
    assert begun.url == draft.get_absolute_url()
    assert (draft.number, titles(draft)) == (2, ["Ta emot", "Besluta"])
    assert client.get(process.get_absolute_url()).context["version"] == adopted
    client.force_login(employee)
    assert client.get(adopted.get_absolute_url()).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_files(client, home_care, manager):
    version = drafted(manager, home_care, "Ta emot", "Besluta")
    word = client.get(url("file", version.process_id, 1, "docx"))
    pdf = client.get(url("file", version.process_id, 1, "pdf"))
    bpmn = client.get(url("export", version.process_id, 1))

    assert (word.content[:2], pdf.content[:5]) == (b"PK", b"%PDF-")
    assert bpmn["Content-Disposition"] == 'attachment; filename="handlaggning-1.bpmn"'
    tasks = etree.fromstring(bpmn.content).xpath("//b:userTask/@name", namespaces=MODEL)
    assert tasks == ["Ta emot", "Besluta"]
    assert client.get(url("file", version.process_id, 1, "odt")).status_code == 404


def test_import_is_shown_first_and_then_done(client, home_care, manager):
    exported = client.get(
        url("export", drafted(manager, home_care, "Ta emot", "Besluta", title="Rörlig").process_id, 1)
    ).content
    form = {"unit": home_care.pk, "owner_role": "unit_manager"}
    preview = client.post(url("import"), form | {"file": SimpleUploadedFile("p.bpmn", exported)})

    assert [step.what for step in preview.context["steps"]] == ["Ta emot", "Besluta"]
    assert preview.context["outcome"].lanes == [("Medarbetare", "Medarbetare")]

    client.post(url("import"), form | {"tried": preview.context["form"].packed})

    process = preview.wsgi_request.user and Activity.objects.order_by("-pk").first().version.process
    assert (process.title, titles(version_of(process))) == ("Rörlig", ["Ta emot", "Besluta"])
    assert [row.role for row in version_of(process).activities.all()] == ["employee", "employee"]


def test_a_bad_file_is_refused_with_a_sentence(client, home_care, manager):
    answer = client.post(url("import"), {"unit": home_care.pk, "file": SimpleUploadedFile("p.bpmn", b"<html/>")})

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == [
        "Filen är ingen BPMN 2.0-fil. Välj att exportera som BPMN 2.0 i verktyget du ritade i."
    ]


def test_what_another_committee_describes_is_not_there(client, home_care, manager):
    elsewhere = unit(committee("Äldrenämnden"), "Hemtjänst Söder")
    other = person("Otto Annan", unit_manager=elsewhere)
    hidden = version_at(S.ADOPTED, other, elsewhere)
    activity = hidden.activities.get()

    addresses = [
        hidden.process.get_absolute_url(),
        hidden.get_absolute_url(),
        activity.get_absolute_url(),
        url("export", hidden.process_id, 1),
        url("file", hidden.process_id, 1, "pdf"),
        url("change", hidden.process_id),
        url("change_activity", activity.pk),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 7
    assert listed(client) == []


def test_below_the_unit_it_binds_and_drafts_are_for_those_who_work_with_them(client, home_care):
    director = person("Diana Direktör", social_director=home_care.committee)
    adopted = version_at(S.ADOPTED, director, home_care.committee, title="För alla")
    describe(director, home_care.committee, title="Utkastet")
    client.force_login(person("Mona Medarbetare", employee=home_care))

    assert listed(client) == ["För alla"]
    assert client.get(adopted.process.get_absolute_url()).status_code == 200
