import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from hjulet.base import commands
from hjulet.base.operations import Refused
from hjulet.config import command_line


@pytest.fixture(autouse=True)
def _argparse_speaks_english_again(monkeypatch):
    monkeypatch.setattr("argparse._", commands.argparse._)


def run(*arguments):
    with pytest.raises(SystemExit) as end:
        command_line.main(list(arguments))
    return end.value.code


def test_help_lists_our_commands_in_the_order_of_use(capsys):
    command_line.main(["--help"])

    listed = [line.split()[0] for line in capsys.readouterr().out.split("Kommandon\n")[1].split("\n\n")[0].splitlines()]
    assert listed == list(command_line.commands())
    assert [name for name in listed if name in command_line.ORDER] == [
        name for name in command_line.ORDER if name in listed
    ]


def test_commands_are_ours_only():
    assert {app.split(".")[0] for app in command_line.commands().values()} == {"hjulet"}
    assert {"migrate", "serve"} <= set(command_line.commands())


def test_every_command_says_in_swedish_what_it_does_and_hides_djangos_options(capsys):
    for name in command_line.commands():
        assert run(name, "--help") == 0

        said = capsys.readouterr().out
        assert said.startswith(f"Så här skriver du: hjulet {name}")
        assert "Visar den här hjälpen." in said
        assert "--settings" not in said


def test_unknown_command_is_answered_with_the_nearest(capsys):
    assert run("serv") == 2

    assert capsys.readouterr().err == "Fel: kommandot ”serv” finns inte. Menade du ”hjulet serve”?\n"


def test_unknown_command_far_from_any_points_to_the_list(capsys):
    assert run("qqq") == 2

    assert capsys.readouterr().err == "Fel: kommandot ”qqq” finns inte. Alla kommandon visas av ”hjulet --help”.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "hej"], "Fel: --port: 'hej' går inte att läsa"),
        (["--port"], "Fel: --port: ange ett värde efter"),
        (["--fort"], "Fel: okänt argument: --fort"),
    ],
)
def test_a_mistake_in_the_words_is_answered_in_swedish(capsys, arguments, sentence):
    assert run("serve", *arguments) == 2

    assert capsys.readouterr().err.splitlines()[-1] == sentence


def command_that_raises(error):
    class Raising(commands.Command):
        needs_database = False

        def handle(self, **options):
            raise error

    return Raising()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("Planen är redan antagen."), "Fel: Planen är redan antagen.\n"),
        (ValidationError(["Namn saknas.", "År saknas."]), "Fel: Namn saknas.\nFel: År saknas.\n"),
        (PermissionDenied(), f"Fel: {commands.NOT_ALLOWED}\n"),
        (CommandError("Filen finns inte."), "Fel: Filen finns inte.\n"),
    ],
)
def test_what_is_refused_is_said_and_ends_with_status_1(capsys, error, said):
    with pytest.raises(SystemExit) as end:
        command_that_raises(error).run_from_argv(["hjulet", "raise"])

    assert end.value.code == 1
    assert capsys.readouterr().err == said


def test_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        command_that_raises(ZeroDivisionError()).run_from_argv(["hjulet", "raise"])


@pytest.mark.django_db
def test_migrated_database_is_ready():
    commands.require_database()


@pytest.mark.django_db
def test_database_of_an_older_version_is_sent_to_migrate():
    [newest] = MigrationLoader(connection).graph.leaf_nodes("organisation")
    MigrationRecorder(connection).record_unapplied(*newest)

    with pytest.raises(CommandError, match="Kör ”hjulet migrate” först"):
        commands.require_database()


@pytest.fixture
def installation(tmp_path):
    """Run `hjulet` as a person does: a process of its own, on an own data folder."""
    return starter(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data folder with a database, to be copied: making one takes seconds."""
    folder = tmp_path_factory.mktemp("made")
    starter(folder)("migrate").communicate()
    return folder


@pytest.fixture
def ready(made, tmp_path):
    """As `installation`, where `hjulet migrate` has been."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return starter(tmp_path)


def starter(folder):
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("HJULET_", "DJANGO_"))}
    surroundings |= {"HJULET_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
    program = [sys.executable, "-c", "from hjulet.config.command_line import main; main()"]

    def start(*arguments, **settings):
        return subprocess.Popen(
            [*program, *arguments],
            env=surroundings | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_site_is_served_until_it_is_interrupted(installation):
    port = free_port()
    server = installation("serve", "--migrate", "--port", str(port))
    said = [server.stdout.readline(), server.stdout.readline()]

    page = patiently(f"http://127.0.0.1:{port}/konto/login/")
    second = installation("serve", "--port", str(port))
    second_said, second_error = second.communicate()
    server.send_signal(signal.SIGINT)
    rest, error = server.communicate()

    assert said == ["Databasen är klar.\n", f"Kvalitetshjulet finns på http://127.0.0.1:{port}/ (stanna med Ctrl-C)\n"]
    assert "<h1" in page
    assert (second_said, second.returncode) == ("", 1)
    assert second_error == f"Fel: Det går inte att lyssna på 127.0.0.1:{port}. Välj en annan port med --port.\n"
    assert (rest, error, server.returncode) == ("Webbplatsen har stannat.\n", "", 0)


def test_clock_goes_beside_the_site_and_ends_with_it(ready, tmp_path):
    server = ready("serve", "--port", str(free_port()))
    database = tmp_path / "hjulet.sqlite3"
    runs = eventually(lambda: rows_in(database, "SELECT duty FROM collaboration_clockrun WHERE duty = 'statistics'"))
    eventually(lambda: rows_in(database, "SELECT * FROM collaboration_clockhold WHERE holder = ''"))

    server.send_signal(signal.SIGINT)
    _said, error = server.communicate()  # ends when everyone who could write there is gone

    assert (runs, error, server.returncode) == ([("statistics",)], "", 0)


def test_site_is_served_without_a_clock_when_told(ready, tmp_path):
    port = free_port()
    server = ready("serve", "--no-clock", "--port", str(port))
    patiently(f"http://127.0.0.1:{port}/konto/login/")

    server.send_signal(signal.SIGINT)
    server.communicate()

    assert rows_in(tmp_path / "hjulet.sqlite3", "SELECT * FROM collaboration_clockhold") == []


def test_clock_that_is_told_to_stop_lets_go(ready, tmp_path):
    database = tmp_path / "hjulet.sqlite3"
    clock = ready("clock", "--every", "1")
    eventually(lambda: rows_in(database, "SELECT * FROM collaboration_clockrun"))

    clock.send_signal(signal.SIGTERM)
    _said, error = clock.communicate()

    assert (error, clock.returncode) == ("", 0)
    assert rows_in(database, "SELECT holder FROM collaboration_clockhold") == [("",)]


def test_clock_does_not_outlive_the_one_it_goes_beside(ready):
    nobody = subprocess.Popen([sys.executable, "-c", ""])
    nobody.wait()

    clock = ready("clock", "--every", "1", f"--beside={nobody.pid}")

    assert (clock.communicate(), clock.returncode) == (("", ""), 0)


def test_site_is_not_served_on_an_empty_database(installation):
    server = installation("serve", "--port", str(free_port()))

    said, error = server.communicate()

    assert (said, error, server.returncode) == ("", f"Fel: {commands.NOT_READY}\n", 1)


def test_a_site_is_served_by_one_process_at_least(ready):
    server = ready("serve", "--port", str(free_port()), "--workers", "0")

    assert (server.communicate(), server.returncode) == (("", "Fel: --workers ska vara minst 1.\n"), 1)


def test_a_site_with_a_slip_of_the_pen_in_its_settings_says_so_and_is_served(ready):
    port = free_port()
    server = ready("serve", "--port", str(port), HJULET_LOGG="json")
    patiently(f"http://127.0.0.1:{port}/konto/login/")

    server.send_signal(signal.SIGINT)
    _said, error = server.communicate()

    assert (error, server.returncode) == (
        "Varning: HJULET_LOGG är ingen inställning och gör inget. Menade du HJULET_LOG?\n",
        0,
    )


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def rows_in(database, question):
    """What the database of a running installation answers; nothing while it is being made."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reader:
            return reader.execute(question).fetchall()
    except sqlite3.OperationalError:
        return []


def eventually(ask):
    for _attempt in range(600):
        if answer := ask():
            return answer
        time.sleep(0.1)
    raise TimeoutError


def patiently(address):
    """The page at the address, asked for until the worker has started."""
    for _attempt in range(600):
        try:
            return urllib.request.urlopen(address).read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(address)
