"""What comes back every year: laid in from the templates, seen as a year, done, and in one's own calendar."""

import pytest

from tests.journeys.beginnings import YEAR, given_an_empty_installation, given_someone

LAST_DAY_OF_THE_YEAR = f"{YEAR}-12-31"
SCRIPT = {"with script": True, "without script": False}


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_the_quality_developers_year(visitor, width, script):
    committee = given_an_empty_installation().committees[0]
    she = visitor(given_someone("Vera Lind", "quality_developer", committee), width, script=script)

    when_she_lays_in_what_comes_back(she, committee)
    then_the_year_is_there(she)
    when_she_lays_in_one_of_her_own(she, committee)
    when_she_marks_it_as_done(she)
    then_the_year_shows_that_it_is_done(she)
    when_she_makes_an_address_for_her_calendar(she)

    she.looks()


def when_she_lays_in_what_comes_back(she, committee):
    she.goes_to("Årshjul", "Årsuppgifter")
    she.follows("Lägg in från mallarna")
    she.fills({"Vems årshjul?": committee.name, "Patientsäkerhetsberättelse": True, "Brukarundersökning": True})
    she.presses("Lägg in de valda")
    she.sees("2 uppgifter är inlagda i årshjulet.", "Patientsäkerhetsberättelse", "Brukarundersökning")


def then_the_year_is_there(she):
    she.goes_to("Årshjul", "Hela året")
    she.sees("Utan dag under året", f"Riskanalys för {YEAR}")
    she.looks_once()


def when_she_lays_in_one_of_her_own(she, committee):
    she.follows("Ny årsuppgift")
    she.fills(
        {
            "Enhet": committee.name,
            "Uppgift": "Genomgång av avtalen",
            "Slag": "Granskning",
            "Hur ofta": "en gång/år",
            "Klar senast, första gången": LAST_DAY_OF_THE_YEAR,
            "Dagar i förväg": "366",
            "Ansvarig roll": "Kvalitetsutvecklare",
        }
    )
    she.presses("Lägg in i årshjulet")
    she.sees("Uppgiften är inlagd i årshjulet.")


def when_she_marks_it_as_done(she):
    she.goes_to("Mina uppgifter", "Det som väntar")
    she.follows("Genomgång av avtalen")
    she.follows("Markera som gjord")
    she.fills({"Vad blev resultatet?": "Två avtal ska sägas upp."})
    she.presses("Markera som gjord")
    she.sees("Uppgiften är markerad som gjord.", "Två avtal ska sägas upp.")


def then_the_year_shows_that_it_is_done(she):
    she.goes_to("Årshjul", "Hela året")
    she.sees("Genomgång av avtalen", "Gjord")


def when_she_makes_an_address_for_her_calendar(she):
    she.follows("Få det i din kalender")
    she.follows("Skapa en adress")
    she.presses("Skapa adressen")
    she.sees("Adressen visas bara nu", "/arshjul/kalender/", ".ics")
    she.looks_once()
    she.follows("Jag har lagt in den")
    she.sees("Du har en adress", "Inte ännu")
