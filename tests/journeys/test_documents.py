"""A routine is revised by whoever owns it, decided by whoever may, and read by those who work by it."""

from datetime import timedelta

from django.utils import timezone

from hjulet.rulebook.documents import deciding
from hjulet.rulebook.models import DocumentVersion
from tests import factories
from tests.journeys.beginnings import given_an_empty_installation, given_someone
from tests.rulebook.documents import walks


def given_a_routine_in_force(title="Nycklar och larm"):
    (committee,) = given_an_empty_installation("Äldrenämnden").committees
    home_care = factories.unit(committee)
    chief = given_someone("Eva Chef", "unit_manager", home_care)
    owner = given_someone("Olle Ägare", "group_manager", factories.group(home_care))
    document = walks.start(
        chief,
        home_care,
        title=title,
        body="# Nycklar\n\nNyckeln kvitteras i nyckelskåpet.\n\n- Tappad nyckel: ring gruppchefen.",
        summary="Så hanterar du nycklar.",
        owner_person=owner,
    )
    version = walks.send(walks.first(document), chief)
    deciding.decide_version(version, by=chief, valid_from=timezone.localdate())
    return document, owner, chief


def test_an_owner_revises_a_routine_and_the_manager_decides_it(visitor):
    document, owner, chief = given_a_routine_in_force()
    tomorrow = timezone.localdate() + timedelta(days=1)

    he = visitor(owner)
    he.goes_to("Regelverk")
    he.follows("Nycklar och larm")
    he.presses("Börja en ny version")
    he.follows("Skriv texten")
    he.fills({"Vad som har ändrats": "Låset byts samma dag."})
    he.main.get_by_label("Text", exact=False).last.fill(
        "# Nycklar\n\nTappad nyckel: ring gruppchefen, låset byts samma dag."
    )
    he.presses("Spara texten")
    he.presses("Skicka för granskning och beslut")
    he.sees("På granskning")
    he.looks()

    she = visitor(chief)
    she.goes_to("Mina uppgifter")
    she.follows("Nycklar och larm")
    she.follows("Öppna utkastet till version 2")
    she.follows("version 1")
    she.sees("Texten, ord för ord", "Tillagda ord")
    she.looks()
    she.opens(DocumentVersion.objects.get(number=2).get_absolute_url())
    she.follows("Besluta")
    she.fills({"Börjar gälla": tomorrow.isoformat()})
    she.presses("Besluta om dokumentet")
    she.sees("Beslutad, gäller inte än", "Eva Chef")
    she.opens(document.get_absolute_url())
    she.sees("Ny version på väg", "Nyckeln kvitteras i nyckelskåpet.")
    she.looks()


def test_an_assistant_finds_and_reads_it_on_a_phone(visitor):
    document, _owner, chief = given_a_routine_in_force()
    reader = given_someone("Nadia Ny", "employee", factories.group(document.unit, "Grupp 2"))

    she = visitor(reader, "phone")
    she.goes_to("Regelverk")
    she.fills({"Sök i titel och sökord": "nycklar"})
    she.follows("Nycklar och larm")

    she.sees("Nyckeln kvitteras i nyckelskåpet.", "Gäller från och med", "Eva Chef")
    she.does_not_see("Börja en ny version")
    she.looks()
    she.main.get_by_label("Vilken version gällde den").fill("2020-01-01")
    she.presses("Visa den versionen")
    she.sees("Ingen version av dokumentet gällde 2020-01-01.")
    she.looks()
    assert chief.name == "Eva Chef"


def test_an_assistant_asks_in_her_own_words_with_one_hand(visitor):
    document, _owner, _chief = given_a_routine_in_force()
    reader = given_someone("Nadia Ny", "employee", factories.group(document.unit, "Grupp 2"))

    she = visitor(reader, "phone")
    she.goes_to("Start")
    she.follows("Hitta rutin")
    she.fills({"Vad vill du veta?": "jag har tappat nyckeln"})
    she.presses("Hitta")
    she.sees("1 svar, det bästa först.", "Tappad nyckel: ring gruppchefen.")
    she.looks()
    she.follows("Nycklar och larm")
    she.sees("Nyckeln kvitteras i nyckelskåpet.")

    she.goes_to("Regelverk", "Hitta rutin")
    she.fills({"Vad vill du veta?": "rullstolsramp"})
    she.presses("Hitta")
    she.sees("Inget svar hittades")
    she.looks()
