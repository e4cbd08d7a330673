"""A list taken out to Excel and back, several rows changed at once, and the organisation from a file."""

from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import expect

from hjulet.actions.models import Action
from hjulet.organisation.models import Person
from tests.actions.walks import plan
from tests.factories import committee, municipality, person, unit
from tests.lists import saved
from tests.organisation.importing.walks import PERSON_ROWS, UNIT_ROWS, book, changed

SCRIPT = {"with script": True, "without script": False}


def chooses(visitor, content, name="lista.xlsx"):
    """The file, in the only field that takes one."""
    visitor.main.get_by_label("fil", exact=False).first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_a_list_goes_out_to_excel_and_comes_back(visitor, width, script):
    home_care = unit(committee())
    karin = person("Karin Ek", unit_manager=home_care)
    for title in ("Bygg ramp", "Byt larm"):
        plan(karin, home_care, title=title)
    she = visitor(karin, width, script=script)

    she.goes_to("Åtgärder")
    lists = openpyxl.load_workbook(BytesIO(she.fetches("Hämta som Excel")))
    lists.active["A2"], lists.active["D3"] = "Bygg två ramper", "igår"
    she.follows("Läs in ändringar")
    chooses(she, saved(lists))
    she.presses("Granska filen")
    she.sees("Det här behöver rättas", "Åtgärder D3: Klart senast: Skriv datumet")

    lists.active["D3"] = "2027-01-31"
    chooses(she, saved(lists))
    she.presses("Granska filen")
    she.sees("2 rader ändras.", "Bygg ramp", "Bygg två ramper", "2027-01-31")
    she.presses("Ändra 2 rader")
    she.sees("2 rader är ändrade.", "Bygg två ramper", "2027-01-31")

    she.looks()


def test_several_rows_are_chosen_and_changed_with_the_keyboard_alone(visitor):
    """Filter, columns, order, boxes, buttons and pages: no pointer is needed anywhere in a list."""
    home_care = unit(committee())
    karin = person("Karin Ek", unit_manager=home_care)
    for number in range(52):
        plan(karin, home_care, title=f"Åtgärd {number:02}")
    she = visitor(karin)
    she.goes_to("Åtgärder")
    button, label = (lambda name: she.main.get_by_role("button", name=name)), she.main.get_by_label

    she.steps_to(label("Sök i rubriken"))
    she.types("Åtgärd")
    she.steps_to(she.main.get_by_text("Kolumner", exact=True))
    she.hits("Enter")
    she.steps_to(label("Vad ska göras"))
    she.hits("Space")
    she.steps_to(button("Filtrera"))
    she.hits("Enter")
    expect(she.main.get_by_role("columnheader", name="Vad ska göras")).to_be_visible()

    she.steps_to(she.main.get_by_role("link", name="Åtgärd", exact=True))
    she.hits("Enter")
    expect(she.main.get_by_role("columnheader", name="Åtgärd", exact=True)).to_have_attribute("aria-sort", "ascending")

    she.steps_to(she.page.get_by_role("link", name="Nästa"), key="Shift+Tab")
    she.hits("Enter")
    she.sees("Åtgärd 51")
    she.does_not_see("Åtgärd 49")

    she.steps_to(label("Välj Åtgärd 50"))
    she.hits("Space")
    she.steps_to(button("Ändra de valda"))
    she.hits("Enter")
    she.sees_heading("Ändra flera åtgärder")
    she.sees("1 av 1 valda ändras.")
    she.steps_to(label("Ansvarig roll (frivilligt)"))
    she.types("Enhetsch")
    she.steps_to(button("Ändra flera åtgärder"))
    she.hits("Enter")
    she.sees("1 åtgärd är ändrad.")
    assert [action.title for action in Action.objects.filter(owner_role="unit_manager")] == ["Åtgärd 50"]

    she.looks()


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_the_organisation_comes_from_a_file(visitor, width, script):
    he = visitor(person("Siv System", system_administrator=municipality()), width, script=script)

    he.goes_to("Organisation")
    he.follows("Läs in från fil")
    assert he.fetches("Hämta en tom mall").startswith(b"PK")
    chooses(he, book(changed(UNIT_ROWS, 0, parent="U9")))
    he.presses("Granska filen")
    he.sees("Enheter D2: ingen enhet har id:t ”U9”, varken här eller i filen.")

    chooses(he, book(people=PERSON_ROWS))
    he.fills({"Ge nya personer engångslösenord": True})
    he.presses("Granska filen")
    he.sees("Inget är sparat än.", "Enhet: Hemtjänst Norr (U2)", "Person: Karin Ek (P1)")
    he.presses("Läs in organisationen")
    he.sees("Lösenorden visas bara nu", "karin@example.org")
    assert Person.objects.get(external_id="P1").must_change_password is True

    he.looks()
