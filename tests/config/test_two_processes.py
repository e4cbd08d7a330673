"""Two web servers, of two processes and one, on one PostgreSQL: whoever answers, it is one site."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg
import pytest

from tools import postgres

PROGRAM = [sys.executable, "-c", "from hjulet.config.command_line import main; main()"]
TOKEN = "ett-prov-med-minst-tjugo-tecken"


@dataclass
class Servers:
    """Where the two answer, where their database is, and the data folder of each."""

    first: str
    second: str
    database: str
    folders: list[Path]
    password: str


@dataclass
class Visitor:
    """A browser: it keeps its cookies, which go to both servers, for a cookie knows no port."""

    opener: object = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def get(self, address, **headers):
        return self.ask(Request(address, headers=headers))

    def send(self, address, **typed):
        return self.ask(Request(address, urlencode(typed).encode()))

    def ask(self, request):
        """Where we ended up, and the page. Both servers hear the same name, as behind a proxy."""
        request.add_unredirected_header("Host", "127.0.0.1")
        try:
            answer = self.opener.open(request)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.url, answer.read().decode()

    def tokens(self, address):
        """What the form of the page must bring back."""
        _url, page = self.get(address)
        found = re.findall(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"', page)
        return dict(found)


@contextmanager
def hjulet(folder, **settings):
    """A server that serves until the block ends."""
    port = free_port()
    with subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port)], env=surroundings(folder, **settings), stdout=subprocess.DEVNULL
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)


def surroundings(folder, **settings):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HJULET_", "DJANGO_"))}
    return clean | {"HJULET_DATA": str(folder)} | settings


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def eventually(ask):
    for _attempt in range(600):
        try:
            if answer := ask():
                return answer
        except URLError:
            pass
        time.sleep(0.1)
    raise TimeoutError


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    folders = [tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")]
    with postgres.server() as address, database_of_our_own(address) as database:
        settings = {
            "HJULET_DATABASE": database,
            "HJULET_SECRET_KEY": "en nyckel som båda servrarna har, och som är lång nog att inte gissas",
            "HJULET_METRICS_TOKEN": TOKEN,
            "HJULET_BACKUP_NIGHTLY": "ja",
        }
        made = subprocess.run(
            [*PROGRAM, "init", "--kommun", "Ekliden", "--namnd", "Socialnämnden"],
            env=surroundings(folders[0], **settings),
            capture_output=True,
            text=True,
            check=True,
        )
        password = re.search(r"Engångslösenord (\S+)", made.stdout)[1]
        with (
            hjulet(folders[0], **settings, HJULET_WORKERS="2") as first,
            hjulet(folders[1], **settings, HJULET_WORKERS="1") as second,
        ):
            for server in (first, second):
                eventually(lambda server=server: '"ready": true' in Visitor().get(f"{server}/halsa/redo/")[1])
            yield Servers(first, second, database, folders, password)


@contextmanager
def database_of_our_own(address):
    """The server may be that of the whole run."""
    name = f"two_processes_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows(servers, question):
    with psycopg.connect(servers.database) as connection:
        return connection.execute(question).fetchall()


def test_who_logs_in_at_one_is_logged_in_at_the_other_and_a_form_goes_between_them(servers):
    visitor, own = Visitor(), "en egen lång lösenfras för prov"
    typed = {"login": "admin@localhost", "password": servers.password}
    visitor.send(f"{servers.second}/konto/login/", **visitor.tokens(f"{servers.first}/konto/login/"), **typed)
    change = "/konto/password/change/"

    landed, _page = visitor.get(f"{servers.first}/")
    tokens = visitor.tokens(f"{servers.first}{change}")
    typed = {"oldpassword": servers.password, "password1": own, "password2": own}
    sent = [visitor.send(f"{server}{change}", **tokens, **typed) for server in (servers.second, servers.first)]

    assert landed == f"{servers.first}{change}"
    # The second time is the answer of the first: nothing is done twice, though another process was asked.
    assert [urlsplit(url).path for url, _page in sent] == ["/personer/mitt-konto/"] * 2
    assert [urlsplit(visitor.get(f"{server}/personer/")[0]).path for server in (servers.first, servers.second)] == [
        "/personer/",
        "/personer/",
    ]


def test_failed_logins_are_counted_together(servers):
    for number in range(6):
        server = (servers.first, servers.second)[number % 2]
        visitor = Visitor()
        tokens = visitor.tokens(f"{server}/konto/login/")
        _url, page = visitor.send(f"{server}/konto/login/", **tokens, login="nagon@example.org", password="gissning")

    assert "För många försök med fel lösenord" in page


def test_of_two_clocks_one_does_what_is_to_be_done(servers):
    eventually(lambda: rows(servers, "SELECT 1 FROM collaboration_clockrun WHERE duty = 'statistics'"))

    taken = [path.name for folder in servers.folders for path in folder.glob("backups/*.zip")]
    assert len(taken) == 1
    assert rows(servers, "SELECT count(*) FROM audit_event WHERE verb = 'installation.backed_up'") == [(1,)]


def test_the_figures_are_of_all_processes_of_a_server(servers):
    before = logins_shown(servers.first)
    for _time in range(20):
        Visitor().get(f"{servers.first}/konto/login/")

    assert logins_shown(servers.first) - before == 20


def logins_shown(server):
    _url, said = Visitor().get(f"{server}/matt/", Authorization=f"Bearer {TOKEN}")
    found = re.search(r'hjulet_http_requests_total\{method="GET",route="account_login",status="200"\} (\d+)', said)
    return int(found[1]) if found else 0


def test_a_connection_that_is_lost_comes_back(servers):
    page = f"{servers.first}/konto/login/"
    Visitor().get(page)
    rows(servers, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hjulet'")

    assert [Visitor().get(page)[0] for _time in range(6)] == [page] * 6
    assert "Något gick fel" not in Visitor().get(page)[1]


def test_a_page_may_not_hold_the_database_for_ever(servers):
    """Only the site is bound, to so long and to one core: a command is not. Neither compiles its questions."""
    program = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'hjulet.config.settings'\n"
        "{site}"
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "names = ('statement_timeout', 'max_parallel_workers_per_gather', 'jit')\n"
        "said = [connection.cursor().execute(f'SHOW {{name}}').fetchone()[0] for name in names]\n"
        "print(*said)"
    )
    settings = {"HJULET_DATABASE": servers.database, "HJULET_DATABASE_SECONDS": "7"}

    said = [
        subprocess.run(
            [sys.executable, "-c", program.format(site=site)],
            env=surroundings(servers.folders[0], **settings),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for site in ("import hjulet.config.wsgi\n", "")
    ]

    assert said == ["7s 0 off", "0 2 off"]
