"""The log holds what a person at the server needs, and never who it was or what anybody wrote."""

import io
import json
import logging
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person
from hjulet.upkeep.logs import JsonFormatter, TextFormatter
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import run
from tests.factories import PASSWORD, assign, committee, municipality, person, unit

pytestmark = pytest.mark.django_db

# In the name, in the address and in all that is typed: if it is anywhere in the log, somebody can be known by it.
MARK = "zebrafink"
FORMS = {"text": TextFormatter, "json": JsonFormatter}


class Logs(dict):
    """What the whole program would have written, in each form."""

    def lines(self):
        return [json.loads(line) for line in self["json"].getvalue().splitlines()]

    def answers(self):
        return [line for line in self.lines() if line["logger"] == "hjulet.answers"]


@pytest.fixture
def logs(monkeypatch):
    """Every record of every logger, down to the smallest."""
    root, found = logging.getLogger(), Logs({form: io.StringIO() for form in FORMS})
    handlers = []
    for form, stream in found.items():
        handler = logging.StreamHandler(stream)
        handler.setFormatter(FORMS[form]())
        handlers.append(handler)
        root.addHandler(handler)
    for logger in [root, *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]:
        monkeypatch.setattr(logger, "level", logging.DEBUG)
    logging.root.manager._clear_cache()
    yield found
    for handler in handlers:
        root.removeHandler(handler)
    monkeypatch.undo()
    logging.root.manager._clear_cache()


@pytest.fixture
def somebody():
    row = person(f"Ada {MARK}", system_administrator=municipality())
    assign(row, "unit_manager", unit(committee(), f"Enhet {MARK}"))
    assert MARK in row.email
    return row


def home_of(person):
    return person.role_assignments.get(role="unit_manager").unit


def stumble(*_args, **_kwargs):
    raise ValueError(f"{MARK} went wrong")


def test_nobody_is_known_by_the_log(client, somebody, logs, monkeypatch):
    client.raise_request_exception = False

    client.post("/konto/login/", {"login": somebody.email, "password": MARK})
    client.post("/konto/password/reset/", {"email": somebody.email})
    client.post("/konto/login/", {"login": somebody.email, "password": PASSWORD})
    for address in (
        f"/personer/?q={MARK}",
        f"/sok/?q={MARK}",
        f"/personer/{somebody.pk}/",
        f"/{MARK}/{somebody.email}/",
        f"/atgarder/?q={MARK}&sort={MARK}",
        "/",
        reverse("units:tree"),
    ):
        client.get(address, headers={"user-agent": MARK, "x-forwarded-for": MARK, "x-request-id": MARK * 3})
    client.get("/", headers={"host": f"{MARK}.se"})
    client.post(reverse("notices:mark_all_read"), {MARK: MARK})
    action = plan(somebody, home_of(somebody), title=f"Åtgärd {MARK}", owner_person=somebody)
    client.get(action.get_absolute_url())
    client.post(f"{action.get_absolute_url()}avsluta/", {"reason": MARK})
    monkeypatch.setattr("hjulet.search.views.search", stumble)
    assert client.get(f"/sok/?q={MARK}").status_code == 500

    assert logs.answers() != []
    for form in logs.values():
        assert MARK not in form.getvalue().lower()
        assert "192.0.2" not in form.getvalue()
        assert "127.0.0.1" not in form.getvalue()


def test_what_the_database_says_of_a_row_is_left_out(somebody, logs):
    try:
        with transaction.atomic():
            Person.objects.create(name="Någon", email=somebody.email)
    except IntegrityError:
        logging.getLogger("hjulet.prov").exception("a row was refused")

    [line] = [line for line in logs.lines() if line["logger"] == "hjulet.prov"]
    told = line["exception"][0]
    assert (line["message"], told["type"]) == ("a row was refused", "django.db.utils.IntegrityError")
    assert "email" in line["exception"][-1]["constraint"]
    assert len(told["at"]) == 4
    assert "test_what_the_database_says_of_a_row_is_left_out" in told["at"][0]
    for form in logs.values():
        assert MARK not in form.getvalue().lower()


def test_a_mail_that_fails_names_no_address(somebody, logs, monkeypatch):
    def refuse(self):
        raise RuntimeError(f"550 no such user {self.to}")

    home = home_of(somebody)
    plan(somebody, home, title=MARK, owner_person=person(f"Anna {MARK}", employee=home))
    monkeypatch.setattr("hjulet.collaboration.notices.mail.EmailMessage.send", refuse)

    assert run()["mail"] == "RuntimeError"

    for form in logs.values():
        assert MARK not in form.getvalue().lower()


def test_a_duty_that_fails_is_told_without_what_it_was_about(logs, monkeypatch):
    monkeypatch.setattr("hjulet.collaboration.clock.running.duties", lambda: [Duty("odd", "Udda", stumble)])

    run()

    [line] = [line for line in logs.lines() if "clock" in line["logger"]]
    assert (line["level"], line["message"], line["exception"][0]["type"]) == (
        "error",
        "clock: odd failed",
        "ValueError",
    )
    assert MARK not in logs["text"].getvalue()


def test_an_answer_is_told_by_the_name_of_its_page(client, logs):
    answer = client.get("/konto/login/?next=/personer/17/")

    [line] = logs.answers()
    assert {name: line[name] for name in ("level", "message", "method", "route", "status")} == {
        "level": "info",
        "message": "answered",
        "method": "GET",
        "route": "account_login",
        "status": 200,
    }
    assert set(line) == {
        "time", "level", "logger", "message", "request_id", "process",
        "method", "route", "status", "ms", "statements", "database_ms",
    }  # fmt: skip
    assert line["request_id"] == answer.headers["X-Request-ID"]


def test_an_address_that_leads_nowhere_is_not_repeated(client, logs):
    client.get("/nagon/stans/")

    assert [line["route"] for line in logs.answers()] == ["(ingen sida)"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0c8f4c8e-5d3a-4d5e-9f0a-7a1c2b3d4e5f", True),
        ("7d3f1c0a9b8e4f6d7d3f1c0a9b8e4f6d", True),
        ("anna.berg@example.org", False),
        ("kort", False),
        ("a" * 37, False),
        ("7d3f1c0a9b8e4f6d\n{}", False),
    ],
)
def test_the_number_of_a_proxy_is_kept_when_it_is_a_number(client, logs, given, kept):
    answer = client.get("/konto/login/", headers={"x-request-id": given})

    number = answer.headers["X-Request-ID"]
    assert (number == given) is kept
    assert re.fullmatch("[0-9a-f-]{16,36}", number)
    assert [line["request_id"] for line in logs.answers()] == [number]


def test_each_line_of_a_request_has_its_number(client, somebody, logs, monkeypatch):
    client.raise_request_exception = False
    client.force_login(somebody)
    monkeypatch.setattr("hjulet.search.views.search", stumble)

    answer = client.get("/sok/?q=x")

    number = answer.headers["X-Request-ID"]
    assert f"Felets nummer är <code>{number}</code>" in answer.content.decode()
    errors = [line for line in logs.lines() if line["level"] == "error"]
    assert [(line["logger"], line["request_id"]) for line in errors] == [("django.request", number)]
    assert [told["type"] for told in errors[0]["exception"]] == ["ValueError"]


def test_probes_and_files_of_the_pages_fill_no_log(client, caplog):
    with caplog.at_level(logging.INFO, "hjulet.answers"):
        client.get(reverse("upkeep:alive"))
        client.get("/static/base/hjulet.css").close()

    assert caplog.records == []


@pytest.mark.parametrize(
    ("name", "message", "arguments", "kept"),
    [
        ("hjulet.prov", "did %s", ("x",), "did x"),
        ("allauth.account", "Mail to %s failed", (MARK,), "Mail to %s failed"),
        ("allauth.account", f"Mail to {MARK} failed", (), r"\(test_logs:\d+\)"),
        (
            "_granian",
            f"Application callable raised an exception\n{MARK}",
            (),
            "Application callable raised an exception",
        ),
        ("django.request", ValueError(MARK), (), r"\(test_logs:\d+\)"),
    ],
)
def test_only_our_own_words_are_trusted(logs, name, message, arguments, kept):
    logging.getLogger(name).error(message, *arguments)

    [line] = logs.lines()
    assert re.fullmatch(kept, line["message"])
    assert MARK not in logs["text"].getvalue()


def test_a_chain_of_exceptions_is_told_to_its_beginning(logs):
    try:
        try:
            stumble()
        except ValueError as error:
            raise OSError(MARK) from error
    except OSError:
        logging.getLogger("hjulet.prov").exception("x")

    [line] = logs.lines()
    assert [told["type"] for told in line["exception"]] == ["OSError", "ValueError"]
    text = logs["text"].getvalue()
    assert re.search(r"^\S+ error hjulet\.prov x\n  OSError\n    .*test_logs\.py:\d+ test_a_chain", text)
    assert MARK not in text
