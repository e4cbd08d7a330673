"""The unit head's Monday: what awaits, done in a few minutes between two meetings."""

import pytest

from tests.journeys.beginnings import given_a_year_under_way, given_an_empty_installation, given_someone

SCRIPT = {"with script": True, "without script": False}


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_a_monday_of_the_unit_head(visitor, width, script):
    year = given_a_year_under_way(given_an_empty_installation().committees[0])
    he = visitor(given_someone("Ulf Udd", "unit_manager", year.unit), width, script=script)

    then_the_start_page_lists_what_awaits_him(he, year)
    when_he_makes_the_control(he, year)
    when_he_notes_how_the_action_goes(he, year)
    when_he_reports_what_hinders_it(he)
    when_he_completes_the_action_and_sees_its_effect(he)
    then_nothing_of_it_awaits_him(he, year)

    he.looks()


def then_the_start_page_lists_what_awaits_him(he, year):
    he.sees_heading("Mina uppgifter")
    he.sees("Den närmaste veckan", year.action.title, year.control.title)


def when_he_makes_the_control(he, year):
    he.follows(year.control.title)
    he.follows("Registrera resultatet")
    he.fills({"Hur många granskades?": "10", "Hur många av dem uppfyller kravet?": "11"})
    he.presses("Spara resultatet")
    he.sees("Det här behöver rättas")
    he.fills({"Hur många av dem uppfyller kravet?": "7", "Vad visade kontrollen": "Tre besök var sena."})
    he.presses("Spara resultatet")
    he.sees("Resultatet är registrerat.", "70 %", "Tre besök var sena.")


def when_he_notes_how_the_action_goes(he, year):
    he.goes_to("Mina uppgifter")
    he.follows(year.action.title)
    he.presses("Påbörja åtgärden")
    he.follows("Skriv hur det går")
    he.fills({"Hur går det": "Två grupper av tre har bytt schema."})
    he.presses("Spara anteckningen")
    he.sees("Anteckningen är sparad.", "Två grupper av tre har bytt schema.")


def when_he_reports_what_hinders_it(he):
    he.follows("Anmäl hinder")
    he.fills({"Vad hindrar?": "Ingen vikarie på torsdagar."})
    he.presses("Anmäl hinder")
    he.sees("Hindret är anmält.", "Hindrad", "Ingen vikarie på torsdagar.")
    he.presses("Återuppta åtgärden")
    he.sees("Åtgärden är återupptagen.")


def when_he_completes_the_action_and_sees_its_effect(he):
    he.follows("Anmäl som genomförd")
    he.fills({"Resultat": "Alla grupper har det nya schemat."})
    he.presses("Anmäl som genomförd")
    he.follows("Bedöm effekten")
    he.fills({"Fick åtgärden effekt?": "Delvis", "Vad visar det": "Färre sena besök på vardagar."})
    he.presses("Spara bedömningen")
    he.presses("Avsluta åtgärden")
    he.sees("Åtgärden är avslutad.", "Delvis")


def then_nothing_of_it_awaits_him(he, year):
    he.goes_to("Mina uppgifter")
    he.does_not_see(year.action.title)
