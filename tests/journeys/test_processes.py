"""A process is described, put in order with the keyboard, read in from another tool and adopted; and read on a phone."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hjulet.rulebook.models import Process
from hjulet.rulebook.processes.states import ProcessState as S
from tests.factories import committee, person, unit
from tests.rulebook.processes.walks import drafted, titles, version_at, version_of

SCRIPT = {"with script": True, "without script": False}
BPMN = Path(__file__).parent.parent / "rulebook" / "processes" / "bpmn" / "files" / "camunda_modeler.bpmn"


def test_a_process_is_described_and_ordered_with_the_keyboard(visitor, width):
    home_care = unit(committee())
    she = visitor(person("Vera Lind", quality_developer=home_care.committee), width)

    she.opens(reverse("processes:list"))
    she.follows("Beskriv en process")
    she.fills(
        {"Enhet": "Hemtjänst Norr", "Process": "Utskrivning", "Ansvarig roll": "Enhetschef", "Syfte": "Tryggt hem."}
    )
    she.presses("Börja beskriva")
    for title in ("Planera hemgången", "Ta emot uppgiften"):
        she.follows("Lägg till en aktivitet")
        she.fills({"Vad görs": title, "Utförs av rollen": "Medarbetare"})
        she.presses("Lägg till en aktivitet")
    up = she.main.get_by_role("button", name="Flytta upp Ta emot uppgiften")
    she.steps_to(up)
    she.page.keyboard.press("Enter")
    she.sees("Aktiviteten är flyttad.")

    assert titles(version_of(Process.objects.get())) == ["Ta emot uppgiften", "Planera hemgången"]
    she.looks()


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_a_file_is_read_in_and_adopted(visitor, width, script):
    home_care = unit(committee())
    she = visitor(person("Karin Ek", unit_manager=home_care), width, script=script)

    she.opens(reverse("processes:list"))
    she.follows("Läs in BPMN")
    she.fills({"Enhet": "Hemtjänst Norr", "Ansvarig roll": "Enhetschef"})
    she.main.get_by_label("BPMN-fil", exact=False).set_input_files(BPMN)
    she.presses("Granska filen")
    she.sees("7 steg.", "Är underlaget komplett?", "camunda:taskListener")
    she.presses("Läs in processen")
    she.sees("Filen är inläst.", "Ange vilken roll som utför ”Utred behoven”.")
    for title in ("Utred behoven", "Registrera beslutet", "Begär komplettering"):
        she.follows(f"Ändra {title}")
        she.fills({"Utförs av rollen": "Medarbetare"})
        she.presses("Spara ändringen")
    she.presses("Skicka på granskning")
    she.follows("Fastställ processen")
    she.presses("Fastställ processen")
    she.sees("Processen är fastställd och gäller nu.")

    assert version_of(Process.objects.get()).state == S.ADOPTED
    she.looks()


def test_the_picture_scrolls_on_a_phone_and_the_words_do_not(visitor):
    home_care = unit(committee())
    manager = person("Karin Ek", unit_manager=home_care)
    version = version_at(S.ADOPTED, manager, home_care, *(f"Steg nummer {number}" for number in range(12)))
    she = visitor(person("Mona Berg", employee=home_care), "phone")
    she.opens(version.process.get_absolute_url())

    picture = she.main.get_by_role("region", name="Bild av processen")
    sizes = picture.evaluate("box => [box.scrollWidth > box.clientWidth, document.body.scrollWidth <= innerWidth]")
    assert sizes == [True, True]
    picture.focus()
    she.page.keyboard.press("End")
    expect(she.main.get_by_text("Steg nummer 11").last).to_be_visible()
    she.looks()


def test_steps_are_dragged_to_their_place(visitor):
    home_care = unit(committee())
    manager = person("Karin Ek", unit_manager=home_care)
    version = drafted(manager, home_care, "Ett", "Två", "Tre")
    she = visitor(manager)
    she.opens(version.get_absolute_url())

    rows = she.main.locator("tr[data-place]")
    rows.nth(2).drag_to(rows.nth(0))
    she.sees("Aktiviteten är flyttad.")

    assert titles(version) == ["Tre", "Ett", "Två"]
