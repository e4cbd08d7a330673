"""Somebody new reads, signs and asks in the first week, on a phone; and the manager sees how far all have come."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from hjulet.rulebook.models import DocumentQuestion, ReadReceipt, SignOff
from tests import factories
from tests.journeys.beginnings import TODAY
from tests.rulebook.introductions import walks as introductions
from tests.rulebook.receipts.walks import ask, version_in_force

ROUTINE = "Rutin för basal hygien"


def given_somebody_new():
    home_care = factories.unit(factories.committee())
    at = SimpleNamespace(
        home_care=home_care,
        manager=factories.person("Karin Ek", unit_manager=home_care),
        supervisor=factories.person("Sven By", employee=home_care),
        newcomer=factories.person("Ny Berg", employee=home_care),
    )
    version = version_in_force(home_care.parent, title=ROUTINE, owner=at.manager)
    ask(version, at.manager, home_care, due_date=TODAY + timedelta(days=14))
    introductions.plan(at, start=TODAY)
    return at


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_first_week(visitor, script):
    at = given_somebody_new()
    newcomer, manager = visitor(width="phone", script=script), visitor(width="desk")

    when_the_newcomer_reads_and_confirms(newcomer, at)
    when_the_newcomer_signs_what_is_done(newcomer, at)
    when_the_newcomer_asks(newcomer)
    then_the_manager_sees_who_is_left(manager, at)

    newcomer.looks()
    manager.looks()


def when_the_newcomer_reads_and_confirms(newcomer, at):
    newcomer.opens("/")
    newcomer.logs_in(at.newcomer.email)
    newcomer.opens(reverse("receipts:to_read"))
    newcomer.sees(ROUTINE, "Handskar byts oftare.")
    newcomer.follows(f"Läs {ROUTINE}")
    newcomer.sees_heading(ROUTINE)
    newcomer.opens(reverse("receipts:to_read"))
    newcomer.follows(f"Mer om {ROUTINE}")
    newcomer.presses("Jag har läst och förstått")
    newcomer.sees("Du har läst allt")
    assert ReadReceipt.objects.get().person == at.newcomer


def when_the_newcomer_signs_what_is_done(newcomer, at):
    newcomer.opens(reverse("introductions:list"))
    newcomer.follows("Undersköterska")
    newcomer.sees("Träffa skyddsombudet", "0 av 3")
    newcomer.presses("Signera")
    newcomer.sees("1 av 3")
    assert SignOff.objects.get().by == at.newcomer


def when_the_newcomer_asks(newcomer):
    version = ReadReceipt.objects.get().version
    newcomer.opens(reverse("questions:panel", args=[version.pk]))
    newcomer.follows("Ställ en fråga")
    newcomer.fills({"Fråga": "Gäller det också på natten?"})
    newcomer.presses("Skicka frågan")
    newcomer.sees("Väntar på svar")
    assert DocumentQuestion.objects.get().version == version


def then_the_manager_sees_who_is_left(manager, at):
    manager.opens("/")
    manager.logs_in(at.manager.email)
    manager.goes_to("Regelverk", "Lästa dokument")
    manager.sees("1 av 3")
    manager.follows(ROUTINE)
    manager.sees("Sven By", "Karin Ek")
    manager.does_not_see("Ny Berg")
    manager.follows("Öppna dokumentet")
    manager.sees("Frågor och svar", "Har du läst?", "Gäller det också på natten?")
