import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hjulet.config import command_line
from hjulet.planning.models import QualityPlan, Risk
from hjulet.planning.quality_plan import operations
from tests.factories import committee
from tests.planning.quality_plan import walks
from tests.planning.quality_plan.test_importing import cells

pytestmark = pytest.mark.django_db

CASE = walks.CASES / "kvalitetsplan-2023.xlsx"
FAULTY = walks.CASES / "kvalitetsplan-2023-med-fel.xlsx"
WHERE = {"namnd": "äldrenämnden", "year": 2023}


@pytest.fixture
def home():
    return walks.home()


def test_import_and_export_give_the_same_cells(home, tmp_path, capsys):
    file = tmp_path / "plan.xlsx"

    call_command("import_plan", CASE, **WHERE)
    call_command("export_plan", **WHERE, format="xlsx", output=file)

    assert cells(file.read_bytes()) == cells(CASE.read_bytes())
    said = capsys.readouterr().out.splitlines()
    assert (said[0], said[-3:]) == (
        "Nytt (23):",
        [
            "Oförändrat: 0 rader.",
            "Inläst: Kvalitetsplan 2023, Äldrenämnden.",
            f"Kvalitetsplan 2023, Äldrenämnden, version 1 (utkast) är sparad i {file}.",
        ],
    )


def test_check_says_what_would_happen_and_saves_nothing(home, capsys):
    call_command("import_plan", CASE, **WHERE, check=True)

    assert capsys.readouterr().out.splitlines()[-1] == "Inget är sparat: det här var en kontroll."
    assert QualityPlan.objects.count() == 0


def test_what_changed_and_what_is_only_here_is_said(home, capsys):
    call_command("import_plan", CASE, **WHERE)
    Risk.objects.filter(area_number=1).update(title="Annan risk")
    walks.risk(home[1], Risk.objects.first().analysis, title="Bara här")
    capsys.readouterr()

    call_command("import_plan", CASE, **WHERE)

    assert capsys.readouterr().out.splitlines() == [
        "Ändrat (1):",
        "  Risk 1.1: Risk att kundernas behov inte tillgodoses eller att insatserna inte är av god kvalitet. (Risk)",
        "Finns i Kvalitetshjulet men inte i filen, ligger kvar (1):",
        "  Risk 6.1: Bara här",
        "Oförändrat: 22 rader.",
        "Inläst: Kvalitetsplan 2023, Äldrenämnden.",
    ]


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_export_of_a_decided_plan_is_the_kept_file(home, tmp_path, format):
    board, developer = home
    plan = walks.plan_at("adopted", developer, walks.secretary(board), board)

    call_command("export_plan", namnd="Äldrenämnden", year=2026, format=format, output=tmp_path / "plan")

    assert (tmp_path / "plan").read_bytes() == plan.files.get(format=format).content


@pytest.mark.parametrize(
    ("command", "given", "sentence"),
    [
        (
            "import_plan",
            {"namnd": "Skolnämnden"},
            "Nämnden ”Skolnämnden” finns inte. De som finns: Socialnämnden, Äldrenämnden.",
        ),
        ("export_plan", {}, "Äldrenämnden har ingen kvalitetsplan för 2023."),
    ],
)
def test_what_is_not_there(home, tmp_path, command, given, sentence):
    committee("Socialnämnden")
    arguments = [CASE] if command == "import_plan" else []
    more = {} if command == "import_plan" else {"format": "pdf", "output": tmp_path / "plan"}

    with pytest.raises(CommandError) as error:
        call_command(command, *arguments, **WHERE | given, **more)

    assert str(error.value) == sentence


def test_files_that_cannot_be_read_or_written(home, tmp_path):
    board, developer = home
    operations.start_plan(by=developer, committee=board, year=2023)

    with pytest.raises(CommandError, match="går inte att läsa"):
        call_command("import_plan", tmp_path / "saknas.xlsx", **WHERE)
    with pytest.raises(CommandError, match="går inte att skriva"):
        call_command("export_plan", **WHERE, format="pdf", output=tmp_path / "saknas" / "plan.pdf")


def test_a_faulty_file_gives_every_fault_and_exit_status_1(home, capsys, monkeypatch):
    monkeypatch.setattr("hjulet.base.commands.connections.close_all", lambda: None)

    with pytest.raises(SystemExit) as end:
        command_line.main(["import-plan", str(FAULTY), "--namnd", "Äldrenämnden", "--year", "2023"])

    assert end.value.code == 1
    assert [line.split(":")[1].strip() for line in capsys.readouterr().err.splitlines() if line.startswith("Fel")] == [
        "Risker G4",
        "Åtgärder A3",
        "Åtgärder E5",
        "Egenkontroll D7",
    ]
    assert Risk.objects.count() == 0
