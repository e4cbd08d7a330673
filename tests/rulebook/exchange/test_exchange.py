import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from hjulet.organisation.models import Person
from hjulet.rulebook.documents.queries import version_on
from hjulet.rulebook.documents.states import VersionState as S
from hjulet.rulebook.exchange.exporting import PAGE, export_documents, write_zip
from hjulet.rulebook.exchange.folders import files_in_folder, files_in_zip
from hjulet.rulebook.exchange.importing import import_documents
from hjulet.rulebook.exchange.index import INDEX, IndexRow, write_index
from hjulet.rulebook.models import DocumentVersion, GoverningDocument
from tests.collaboration.files import EXE, package, upload
from tests.factories import committee, person, unit
from tests.rulebook.documents import walks

pytestmark = pytest.mark.django_db

ROW = {
    "id": "R-1",
    "file": "nycklar.docx",
    "title": "Nycklar och larm",
    "kind": "Rutin",
    "unit": "Hemtjänst Norr",
    "summary": "Hur nycklar hanteras.",
    "owner_role": "Enhetschef",
    "decider": "Enhetschef",
    "valid_from": date(2024, 2, 1),
    "next_review": date(2026, 2, 1),
    "decided_by": "Enhetschefen",
    "decided_on": date(2024, 1, 20),
    "changes": "",
    "provisions": "",
    "roles": "Medarbetare; Gruppchef",
    "areas": "",
    "search_words": "nyckelskåp",
}


@pytest.fixture
def home_care():
    walks.kind()
    return unit(committee())


@pytest.fixture
def developer(home_care):
    return person("Vera Lind", quality_developer=home_care.committee)


def folder(*rows, **files):
    """The files of a folder: the index, and a Word file for each row unless it is given."""
    index = [IndexRow(**ROW | row) for row in rows]
    contents = {row.file: walks.word_file(row.title, "Kvittera nyckeln.") for row in index} | files
    return {name: lambda content=content: content for name, content in ({INDEX: write_index(index)} | contents).items()}


def take(by, home_care, files, **given):
    result = import_documents(by=by, committee=home_care.committee, files=files, **given)
    return len(result.new), len(result.changed), result.unchanged


def test_a_folder_is_taken_in_once(home_care, developer):
    files = folder({}, {"id": "R-2", "file": "sub/larm.docx", "title": "Larm", "decided_by": "", "decided_on": None})

    first, again = take(developer, home_care, files), take(developer, home_care, files)

    document = GoverningDocument.objects.get(external_id="R-1")
    version = document.versions.get()
    assert (first, again) == ((2, 0, 0), (0, 0, 2))
    assert (version.state, version.valid_from, version.decided_before) == (S.IN_FORCE, date(2024, 2, 1), "Enhetschefen")
    assert (document.roles, document.next_review_date) == (["employee", "group_manager"], date(2026, 2, 1))
    assert version.plain == "Nycklar och larm\nKvittera nyckeln."
    assert DocumentVersion.objects.get(document__external_id="R-2").state == S.DRAFT


def test_another_file_is_a_new_version(home_care, developer):
    take(developer, home_care, folder({}))
    changed = {"nycklar.docx": walks.word_file("Nycklar", "Byt låset samma dag.")}

    draft = take(developer, home_care, folder({"decided_by": "", "decided_on": None, "valid_from": None}, **changed))
    decided = take(
        developer, home_care, folder({"decided_on": date(2026, 3, 1), "valid_from": date(2026, 3, 2)}, **changed)
    )

    document = GoverningDocument.objects.get()
    assert (draft, decided) == ((0, 1, 0), (0, 1, 0))
    assert [version_on(document, day).number for day in (date(2026, 3, 1), date(2026, 3, 2))] == [1, 2]
    assert document.versions.get(number=2).changes == "Inläst på nytt."


def test_what_was_discarded_here_is_begun_anew_when_it_is_taken_in_again(home_care, developer):
    undecided = folder({"decided_by": "", "decided_on": None, "valid_from": None})
    take(developer, home_care, undecided)
    walks.discard(DocumentVersion.objects.get(), developer)

    again = take(developer, home_care, undecided)

    document = GoverningDocument.objects.get()
    states = dict(document.versions.values_list("number", "state"))
    assert (again, states, document.withdrawn_date) == ((0, 1, 0), {1: S.DISCARDED, 2: S.DRAFT}, None)


def test_every_fault_is_told_with_its_place_and_nothing_is_saved(home_care, developer):
    wrong = folder(
        {},
        {"id": "R-1", "file": "b.docx"},
        {"id": "R-3", "file": "saknas.docx", "kind": "Rutn", "unit": "Okänd", "valid_from": "i fjol"},
    )
    del wrong["saknas.docx"]

    with pytest.raises(ValidationError) as error:
        take(developer, home_care, wrong)

    assert [message.partition(": ")[0] for message in error.value.messages] == [
        "Dokument A3",
        "Dokument B4",
        "Dokument D4",
        "Dokument E4",
        "Dokument I4",
    ]
    assert "Menade du Rutin?" in " ".join(error.value.messages)
    assert GoverningDocument.objects.count() == 0


def test_a_file_that_cannot_be_read_is_a_fault_of_its_row_and_leaves_nothing_on_the_disk(home_care, developer, media):
    with pytest.raises(ValidationError) as error:
        take(developer, home_care, folder({}, {"id": "R-2", "file": "b.docx"}, **{"b.docx": EXE}))

    assert error.value.messages[0].startswith("Dokument rad 3: Det här slaget av fil tas inte emot.")
    assert (GoverningDocument.objects.count(), default_storage.listdir("attachments")[1]) == (0, [])


def test_to_check_saves_nothing(home_care, developer):
    assert take(developer, home_care, folder({}), check=True) == (1, 0, 0)
    assert (GoverningDocument.objects.count(), default_storage.listdir("attachments")[1]) == (0, [])


def test_an_index_is_needed(home_care, developer):
    with pytest.raises(ValidationError, match="innehall.xlsx"):
        take(developer, home_care, {})


def test_who_may_not_edit_may_not_read_in(home_care):
    with pytest.raises(PermissionDenied):
        take(walks.decider(home_care), home_care, folder({}))


@pytest.mark.parametrize("name", ["../ut.docx", "/etc/passwd", "C:/ut.docx", "a\\..\\..\\ut.docx"])
def test_what_leads_out_of_an_archive_is_refused(name):
    with pytest.raises(ValidationError, match="leder ut ur mappen"):
        files_in_zip(package((name, "x"), ("b.docx", "y")))


def test_an_archive_that_is_none_and_one_too_large_are_refused(monkeypatch):
    monkeypatch.setattr("hjulet.rulebook.exchange.folders.MOST_TOGETHER", 10)
    for content in (b"inget", package(("a", "x" * 100))):
        with pytest.raises(ValidationError):
            files_in_zip(content)


def test_a_folder_packed_whole_is_the_same_as_its_files():
    assert list(files_in_zip(package(("mapp/innehall.xlsx", "x"), ("mapp/a/b.docx", "y")))) == [INDEX, "a/b.docx"]


def test_links_in_a_folder_are_passed_by(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("hemligt")
    (tmp_path / "in" / "a.md").write_text("a")
    (tmp_path / "in" / "b.md").symlink_to(tmp_path / "secret")

    assert list(files_in_folder(tmp_path / "in")) == ["a.md"]


def exported(by):
    files = {}
    export_documents(files.__setitem__, by, walks.TODAY)
    return files


def rulebook(home_care, developer):
    """One that is written here and one that is a file; and a draft, which nobody takes out."""
    chief = walks.decider(home_care)
    walks.in_force(developer, chief, home_care, title="Synpunkter", roles=["employee"], owner_role="unit_manager")
    take(developer, home_care, folder({}))
    walks.start(developer, home_care, title="Bara ett utkast")


def test_what_applies_is_taken_out_as_files_that_open_by_themselves(home_care, developer):
    rulebook(home_care, developer)
    files = exported(developer)

    assert sorted(name.rpartition(".")[2] for name in files) == ["docx", "html", "html", "html", "md", "xlsx"]
    page = files[PAGE].decode()
    assert all(f'href="{name}"' in page for name in files if name != PAGE)
    assert "utkast" not in page
    assert "<script" not in page


def test_what_is_taken_out_can_be_read_in_again_and_changes_nothing(home_care, developer):
    rulebook(home_care, developer)
    files = {name: lambda content=content: content for name, content in exported(developer).items()}

    assert take(developer, home_care, files) == (0, 0, 2)


def test_what_applies_can_be_read_in_beside_a_draft_of_the_next_version(home_care, developer):
    chief = walks.decider(home_care)
    document = walks.in_force(developer, chief, home_care, body="Ett.\r\n\r\nTvå.\r\n")
    draft = walks.next_version(document, developer, body="Tre.")
    files = {name: lambda content=content: content for name, content in exported(developer).items()}

    assert take(developer, home_care, files) == (0, 0, 1)

    draft.refresh_from_db()
    assert (document.versions.count(), draft.body) == (2, "Tre.")


def test_what_is_taken_out_can_be_read_in_elsewhere(home_care, developer):
    rulebook(home_care, developer)
    files = {name: lambda content=content: content for name, content in exported(developer).items()}
    elsewhere = committee("Äldrenämnden")
    unit(elsewhere)
    newcomer = person("Nya Vera", quality_developer=elsewhere)

    result = import_documents(by=newcomer, committee=elsewhere, files=files)
    again = import_documents(by=newcomer, committee=elsewhere, files=files)

    assert (len(result.new), again.unchanged) == (2, 2)
    there = GoverningDocument.objects.filter(unit__committee=elsewhere).order_by("title")
    assert [version_on(row, walks.TODAY).plain for row in there] == ["Nycklar och larm\nKvittera nyckeln.", walks.BODY]


def test_another_committee_takes_out_nothing_of_ours(home_care, developer):
    rulebook(home_care, developer)
    stranger = person("Nils", quality_developer=committee("Byggnämnden"))

    assert write_zip(io.BytesIO(), stranger, walks.TODAY) == 0


def test_the_commands(home_care, developer, tmp_path, capsys):
    for name, read in folder({}).items():
        (tmp_path / name).write_bytes(read())

    call_command("import_documents", str(tmp_path), namnd="Socialnämnden", check=True)
    assert GoverningDocument.objects.count() == 0
    call_command("import_documents", str(tmp_path), namnd="Socialnämnden")
    call_command("export_documents", output=tmp_path / "ut")

    assert GoverningDocument.objects.get().title == "Nycklar och larm"
    assert {path.name for path in (tmp_path / "ut").iterdir()} == {"dokument", INDEX, PAGE}
    assert "1 dokument är sparade" in capsys.readouterr().out


def test_the_pages(client, home_care, developer):
    client.force_login(developer)
    content = package(*((name, read()) for name, read in folder({}).items()))
    address = reverse("exchange:read_in")

    def sent(**given):
        return client.post(address, {"committee": home_care.committee_id, "file": upload("a.zip", content)} | given)

    assert sent(check="on").context["result"].new == ["Nycklar och larm"]
    assert GoverningDocument.objects.count() == 0
    assert sent().url == reverse("documents:list")
    assert "Välj filen igen" not in sent(check="on").text
    out = client.get(reverse("exchange:take_out"))
    names = zipfile.ZipFile(io.BytesIO(b"".join(out))).namelist()
    assert sorted(names)[-2:] == [PAGE, INDEX]
    client.force_login(person("Lars", employee=home_care))
    assert client.get(address).status_code == 403


def test_the_machine_may_take_over_what_was_decided(home_care):
    assert take(Person.objects.machine(), home_care, folder({})) == (1, 0, 0)
