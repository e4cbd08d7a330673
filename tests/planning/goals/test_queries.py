import pytest

from hjulet.planning.goals import queries
from tests.factories import assign, committee, group, municipality, person, provider, unit
from tests.planning.goals.walks import chain, goal, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer(home_care):
    return person("Disa Falk", quality_developer=municipality())


@pytest.fixture
def goals(developer, home_care):
    return chain(developer, municipality(), home_care.committee, home_care)


def test_visible_within_the_committee_and_upwards(developer, home_care, goals):
    vision, overall, *_lower = goals
    elsewhere = unit(committee("Äldrenämnden"), "Särskilt boende")
    other = goal(developer, elsewhere, title="Mål i annan nämnd")
    contact = person("Pia Utförare", provider_contact=provider())
    asked = goal(developer, provider(), title="Utförarens mål", owner_person=contact)
    locked_out = person("Sten Borta", unit_manager=home_care)
    locked_out.is_active = False
    locked_out.save()
    people = {
        "whole municipality": developer,
        "group employee": person("Ali Strand", employee=group(home_care)),
        "other committee": person("Ola Berg", unit_manager=elsewhere),
        "auditor of the unit": person("Rut Revisor", auditor=home_care),
        "system administrator": person("Siv Sys", system_administrator=municipality()),
        "provider that owns a goal": contact,
        "not allowed to log in": locked_out,
        "nobody": person("Ingen Alls"),
    }

    seen = {name: set(queries.goals_visible_to(somebody)) for name, somebody in people.items()}

    assert seen == {
        "whole municipality": {*goals, other, asked},
        "group employee": set(goals),
        "other committee": {vision, overall, other},
        "auditor of the unit": set(goals),
        "system administrator": set(),
        "provider that owns a goal": {asked},
        "not allowed to log in": set(),
        "nobody": set(),
    }


def test_a_role_that_has_ended_shows_nothing(developer, home_care, goals):
    former = person("Frida Förr")
    assign(former, "unit_manager", home_care, valid_to="2026-03-15")

    assert list(queries.goals_visible_to(former)) == []


def test_chain_is_one_statement_from_either_end(goals, django_assert_num_queries):
    with django_assert_num_queries(1):
        above = [(row.title, row.unit.name, row.level.name, row.owner) for row in queries.chain_above(goals[-1])]
    assert [title for title, *_rest in above] == [row.title for row in goals[:-1]]
    assert queries.chain_above(goals[0]) == []

    with django_assert_num_queries(1):
        below = list(type(goals[0]).objects.leading_down_from(goals[0]))
    assert below == goals


def test_goals_to_choose_hold_that_year_in_the_unit_or_above(developer, home_care, goals):
    goal(developer, group(home_care), title="Nedanför")
    goal(developer, committee("Äldrenämnden"), "Fokusområde", title="Annan nämnd")
    goal(developer, home_care, title="Nästa år", first_year=2027, last_year=2027)
    withdraw(goal(developer, home_care, title="Upphävt"), developer)

    assert list(queries.goals_to_choose(developer, home_care, 2026)) == goals
    assert list(queries.goals_to_choose(developer, home_care.committee, 2026)) == goals[:4]
    assert [row.title for row in queries.goals_to_choose(developer, home_care, 2027)] == ["Nästa år"]


def test_tree_keeps_order_and_lets_orphans_stand_alone(developer, home_care, goals):
    sibling = goal(developer, home_care, title="Syskon", parent=goals[3])
    visible = queries.goals_visible_to(developer).order_by("level__order", "pk")

    def drawn(branches):
        return [(branch.goal.title, drawn(branch.children)) for branch in branches]

    own, other = (goals[4].title, []), (sibling.title, [])
    focus = (goals[3].title, [own, other])
    assert drawn(queries.tree_of(visible)) == [(goals[0].title, [(goals[1].title, [(goals[2].title, [focus])])])]
    assert drawn(queries.tree_of(visible.exclude(pk=goals[2].pk))) == [
        (goals[0].title, [(goals[1].title, [])]),
        focus,
    ]


def test_goal_page_shows_the_chain_up_and_down(developer, home_care, goals):
    withdraw(goal(developer, home_care, title="Upphävt", parent=goals[3]), developer)

    page = queries.goal_page(developer, goals[2])

    assert (page.above, [branch.goal for branch in page.below]) == (goals[:2], [goals[3]])
    assert [branch.goal for branch in page.below[0].children] == [goals[4]]
    assert (page.may_change, page.may_break_down) == (True, True)
    assert page.obstacle_to_withdrawing == (
        f"Upphäv eller flytta först de mål som bidrar till det här målet: ”{goals[3].title}”."
    )


def test_goal_page_offers_a_reader_nothing(goals, home_care):
    reader = person("Nils Ledamot", committee_member=home_care.committee)

    page = queries.goal_page(reader, goals[4])

    assert (page.above, page.may_change, page.may_break_down, page.obstacle_to_withdrawing) == (
        goals[:4],
        False,
        False,
        None,
    )


def test_a_withdrawn_goal_is_neither_changed_nor_broken_down(developer, home_care):
    page = queries.goal_page(developer, withdraw(goal(developer, home_care), developer))

    assert (page.may_change, page.may_break_down, page.obstacle_to_withdrawing) == (
        False,
        False,
        "Målet är redan upphävt.",
    )
