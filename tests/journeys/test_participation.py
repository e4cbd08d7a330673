"""An idea on its way: from a phone between two visits to an action, and back as an answer."""

import pytest

from tests import factories
from tests.journeys.beginnings import given_an_empty_installation, given_someone

SCRIPT = {"with script": True, "without script": False}
IDEA = "Häng bilnycklarna innanför dörren"
ANSWER = "Tack, vi sätter upp en tavla."


@pytest.mark.parametrize("script", SCRIPT.values(), ids=SCRIPT)
def test_an_idea_is_answered_and_becomes_an_action(visitor, width, script):
    unit = factories.unit(given_an_empty_installation().committees[0])
    she = visitor(given_someone("Ada Assistent", "employee", unit), width, script=script)
    he = visitor(given_someone("Ulf Udd", "unit_manager", unit), width, script=script)

    when_she_leaves_an_idea_in_three_answers(she)
    then_it_awaits_the_head_of_the_unit_who_accepts_it(he)
    then_the_action_says_where_it_comes_from(he)
    then_she_reads_the_answer(she)

    she.looks()
    he.looks()


def when_she_leaves_an_idea_in_three_answers(she):
    she.opens("/")
    she.goes_to("Delaktighet", "Idéer")
    she.follows("Lämna en idé")
    she.presses("Skicka idén till din chef")
    she.sees("Det här behöver rättas")
    she.fills({"Vad vill du förbättra?": IDEA, "Varför?": "Vi letar varje morgon.", "Var gäller det?": "Hallen"})
    she.presses("Skicka idén till din chef")
    she.sees("Tack! Du får ett svar senast", "Din idé", "Föreslagen")


def then_it_awaits_the_head_of_the_unit_who_accepts_it(he):
    he.opens("/mina-uppgifter/")
    he.sees("Svara på en idé")
    he.follows(IDEA)
    he.sees("Ada Assistent")
    he.presses("Börja överväga")
    he.follows("Anta och gör en åtgärd")
    he.fills({"Ditt svar till den som föreslog": ANSWER, "Rubrik": "Nyckeltavla i hallen"})
    he.presses("Anta idén")
    he.sees("Den som föreslog får ditt svar.", "Antagen", ANSWER, "Nyckeltavla i hallen")


def then_the_action_says_where_it_comes_from(he):
    he.follows("Nyckeltavla i hallen")
    he.sees_heading("Nyckeltavla i hallen")
    if he.script:
        he.sees("Kommer ur delaktighet", IDEA)
    else:
        he.follows("Möten, idéer och kompetens som åtgärden kommer ur")
        he.sees(IDEA)


def then_she_reads_the_answer(she):
    she.opens("/notiser/")
    she.sees("Det har hänt något med din idé")
    she.goes_to("Delaktighet", "Idéer")
    she.follows(IDEA)
    she.sees("Antagen", ANSWER)
