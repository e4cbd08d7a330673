from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hjulet.base.operations import Refused
from hjulet.organisation.models import Person
from hjulet.rulebook.documents import deciding, duties, operations
from hjulet.rulebook.documents.queries import version_on
from hjulet.rulebook.models import DocumentFile, DocumentVersion
from tests.factories import committee, unit
from tests.rulebook.documents import walks

START = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
KEPT = (
    "number title body upload_id upload_text changes valid_from decision_id decided_by_id decided_by_name "
    "decided_by_title decided_on delegation_id delegation_text decided_before decided_before_date"
).split()
MOVES = "revise write send send_back discard decide withdraw withdraw_first clock confirm change".split()
STEPS = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(-2, 9), st.integers(0, 5)), min_size=3, max_size=10)
# What leads somewhere stands before what is left to chance: one version that applies, and one before whoever decides.
BEGUN = (("send", 0, 0), ("decide", 0, 0), ("revise", 0, 1), ("write", 1, 0), ("send", 0, 0))


def make(move, document, by, days):
    latest = walks.latest(document)
    match move:
        case "revise":
            operations.revise_document(document, by=by)
        case "write":
            walks.write(latest, by, title=f"Titel {days}", changes="Nytt.")
        case "send" | "discard":
            getattr(walks, move)(latest, by)
        case "send_back":
            operations.send_back_version(latest, by=by, reason="Nej.")
        case "decide":
            walks.decide(latest, by, today() + timedelta(days=days))
        case "withdraw" | "withdraw_first":
            deciding.withdraw_version(latest if move == "withdraw" else walks.first(document), by=by, reason="Bort.")
        case "clock":
            duties.publish(Person.objects.machine(), today())
        case "confirm":
            operations.confirm_document(document, by=by)
        case "change":
            operations.change_document(document, by=by, revision=document.revision, summary=f"Nytt {days}")


def today():
    return datetime.now(START.tzinfo).date()


def decided(document):
    rows = DocumentVersion.objects.ever_decided().filter(document=document)
    return {row["number"]: row for row in rows.values(*KEPT)}


def files(document):
    return set(DocumentFile.objects.filter(version__document=document).values_list("pk", "sha256"))


def days_about(document):
    """The days on which something begins or ends, and those beside them: nothing else happens between."""
    rows = document.versions.values_list("valid_from", "valid_to")
    return sorted({day + timedelta(days=by) for row in rows for day in row if day for by in (-1, 0, 1)})


def applying(document, day):
    """Found without the query that is tested."""
    return [version for version in document.versions.all() if version.applies_on(day)]


class TestAnySequence(TestCase):
    @settings(max_examples=6, deadline=None)
    @given(steps=STEPS)
    def test_what_is_decided_never_changes_and_no_two_versions_apply(self, steps):
        home_care = unit(committee())
        chief = walks.decider(home_care)
        with time_machine.travel(START, tick=False) as clock:
            document = walks.start(chief, home_care)
            known, kept, applied = {}, set(), {}
            for move, days, passing in [*BEGUN, *steps]:
                clock.shift(timedelta(days=passing))
                with suppress(Refused, ValidationError):
                    make(move, document, chief, days)
                document.refresh_from_db()

                now = decided(document)
                assert {number: now[number] for number in known} == known
                assert kept <= files(document)
                known, kept = now, files(document)
                for day in days_about(document):
                    assert applying(document, day) == [one for one in [version_on(document, day)] if one]
                for day, version in applied.items():
                    assert version_on(document, day) == version
                yesterday = today() - timedelta(days=1)
                applied[yesterday] = version_on(document, yesterday)
