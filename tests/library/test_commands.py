"""The real commands, in processes of their own, on a data folder that was empty."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = ["init", "--kommun", "Ekliden", "--namnd", "Socialnämnden", "--namnd", "Äldrenämnden"]


@pytest.fixture(scope="module")
def hjulet(tmp_path_factory):
    """Run `hjulet` on one data folder that the tests of this file share, in their order."""
    data = tmp_path_factory.mktemp("data")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HJULET_", "DJANGO_"))}

    def run(*words):
        return subprocess.run(
            [Path(sys.executable).with_name("hjulet"), *words],
            env=environment | {"HJULET_DATA": str(data)},
            capture_output=True,
            text=True,
            check=False,
        )

    run.data = data
    run.begun = run(*BEGIN, "--admin-epost", "siv@example.org")
    return run


def test_init_from_nothing_says_how_to_log_in(hjulet):
    said = hjulet.begun.stdout

    password = re.search(r"Engångslösenord (\w{4}(-\w{4}){3})\n", said)
    assert (hjulet.begun.returncode, hjulet.begun.stderr) == (0, "")
    assert "Ekliden är klar att använda, med Socialnämnden, Äldrenämnden." in said
    assert "E-postadress    siv@example.org" in said
    assert password


def test_init_fills_the_database(hjulet):
    with sqlite3.connect(hjulet.data / "hjulet.sqlite3") as database:
        units = database.execute("SELECT name FROM organisation_unit ORDER BY id").fetchall()
        people = database.execute(
            "SELECT email, must_change_password FROM organisation_person WHERE NOT is_machine"
        ).fetchall()

    assert (units, people) == ([("Ekliden",), ("Socialnämnden",), ("Äldrenämnden",)], [("siv@example.org", 1)])


def test_init_a_second_time_is_refused_plainly(hjulet):
    again = hjulet(*BEGIN)

    assert (again.returncode, again.stdout, again.stderr) == (1, "", "Fel: Kommunen finns redan: Ekliden.\n")


def test_library_install_again_changes_nothing(hjulet):
    again = hjulet("library", "install", "socialtjanst")

    assert (again.returncode, again.stderr) == (0, "")
    assert [line.split() for line in again.stdout.splitlines()[1:]] == [
        ["0", "nya"],
        ["0", "med", "ny", "lydelse"],
        ["372", "oförändrade"],
        ["0", "ändrade", "av", "er", "och", "lämnade", "i", "fred"],
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["install", "skola"], "Fel: Startbiblioteket ”skola” finns inte. Välj bland: socialtjanst.\n"),
        (["install"], "Fel: Ange vilket bibliotek: socialtjanst.\n"),
    ],
)
def test_library_says_what_there_is(hjulet, words, said):
    answer = hjulet("library", *words)

    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", said)


def test_library_list(hjulet):
    assert hjulet("library", "list").stdout == "socialtjanst  Socialtjänst 2026.3\n"


def test_the_log_of_a_new_installation_is_whole(hjulet):
    assert hjulet("audit", "verify").returncode == 0
