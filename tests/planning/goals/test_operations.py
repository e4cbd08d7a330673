import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.planning.goals import operations, rules
from hjulet.planning.models import Goal
from tests.factories import committee, group, municipality, person, provider, unit
from tests.planning.goals.walks import goal, level, withdraw
from tests.workflows import holder

pytestmark = pytest.mark.django_db

# Whether the role may set, change and withdraw a goal of the home care unit.
MAY_SET = {
    "committee_member": False,
    "committee_secretary": False,
    "social_director": True,
    "quality_developer": True,
    "unit_manager": True,
    "group_manager": False,
    "employee": False,
    "lawyer": False,
    "staff_strategist": False,
    "web_editor": False,
    "medically_responsible": False,
    "lex_sarah_investigator": False,
    "provider_contact": False,
    "auditor": False,
    "system_administrator": False,
}


@pytest.fixture
def developer(home_care):
    """Sets goals everywhere, the municipality's own included."""
    return person("Disa Falk", quality_developer=municipality())


def refused_field(operation, **given):
    with pytest.raises(ValidationError) as error:
        operation(**given)
    return error.value.message_dict if hasattr(error.value, "error_dict") else error.value.messages


def test_set_goal_is_audited(home_care, developer):
    focus = goal(developer, home_care.committee, "Fokusområde", title="Trygg hemtjänst")
    own = goal(developer, home_care, parent=focus, last_year=2027)

    event = Event.objects.get(target_id=own.pk)
    assert (event.verb, event.actor_name, event.unit_id, event.after) == (
        "goal.set",
        "Disa Falk",
        home_care.pk,
        {
            "title": "Alla möter högst tolv personer under två veckor",
            "level": {"id": own.level.pk, "name": "Operativt mål"},
            "parent": {"id": focus.pk, "name": "Trygg hemtjänst"},
            "period": "2026–2027",
        },
    )


@pytest.mark.parametrize(("role", "may"), MAY_SET.items())
def test_role_and_act(home_care, developer, role, may):
    somebody = holder(role, home_care)
    standing = goal(developer, home_care)
    acts = {
        "set": lambda: goal(somebody, home_care, title="Nytt mål"),
        "change": lambda: operations.change_goal(standing, by=somebody, revision=1, title="Ändrat mål"),
        "withdraw": lambda: withdraw(standing, somebody),
    }

    for act in acts.values():
        if may:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()

    titles = {row.title: row.is_in_force for row in Goal.objects.all()}
    unchanged = {"Alla möter högst tolv personer under två veckor": True}
    assert titles == ({"Nytt mål": True, "Ändrat mål": False} if may else unchanged)


def test_whoever_owns_a_goal_does_not_change_it(home_care, developer):
    assistant = person("Ali Strand", employee=home_care)
    given = goal(developer, home_care, owner_person=assistant)

    assert rules.may_change(assistant, given) is False


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"title": ""}, {"title": ["Detta fält får inte vara tomt."]}),
        ({"first_year": 26}, {"first_year": ["Skriv ett år med fyra siffror, till exempel 2026."]}),
        ({"last_year": 20266}, {"last_year": ["Skriv ett år med fyra siffror, till exempel 2026."]}),
        ({"last_year": 2025}, {"__all__": ["Slutåret ska vara samma som startåret eller senare."]}),
        ({"owner_role": "king"}, {"owner_role": ["Värdet 'king' är inget giltigt alternativ."]}),
    ],
)
def test_set_goal_names_what_is_wrong(home_care, developer, given, wrong):
    assert refused_field(goal, by=developer, unit=home_care, **given) == wrong


@pytest.mark.parametrize(
    ("parent_level", "child_level", "sentence"),
    [
        ("Vision", "Övergripande mål", None),
        ("Vision", "Operativt mål", None),
        (
            "Fokusområde",
            "Fokusområde",
            "Ett mål på nivån fokusområde kan inte bidra till ett mål på nivån fokusområde. Välj ett högre mål.",
        ),
        (
            "Operativt mål",
            "Fokusområde",
            "Ett mål på nivån fokusområde kan inte bidra till ett mål på nivån operativt mål. Välj ett högre mål.",
        ),
    ],
)
def test_levels_lead_downwards(home_care, developer, parent_level, child_level, sentence):
    parent = goal(developer, home_care, parent_level)

    if sentence is None:
        assert goal(developer, home_care, child_level, parent=parent).parent == parent
    else:
        wrong = refused_field(goal, by=developer, unit=home_care, level_name=child_level, parent=parent)
        assert wrong == {"parent": [sentence]}


def test_parent_belongs_to_the_unit_or_above(home_care, developer):
    other = unit(committee("Äldrenämnden"), "Särskilt boende")
    places = {
        "same": home_care,
        "above": home_care.committee,
        "municipality": municipality(),
        "below": group(home_care),
        "other committee": other.committee,
        "other unit": other,
        "provider": provider(),
    }

    def sentence(place):
        parent = goal(developer, place, "Fokusområde")
        return rules.obstacle_to_parent(parent, unit=home_care, level=level(), first_year=2026, last_year=2026)

    said = {name: sentence(place) for name, place in places.items()}
    assert {name for name, text in said.items() if text is None} == {"same", "above", "municipality"}
    assert said["other committee"] == (
        "Målet hör till Äldrenämnden, som inte ligger över Hemtjänst Norr. Välj ett mål i Hemtjänst Norr eller ovanför."
    )


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [(2024, 2024, False), (2024, 2025, True), (2026, 2026, True), (2027, 2030, True), (2028, 2030, False)],
)
def test_periods_meet(home_care, developer, first, last, allowed):
    parent = goal(developer, home_care, "Fokusområde", title="Trygghet", first_year=2025, last_year=2027)

    obstacle = rules.obstacle_to_parent(parent, unit=home_care, level=level(), first_year=first, last_year=last)

    sentence = "”Trygghet” gäller 2025–2027. Välj ett mål som gäller under samma tid."
    assert obstacle == (None if allowed else sentence)


def test_a_withdrawn_goal_takes_no_children(home_care, developer):
    parent = withdraw(goal(developer, home_care, "Fokusområde", title="Trygghet"), developer)

    wrong = refused_field(goal, by=developer, unit=home_care, parent=parent)

    assert wrong == {"parent": ["”Trygghet” är upphävt. Välj ett mål som gäller."]}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "Annat"}, None),
        ({"last_year": 2030}, None),
        (
            {"level": "Operativt mål"},
            "Målet måste ligga högre än de mål som bidrar till det: ”Kontinuitet”.",
        ),
        (
            {"first_year": 2027, "last_year": 2028},
            "Målet måste gälla under samma tid som de mål som bidrar till det: ”Kontinuitet”.",
        ),
    ],
)
def test_change_keeps_those_below_in_place(home_care, developer, changes, sentence):
    parent = goal(developer, home_care, "Fokusområde", title="Trygghet", last_year=2028)
    goal(developer, home_care, title="Kontinuitet", parent=parent)
    if "level" in changes:
        changes = changes | {"level": level(changes["level"])}

    if sentence is None:
        operations.change_goal(parent, by=developer, revision=1, **changes)
        assert Goal.objects.get(pk=parent.pk).revision == 2
    else:
        wrong = refused_field(operations.change_goal, goal=parent, by=developer, revision=1, **changes)
        assert (wrong, Goal.objects.get(pk=parent.pk).revision) == ([sentence], 1)


def test_change_forgets_children_that_are_withdrawn(home_care, developer):
    parent = goal(developer, home_care, "Fokusområde")
    withdraw(goal(developer, home_care, parent=parent), developer)

    operations.change_goal(parent, by=developer, revision=1, first_year=2027, last_year=2027)

    assert parent.period == "2027"


def test_change_keeps_before_and_after(home_care, developer):
    parent = goal(developer, home_care, "Fokusområde", title="Trygghet")
    own = goal(developer, home_care)

    operations.change_goal(own, by=developer, revision=1, parent=parent, title=own.title)

    event = Event.objects.get(verb="goal.changed")
    assert (event.before, event.after) == ({"parent": None}, {"parent": {"id": parent.pk, "name": "Trygghet"}})


def test_change_that_changes_nothing_leaves_no_trace(home_care, developer):
    own = goal(developer, home_care)

    operations.change_goal(own, by=developer, revision=1, title=own.title)

    assert (own.revision, Event.objects.filter(verb="goal.changed").count()) == (1, 0)


def test_change_of_an_older_revision_is_a_conflict(home_care, developer):
    own = goal(developer, home_care)
    operations.change_goal(own, by=developer, revision=1, title="Först")

    with pytest.raises(EditConflict) as conflict:
        operations.change_goal(own, by=developer, revision=1, title="Sedan")

    assert conflict.value.current.title == "Först"


def test_withdraw_says_who_when_and_why(home_care, developer):
    own = withdraw(goal(developer, home_care), developer)

    own.refresh_from_db()
    event = Event.objects.get(verb="goal.withdrawn")
    assert (own.withdrawn_by, own.withdrawn_at.isoformat(), own.withdrawn_reason, event.after) == (
        developer,
        "2026-03-16T09:00:00+00:00",
        "Ersatt av ett annat mål.",
        {"reason": "Ersatt av ett annat mål."},
    )


def test_withdraw_asks_for_a_reason(home_care, developer):
    own = goal(developer, home_care)

    wrong = refused_field(operations.withdraw_goal, goal=own, by=developer, reason=" ")

    assert (wrong, Goal.objects.get().is_in_force) == ({"reason": ["Skriv varför målet upphävs."]}, True)


def test_a_goal_that_others_contribute_to_is_not_withdrawn(home_care, developer):
    parent = goal(developer, home_care, "Fokusområde")
    children = [goal(developer, home_care, title=f"Mål {number}", parent=parent) for number in range(4)]

    with pytest.raises(Refused) as refusal:
        withdraw(parent, developer)
    assert refusal.value.sentence == (
        "Upphäv eller flytta först de mål som bidrar till det här målet: ”Mål 0”, ”Mål 1”, ”Mål 2” och fler."
    )

    for child in children:
        withdraw(child, developer)
    withdraw(parent, developer)
    assert parent.is_in_force is False


def test_a_withdrawn_goal_is_neither_changed_nor_withdrawn_again(home_care, developer):
    own = withdraw(goal(developer, home_care), developer)

    with pytest.raises(Refused, match="Målet är upphävt och kan inte längre ändras"):
        operations.change_goal(own, by=developer, revision=1, title="Nytt")
    with pytest.raises(Refused, match="Målet är redan upphävt"):
        withdraw(own, developer)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("goal_years_in_order", {"first_year": 2027}),
        ("goal_withdrawn_by_someone_for_a_reason", {"withdrawn_reason": "Ersatt."}),
        ("goal_withdrawn_by_someone_for_a_reason", {"withdrawn_at": "2026-03-16T09:00:00Z"}),
        ("planning_goal_one_owner", {"owner_role": "unit_manager", "owner_person": 1}),
    ],
)
def test_the_database_refuses_nonsense(home_care, developer, name, fields):
    own = goal(developer, home_care)
    if "owner_person" in fields:
        fields = fields | {"owner_person": developer}

    with pytest.raises(IntegrityError, match=name):
        Goal.objects.filter(pk=own.pk).update(**fields)
