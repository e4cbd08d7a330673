"""Two groups become one, and somebody goes on leave."""

import pytest

from tests import factories
from tests.journeys.beginnings import TODAY, given_a_year_under_way, given_an_empty_installation, given_someone

SCRIPT = {"with script": True, "without script": False}


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_two_units_become_one(visitor, width, script):
    year = given_a_year_under_way(given_an_empty_installation().committees[0])
    other = factories.unit(year.committee, "Hemtjänst Söder")
    head = given_someone("Ulf Udd", "unit_manager", year.unit)
    she = visitor(given_someone("Siri System", "system_administrator", factories.municipality()), width, script=script)
    he = visitor(head, width, script=script)

    when_she_draws_up_a_merge(she, year, other)
    then_she_sees_what_follows_and_not_what_it_says(she, year)
    when_she_carries_it_out(she)
    then_he_goes_on_in_the_new_unit(he, year)
    then_the_old_unit_tells_what_it_became(she, year)

    she.looks()
    he.looks()


def when_she_draws_up_a_merge(she, year, other):
    she.goes_to("Organisation", "Omorganisationer")
    she.follows("Planera en omorganisation")
    she.follows("Slå ihop")
    she.fills(
        {
            "Enhet": year.unit.name,
            "Enhet att slå ihop med": other.name,
            "Namn på den nya enheten": "Hemtjänsten",
            "Vilar på beslut": "Förvaltningschefens beslut.",
        }
    )
    she.presses("Visa vad som följer med")
    she.sees("Utkastet är sparat.", "Det här följer med")


def then_she_sees_what_follows_and_not_what_it_says(she, year):
    she.sees("Öppna åtgärder: 1", "Ulf Udd, Enhetschef")
    she.does_not_see(year.action.title)


def when_she_carries_it_out(she):
    she.presses("Planera omorganisationen")
    she.sees("Omorganisationen är genomförd.", "Det här följde med")


def then_he_goes_on_in_the_new_unit(he, year):
    he.goes_to("Mina uppgifter")
    he.sees(year.action.title, "Hemtjänsten")
    he.follows(year.action.title)
    he.presses("Påbörja åtgärden")
    he.sees("Pågår")


def then_the_old_unit_tells_what_it_became(she, year):
    she.opens(year.unit.get_absolute_url())
    she.sees("fortsätter det i")
    she.follows("Hemtjänsten")
    she.sees("Tog över")


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_somebody_stands_in(visitor, width, script):
    year = given_a_year_under_way(given_an_empty_installation().committees[0])
    he = visitor(given_someone("Ulf Udd", "unit_manager", year.unit), width, script=script)
    deputy = given_someone("Tove Ask", "employee", year.unit)

    when_he_chooses_who_stands_in_for_him(he)
    she = visitor(deputy, width, script=script)
    then_she_does_what_awaits_him(she, year)
    when_he_is_back(he)
    then_it_awaits_her_no_longer(she, year)

    he.looks()
    she.looks()


def when_he_chooses_who_stands_in_for_him(he):
    he.opens("/personer/mitt-konto/")
    he.follows("Välj ersättare")
    he.fills({"Ersättare": "Tove Ask", "Till och med": TODAY.isoformat()})
    he.presses("Utse ersättaren")
    he.sees("Tove Ask är utsedd till ersättare.", "Ersätts av Tove Ask som Enhetschef")


def then_she_does_what_awaits_him(she, year):
    she.goes_to("Mina uppgifter")
    she.sees(year.action.title, "i stället för Ulf Udd")
    she.follows(year.action.title)
    she.presses("Påbörja åtgärden")
    she.sees("Tove Ask, i stället för Ulf Udd")


def when_he_is_back(he):
    he.opens("/personer/mitt-konto/")
    he.presses("Avsluta nu")
    he.sees("Ersättarskapet är avslutat.")


def then_it_awaits_her_no_longer(she, year):
    she.goes_to("Mina uppgifter")
    she.does_not_see(year.action.title)
