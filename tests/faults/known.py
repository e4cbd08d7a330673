"""What those concerned are to know: documents to read, questions about them, and introductions in each state."""

from types import SimpleNamespace
from typing import Any

from hjulet.organisation.models import Person
from hjulet.rulebook.introduction_templates.operations import close_template
from hjulet.rulebook.introductions.operations import sign_point, undo_sign_off
from hjulet.rulebook.introductions.states import IntroductionState
from hjulet.rulebook.questions.operations import answer_question, ask_question
from hjulet.rulebook.receipts.operations import confirm_reading, withdraw_request
from tests import factories
from tests.rulebook.introductions import walks as introductions
from tests.rulebook.receipts.walks import ask, version_in_force


def know_what_applies(person: Person, place: Any) -> None:
    reader = factories.person("Nils Läser", employee=place)
    version = version_in_force(place.committee, title="Rutin för läkemedel", owner=person)
    ask(version, person, place, roles=["employee"])
    confirm_reading(version, by=reader)
    withdraw_request(
        ask(version_in_force(place, title="Äldre rutin"), person, place), by=person, reason="Den är borta."
    )
    ask(version_in_force(place, title="Rutin för nycklar"), person, place)
    ask_question(version, by=reader, text="Gäller det på natten?")
    answered = ask_question(version, by=reader, text="Gäller det vikarier?")
    answer_question(answered, by=person, answer="Ja.", shown_to_all=True, changes_text=True)
    introduce(person, place)


def introduce(person: Person, place: Any) -> None:
    for state in IntroductionState:
        newcomer = factories.person(f"Ny {state.label}", employee=place)
        at = SimpleNamespace(home_care=place, manager=person, supervisor=person, newcomer=newcomer)
        introductions.introduction_at(state, at, name=f"Arbete, {state.label}")
        if state == IntroductionState.ONGOING:
            sign_one_of_the_supervisor(at)
    closed = introductions.template(person, place, name="Gammal mall")
    close_template(closed, by=person, reason="Den används inte.")


def sign_one_of_the_supervisor(at: SimpleNamespace) -> None:
    """One is signed, and one was and is no longer."""
    mine = introductions.points_of(at.manager).filter(introduction__person=at.newcomer)
    for text in ("Visad runt i lokalerna", "Tystnadsplikten"):
        sign_point(mine.get(text=text), by=at.supervisor, part="supervisor")
    undo_sign_off(mine.get(text="Tystnadsplikten"), by=at.supervisor, part="supervisor", reason="Fel punkt.")
