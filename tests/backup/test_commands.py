"""What the commands say."""

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from hjulet.base.operations import Refused
from tests.backup.places import run

WORDS = "en lång lösenfras för prov"


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits at the terminal and types these answers."""

    def sits(*answers):
        left = list(answers)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("hjulet.backup.management.passphrase.getpass", lambda _question: left.pop(0))

    return sits


def test_a_backup_is_told_with_what_is_missing_in_it(world, standing_place):
    out, err = run("backup")

    [file] = settings.BACKUP_FOLDER.iterdir()
    assert file.name == "hjulet-2026-03-16-100000.zip"
    size = f"{file.stat().st_size / 1_000_000:.1f}"
    assert out == f"Säkerhetskopian är sparad i {file}: {world.taken.rows + 1} rader och 0 filer, {size} MB.\n"
    assert err == (
        "3 filer som databasen nämner saknas på disken och är inte med: " + ", ".join(sorted(world.files)) + "\n"
    )


def test_the_night_is_told_once(world, standing_place):
    first, _err = run("backup", "--nightly")
    second, _err = run("backup", "--nightly")

    assert first.startswith(f"Säkerhetskopian är sparad i {settings.BACKUP_FOLDER / 'natt-2026-03-16.zip'}: ")
    assert second == f"Dagens säkerhetskopia finns redan i {settings.BACKUP_FOLDER}.\n"


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["b.zip", "--encrypt"])
def test_the_night_chooses_for_itself(word):
    with pytest.raises(CommandError, match="--nightly går inte att ange tillsammans med en fil eller --encrypt"):
        run("backup", "--nightly", word)


def test_sealed_by_hand_checked_and_restored(world, standing_place, tmp_path, terminal):
    terminal(WORDS, WORDS, WORDS, WORDS)

    run("backup", tmp_path / "b.krypterad", "--encrypt")
    checked, missing = run("restore", tmp_path / "b.krypterad", "--check")
    restored, _missing = run("restore", tmp_path / "b.krypterad", "--overwrite")

    what = f"Säkerhetskopian är från 2026-03-16 10:00, version 0.1.0: {world.taken.rows + 1} rader och 0 filer.\n"
    assert checked == what + "Den är hel och kan återställas här.\n"
    assert missing == f"3 filer saknades redan när kopian togs: {', '.join(sorted(world.files))}\n"
    assert restored == (
        what + "Det som fanns här förut är säkerhetskopierat i "
        f"{settings.BACKUP_FOLDER / 'fore-aterstallning-2026-03-16-100000.krypterad'}.\n"
        "Allt är återställt. Starta om webbplatsen. Alla får logga in igen.\n"
    )


def test_checking_changes_nothing(world, standing_place):
    """Not even refuses an installation in use."""
    assert run("restore", world.backup, "--check")[0].endswith("Den är hel och kan återställas här.\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (["kort"], "Lösenfrasen är för kort. Ta minst 12 tecken, gärna några ord."),
        ([WORDS, WORDS + "!"], "De två lösenfraserna är olika. Börja om."),
    ],
)
def test_a_passphrase_that_is_no_good(terminal, answers, sentence):
    terminal(*answers)

    with pytest.raises(CommandError) as error:
        run("backup", "--encrypt")
    assert str(error.value) == sentence


@pytest.mark.django_db
def test_without_a_terminal_the_passphrase_comes_from_the_setting(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)

    with pytest.raises(CommandError, match="Lösenfrasen saknas. Ange den i HJULET_BACKUP_PASSPHRASE."):
        run("backup", "--encrypt")


def test_the_setting_seals_and_opens_without_asking(world, standing_place, tmp_path, settings):
    settings.BACKUP_PASSPHRASE = WORDS

    run("backup", tmp_path / "b.krypterad", "--encrypt")

    assert run("restore", tmp_path / "b.krypterad", "--check")[0].endswith("Den är hel och kan återställas här.\n")
    settings.BACKUP_PASSPHRASE = "en annan lösenfras"
    with pytest.raises(Refused, match="Lösenfrasen stämmer inte"):
        run("restore", tmp_path / "b.krypterad", "--check")


def test_a_file_that_is_not_there_is_told_without_a_question(tmp_path):
    with pytest.raises(Refused, match="filen eller mappen finns inte"):
        run("restore", tmp_path / "none.zip", "--check")


def test_the_way_out_is_told(world, standing_place, tmp_path):
    out, err = run("export_all", tmp_path / "allt.zip")

    assert out.startswith(f"Allt är uttaget till {tmp_path / 'allt.zip'}: ")
    assert out.endswith("Arkivet är inte krypterat och innehåller uppgifter från alla nämnder. Förvara det säkert.\n")
    assert err.startswith("3 filer som databasen nämner saknas på disken och är inte med: bilagor/1/Rutin för")
