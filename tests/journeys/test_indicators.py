"""What is measured: defined, aimed at, measured by whoever is responsible, chosen for a goal, and seen over time."""

from datetime import date

import pytest

from hjulet.monitoring.indicators.measurements.operations import open_period
from hjulet.monitoring.models import Indicator
from hjulet.monitoring.self_monitoring.periods import Period
from hjulet.planning.goals.operations import set_goal
from hjulet.planning.models import GoalLevel
from tests.journeys.beginnings import TODAY, YEAR, given_an_empty_installation, given_someone
from tests.monitoring.indicators.walks import record

SCRIPT = {"with script": True, "without script": False}
FIRST = YEAR - 5


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_from_a_goal_that_nothing_measures_to_a_line(visitor, width, script):
    committee = given_an_empty_installation().committees[0]
    vera = given_someone("Vera Lind", "quality_developer", committee)
    level = GoalLevel.objects.get(key="strategic")
    set_goal(by=vera, unit=committee, level=level, title="Alla känner sig trygga", first_year=YEAR, last_year=YEAR)
    she = visitor(vera, width, script=script)

    when_she_sees_that_nothing_measures_the_goal(she)
    when_she_takes_an_indicator_in_from_the_library(she, committee)
    when_she_defines_one_of_her_own(she, committee)
    when_she_sets_a_target(she)
    when_she_sets_one_of_another_measure_and_is_told_so(she)
    when_she_measures_from_her_tasks(she)
    when_she_corrects_it(she)
    when_she_chooses_it_for_the_goal(she)
    given_four_earlier_years(vera)
    then_the_line_is_there(she)


def when_she_sees_that_nothing_measures_the_goal(she):
    she.goes_to("Mina uppgifter", "Bruten tråd")
    she.follows("Mål utan nyckeltal")
    she.sees("Alla känner sig trygga", "Välj nyckeltal")


def when_she_takes_an_indicator_in_from_the_library(she, committee):
    she.goes_to("Nyckeltal")
    she.follows("Ta in ur startbiblioteket")
    she.fills({"Vems nyckeltal?": committee.name, "Upplevd trygghet": True})
    she.presses("Ta in de valda")
    she.sees("1 nyckeltal är intaget.", "Upplevd trygghet", "minst 4 på 5-gradig skala", "Ej mätt")


def when_she_defines_one_of_her_own(she, committee):
    she.follows("Definiera ett nyckeltal")
    she.fills(
        {
            "Enhet": committee.name,
            "Nyckeltal": "Planer uppföljda i tid",
            "Vad mäts": "Planer som har följts upp senast den dag som står i dem.",
            "Mäts som": "Andel i procent",
            "Täljare": "planer uppföljda i tid",
            "Nämnare": "alla planer",
            "Riktning": "Högre är bättre",
            "Hur ofta": "en gång/år",
            "Gäller från": f"{FIRST}-01-01",
            "Ansvarig roll": "Kvalitetsutvecklare",
        }
    )
    she.presses("Definiera nyckeltalet")
    she.sees("Nyckeltalet är definierat", "Inget mål satt", "Att mäta", str(YEAR))


def when_she_sets_a_target(she):
    she.follows("Sätt ett mål")
    she.fills({"Målvärde": "85", "Gäller från": f"{FIRST}-01-01", "Beslut": "Nämndens mål och budget"})
    she.presses("Sätt målet")
    she.sees("Målet är satt.", "minst 85 %", "Gäller nu")


def when_she_sets_one_of_another_measure_and_is_told_so(she):
    she.follows("Sätt ett mål")
    she.fills({"Målvärde": "4", "Målet anges i": "på 5-gradig skala", "Gäller från": f"{YEAR + 1}-01-01"})
    she.presses("Sätt målet")
    she.sees("De ska ha samma måttenhet.")


def when_she_measures_from_her_tasks(she):
    she.goes_to("Mina uppgifter", "Det som väntar")
    she.follows("Planer uppföljda i tid")
    she.sees("Att det saknas är inte detsamma som noll.")
    she.follows("Registrera mätningen")
    she.fills({"Hur många: planer uppföljda i tid?": "44", "Av hur många: alla planer?": "50"})
    she.presses("Spara mätningen")
    she.sees("Mätningen är registrerad.", "88 %", "Uppnått men osäkert (felmarginal 76,2–94,4)")


def when_she_corrects_it(she):
    she.follows("Rätta mätningen")
    she.fills({"Hur många: planer uppföljda i tid?": "42", "Varför rättas mätningen?": "Två var dubbletter."})
    she.presses("Spara rättelsen")
    she.sees("84 %", "Ej uppnått men inom felmarginalen", "Två var dubbletter.", "Rättad mätning")


def when_she_chooses_it_for_the_goal(she):
    she.goes_to("Mina uppgifter", "Bruten tråd")
    she.follows("Mål utan nyckeltal")
    she.follows("Välj nyckeltal")
    she.fills({"Nyckeltal": "Planer uppföljda i tid"})
    she.presses("Välj nyckeltalet")
    she.sees("Nyckeltalet mäter målet.", "Planer uppföljda i tid", "84 %")


def given_four_earlier_years(vera):
    indicator = Indicator.objects.get(name="Planer uppföljda i tid")
    for year, count in enumerate((35, 37, 41, 40), YEAR - 4):
        period = Period(date(year, 1, 1), date(year, 12, 31))
        row = open_period(indicator, by=vera, unit=indicator.unit, period=period)
        record(row, vera, count=count, total=50, measured_date=min(date(year, 12, 1), TODAY))


def then_the_line_is_there(she):
    she.follows("Planer uppföljda i tid")
    she.sees("Sedan förra mätningen: +4 procentenheter", "inte större än vad slumpen brukar ge")
    if she.script:
        she.sees("Alla känner sig trygga")
    she.looks()
