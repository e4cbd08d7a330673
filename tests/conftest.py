import gc
import socket
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as property_tests

from hjulet.audit.answers import Answers
from hjulet.base.statements import Statements
from hjulet.reporting.wheel.queries import COUNTED
from tests.factories import committee, person, unit
from tests.strictness import answer_anew, ask_anew, count_anew, met, refuse_other_machines

pytest_plugins = ["tests.identity.fixtures"]

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))

LARGE = {"_built_in_november", "_installed", "_site", "hjulet", "made", "servers", "world"}

# How long an example takes says more of the machine than of the code.
property_tests.register_profile("untimed", deadline=None)
property_tests.load_profile("untimed")


def pytest_make_parametrize_id(val, argname):
    """A file may hold the time when it was made, which is another in each process of the run."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What commits runs after all that roll back, and leaves the rows that migrations wrote as it found them.

    What asks nothing of the database of the run is marked: it is the same whichever database that is. Tests that look
    at something large stay together, so that one process builds it and once.
    """
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
        for large in LARGE.intersection(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group(large))
        marker = item.get_closest_marker("django_db")
        if not marker and "django_db_setup" not in item.fixturenames:
            item.add_marker("once")
        if item.get_closest_marker("journey") or (marker and marker.kwargs.get("transaction")):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def pytest_collection_finish():
    """What has been read by now stays to the end: to look for waste in it after every test takes a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _clock_stands_still(request):
    """Every test runs on Monday 16 March 2026 at ten; a journey keeps real time, for a browser runs beside it."""
    if request.node.get_closest_marker("journey"):
        yield None
    else:
        with time_machine.travel(NOW, tick=False) as clock:
            yield clock


@pytest.fixture(autouse=True)
def _swedish():
    """A request in English leaves its language behind in the thread; the next test starts in Swedish all the same."""
    with translation.override("sv"):
        yield


@pytest.fixture(autouse=True)
def media(tmp_path):
    """A folder of its own for attachments: the clock would sweep away those of other tests on a day far ahead."""
    with override_settings(MEDIA_ROOT=tmp_path / "files"):
        yield tmp_path / "files"


@pytest.fixture
def clock(_clock_stands_still):
    """Move in time: `clock.move_to(datetime)`."""
    return _clock_stands_still


@pytest.fixture
def home_care():
    """The unit most tests stand in, the one of a nämnd."""
    return unit(committee())


@pytest.fixture
def manager(home_care):
    """Karin Ek, who leads it."""
    return person(unit_manager=home_care)


@pytest.fixture
def board():
    """A nämnd without units."""
    return committee()


@pytest.fixture
def developer(board):
    """Disa Falk, who works with its quality."""
    return person("Disa Falk", quality_developer=board)


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse_other_machines(socket.socket.connect))
        yield


@pytest.fixture(autouse=True, scope="session")
def _questions_kept_are_true():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Statements, "rows", ask_anew(Statements.rows))
        patch.setattr(Statements, "number", count_anew(Statements.number))
        patch.setattr(Answers, "answer", answer_anew(Answers.answer))
        yield


@pytest.fixture(autouse=True)
def _questions_are_tried_in_each_test():
    """Answers too: a test that is rolled back leaves the same log behind as the one before it."""
    met.clear()
    COUNTED.forget()
