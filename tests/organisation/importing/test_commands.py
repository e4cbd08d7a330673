import pytest
from django.core.management import call_command

from hjulet.config import command_line
from hjulet.organisation.models import Person, Unit
from tests.factories import municipality
from tests.organisation.importing.walks import PERSON_ROWS, UNIT_ROWS, book, changed, csv_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    municipality()

    def file(content):
        path = tmp_path / "organisation"
        path.write_bytes(content)
        return path

    return file


def test_the_organisation_comes_in_and_is_told(file, capsys):
    call_command("import_organisation", file(book()))

    said = capsys.readouterr().out.splitlines()
    assert (said[0], said[1], said[-2:]) == ("Nytt (7):", "  Nämnd: Socialnämnden (U1)", ["Oförändrat: 0.", "Inläst."])
    assert Unit.objects.count() == 4


def test_check_saves_nothing_and_tells_what_is_missing(file, capsys):
    call_command("import_organisation", file(book()))
    capsys.readouterr()

    call_command("import_organisation", file(csv_file("Personer", PERSON_ROWS[:2])), check=True, end=["personer"])

    assert capsys.readouterr().out.splitlines() == [
        "Avslutat (1):",
        "  Person: Åsa Öst",
        "Oförändrat: 1.",
        "Inget är sparat: det här var en kontroll.",
    ]
    assert Person.objects.get(external_id="P2").is_active is True


def test_passwords_are_written_when_they_are_asked_for(file, capsys):
    call_command("import_organisation", file(book(people=PERSON_ROWS[2:])), passwords=True)

    said = capsys.readouterr().out.splitlines()[-2]
    told, _colon, password = said.partition(": ")
    assert told == "Engångslösenord för Åsa Öst, asa@example.org"
    assert Person.objects.get(external_id="P2").check_password(password)


def test_every_fault_is_told_and_the_status_is_one(file, capsys, monkeypatch):
    monkeypatch.setattr("hjulet.base.commands.connections.close_all", lambda: None)
    faulty = file(book(changed(UNIT_ROWS, 0, parent="U9"), changed(PERSON_ROWS, 0, unit="U9")))

    with pytest.raises(SystemExit) as stopped:
        command_line.main(["import-organisation", str(faulty)])

    assert stopped.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "Fel: Enheter D2: ingen enhet har id:t ”U9”, varken här eller i filen.",
        "Fel: Personer F2: ingen enhet har id:t ”U9”, varken här eller i filen.",
    ]
    assert Unit.objects.count() == 1
