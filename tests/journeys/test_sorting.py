"""On a phone the rows are cards and there are no heads of columns: the list is sorted by a choice among the filters."""

import pytest

from tests.actions.walks import plan
from tests.journeys.beginnings import given_an_empty_installation, given_someone


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_list_is_sorted_where_there_are_no_heads(visitor, width, script):
    committee = given_an_empty_installation().committees[0]
    manager = given_someone("Ulf Udd", "unit_manager", committee)
    for title in ("Byt larm", "Anpassa hissen", "Cykla mera"):
        plan(manager, committee, title=title)
    he = visitor(manager, width, script=script)
    he.opens("/atgarder/")
    choice = he.page.get_by_label("Sortera efter")

    assert choice.is_visible() == (width == "phone")
    if width == "phone":
        he.fills({"Sortera efter": "Åtgärd, fallande"})
    else:
        he.opens("/atgarder/?sort=-title")
        he.fills({"Sök i rubriken": "a"})
    he.presses("Filtrera")
    he.page.wait_for_url("**sort=-title**")

    assert he.page.locator("tbody tr > :first-child a").all_inner_texts() == [
        "Cykla mera",
        "Byt larm",
        "Anpassa hissen",
    ]
    assert he.page.get_by_label("Sortera efter").input_value() == "-title"
    he.looks()
