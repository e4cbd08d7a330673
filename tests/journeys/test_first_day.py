"""The first administrator's day: in with the one-time password, and a colleague who can work."""

from tests.factories import PASSWORD
from tests.journeys.beginnings import given_an_empty_installation


def test_from_one_time_password_to_a_colleague_who_can_work(visitor, width):
    begun = given_an_empty_installation()
    she, colleague = visitor(width=width), visitor(width=width)

    when_somebody_chooses_an_own_password(she, begun.administrator.email, begun.password)
    once = when_she_adds_a_colleague(she)
    when_she_gives_the_colleague_a_role(she)
    when_somebody_chooses_an_own_password(colleague, "disa.falk@example.org", once)
    then_the_colleague_can_begin_the_year(colleague)

    she.looks()
    colleague.looks()


def when_somebody_chooses_an_own_password(who, email, once):
    who.opens("/")
    who.logs_in(email, once)
    who.sees_heading("Byt lösenord")
    who.fills({"Nuvarande lösenord": once, "Nytt lösenord": PASSWORD, "Nytt lösenord (igen)": PASSWORD})
    who.presses("Byt lösenord")
    who.sees_heading("Mitt konto")


def when_she_adds_a_colleague(she):
    she.goes_to("Organisation", "Personer")
    she.follows("Lägg till en person")
    she.fills({"Namn": "Disa Falk", "E-postadress": "disa.falk@example.org"})
    she.presses("Lägg till personen")
    she.sees("Lösenordet visas bara nu")
    once = she.main.get_by_role("code").inner_text()
    she.follows("Jag har skrivit upp det")
    return once


def when_she_gives_the_colleague_a_role(she):
    she.goes_to("Organisation", "Ansvar och roller")
    she.follows("Ge en roll")
    she.fills({"Person": "Disa Falk", "Roll": "Kvalitetsutvecklare", "Enhet": "Socialnämnden"})
    she.presses("Ge rollen")
    she.sees("Disa Falk", "Kvalitetsutvecklare")


def then_the_colleague_can_begin_the_year(colleague):
    colleague.goes_to("Risker", "Riskanalyser")
    colleague.follows("Börja en riskanalys")
    colleague.sees_heading("Börja en riskanalys")
