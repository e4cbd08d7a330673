from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.planning.competence import operations, rules
from hjulet.planning.competence.queries import map_of, need_page, needs_visible_to
from hjulet.planning.models import CompetenceCount, CompetenceNeed
from tests.factories import municipality, person
from tests.planning import walks as planning
from tests.planning.competence.walks import TODAY, competence, count, need
from tests.workflows import holder

pytestmark = pytest.mark.django_db

# Whether the role may change the map of the home care unit.
MAY = {
    "committee_member": False,
    "committee_secretary": False,
    "social_director": True,
    "quality_developer": True,
    "unit_manager": True,
    "group_manager": False,
    "employee": False,
    "lawyer": False,
    "staff_strategist": True,
    "web_editor": False,
    "medically_responsible": False,
    "lex_sarah_investigator": False,
    "provider_contact": False,
    "auditor": False,
    "log_reviewer": False,
    "system_administrator": False,
}


@pytest.fixture
def member(home_care):
    return person("Lena Ledamot", committee_member=home_care.committee)


def events(verb):
    return Event.objects.filter(verb=verb)


def seen_by(reader):
    """What each need shows the reader: whether it does, how many have it, how many work there, how many lack."""
    rows = needs_visible_to(reader).order_by("pk")
    return [(row.is_shown, row.shown_have, row.shown_headcount, row.shown_gap) for row in rows]


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_right(home_care, role, may):
    somebody = holder(role, home_care)
    row = need(person(unit_manager=home_care), home_care)

    assert rules.may_change(somebody, row) is may
    if not may:
        for act in (count, lambda row, by: operations.end_need(row, by=by, reason="Slut.")):
            with pytest.raises(PermissionDenied):
                act(row, somebody)
        with pytest.raises(PermissionDenied):
            operations.change_need(row, by=somebody, revision=1, plan="Kurs")


def test_mapped_with_its_first_count(home_care, manager):
    row = need(manager, home_care, plan="Kurs i maj.", plan_due_date=date(2026, 5, 31))

    assert (row.needed, row.have, row.headcount, row.counted_date) == (8, 5, 12, TODAY)
    assert [(c.needed, c.have, c.headcount, c.by) for c in row.counts.all()] == [(8, 5, 12, manager)]
    assert events("need.mapped").get().after == {"needed": 8, "plan": "Kurs i maj."}
    assert events("need.counted").get().after == {"needed": 8, "counted_date": "2026-03-16"}


def test_what_nobody_has_counted_is_not_zero(home_care, manager):
    row = need(manager, home_care, have=None, headcount=None)

    assert (row.have, row.counts.count()) == (None, 0)
    assert seen_by(manager) == [(False, None, None, None)]


def test_half_a_count_is_no_count(home_care, manager):
    with pytest.raises(ValidationError, match="Ange både"):
        need(manager, home_care, headcount=None)
    with pytest.raises(ValidationError, match="Ange både"):
        need(manager, home_care, have=None)
    assert CompetenceNeed.objects.count() == 0


def test_more_cannot_have_it_than_work_there(home_care, manager):
    with pytest.raises(ValidationError, match="Fler kan inte ha kompetensen"):
        need(manager, home_care, have=13)


def test_the_same_is_mapped_once(home_care, manager):
    row = need(manager, home_care)
    with pytest.raises(Refused, match="finns redan i enhetens karta"):
        need(manager, home_care, role_title="undersköterska ")
    operations.end_need(row, by=manager, reason="Uppdraget är borta.")

    assert need(manager, home_care).pk != row.pk


def test_nothing_is_counted_ahead(home_care, manager):
    with pytest.raises(ValidationError, match="en dag som inte har varit"):
        count(need(manager, home_care), manager, counted_date=date(2026, 3, 17))


def test_the_count_of_the_latest_day_is_what_the_map_shows(home_care, manager):
    row = need(manager, home_care)
    count(row, manager, have=3, counted_date=date(2025, 3, 1))
    assert (row.have, row.counted_date) == (5, TODAY)
    count(row, manager, have=8, needed=9, headcount=13)

    row.refresh_from_db()
    assert (row.needed, row.have, row.headcount) == (9, 8, 13)
    assert [(c.counted_date, c.have) for c in need_page(manager, row).counts] == [
        (TODAY, 8),
        (TODAY, 5),
        (date(2025, 3, 1), 3),
    ]


def test_the_plan_is_changed(home_care, manager):
    row = need(manager, home_care)

    operations.change_need(row, by=manager, revision=1, plan="Kurs")

    assert (row.plan, row.revision, events("need.changed").get().after) == ("Kurs", 2, {"plan": "Kurs"})
    with pytest.raises(EditConflict):
        operations.change_need(row, by=manager, revision=1, plan="Bok")
    with pytest.raises(ValidationError, match="Skriv planen"):
        operations.change_need(row, by=manager, revision=2, plan="", plan_due_date=TODAY)


def test_what_is_no_longer_needed_stands_still(home_care, manager):
    row = need(manager, home_care)
    with pytest.raises(Refused, match="Skriv en orsak"):
        operations.end_need(row, by=manager, reason=" ")

    operations.end_need(row, by=manager, reason="Uppdraget är borta.")

    assert (row.ended_date, row.ended_on, events("need.ended").get().after["reason"]) == (
        TODAY,
        TODAY,
        "Uppdraget är borta.",
    )
    for act in (
        lambda: count(row, manager),
        lambda: operations.change_need(row, by=manager, revision=2, plan="Kurs"),
        lambda: operations.end_need(row, by=manager, reason="Igen."),
        lambda: operations.plan_action_from(row, by=manager, title="Kurs", description="Håll den."),
    ):
        with pytest.raises(Refused, match="Behovet finns inte längre"):
            act()


def test_a_gap_becomes_an_action_and_a_risk(home_care, manager):
    analysis = planning.analysis(manager, home_care)
    row = need(manager, home_care)

    action = operations.plan_action_from(row, by=manager, title="Kurs", description="Håll den.")
    risk = operations.identify_risk_from(
        row,
        by=manager,
        analysis=analysis,
        title="Fel bemötande",
        deficiency="För få kan.",
        quality_area=planning.quality_area(),
    )

    assert (row.actions.get(), row.risks.get(), action.unit) == (action, risk, home_care)


@pytest.mark.parametrize(
    ("figures", "seen"),
    [
        ({"have": 1, "headcount": 4, "needed": 3}, (False, None, None, None)),
        ({"have": 0, "headcount": 4, "needed": 3}, (False, None, None, None)),
        ({"have": 0, "headcount": 0, "needed": 3}, (False, None, None, None)),
        ({"have": 1, "headcount": 5, "needed": 3}, (True, 1, 5, 2)),
        ({"have": 5, "headcount": 12, "needed": 5}, (True, 5, 12, 0)),
        ({"have": 6, "headcount": 12, "needed": 5}, (True, 6, 12, 0)),
    ],
)
def test_a_small_group_is_seen_by_whoever_runs_the_unit_alone(home_care, manager, member, figures, seen):
    need(manager, home_care, **figures)
    lacking = max(figures["needed"] - figures["have"], 0)

    assert seen_by(member) == [seen]
    assert seen_by(manager) == [(True, figures["have"], figures["headcount"], lacking)]
    assert seen_by(person("Sara Strateg", staff_strategist=home_care.committee)) == seen_by(manager)


def test_an_earlier_count_is_hidden_when_the_group_was_small_then(home_care, manager, member):
    row = need(manager, home_care)
    count(row, manager, have=2, headcount=4, counted_date=date(2025, 3, 1), note="Två slutade.")

    def shown(reader):
        return [(c.have, c.headcount, c.note) for c in need_page(reader, needs_visible_to(reader).get()).counts]

    assert shown(manager) == [(5, 12, ""), (2, 4, "Två slutade.")]
    assert shown(member) == [(5, 12, ""), (None, None, "")]


def test_the_map_has_roles_down_and_competences_across(home_care, manager):
    dementia, movement = competence(order=2), competence("Förflyttning", order=1)
    first = need(manager, home_care, competence=dementia)
    second = need(manager, home_care, competence=movement)
    third = need(manager, home_care, competence=movement, role_title="Vårdbiträde")
    gone = need(manager, home_care, role_title="Kock")
    operations.end_need(gone, by=manager, reason="Köket är stängt.")

    drawn = map_of(needs_visible_to(manager))

    assert (drawn.competences, drawn.is_cut) == ([movement, dementia], False)
    assert [(row.role_title, row.cells) for row in drawn.rows] == [
        ("Undersköterska", [[second], [first]]),
        ("Vårdbiträde", [[third], []]),
    ]


def test_the_database_refuses_nonsense(home_care, manager):
    row = need(manager, home_care)

    for broken in ({"have": 13}, {"have": None}, {"counted_date": None}, {"ended_date": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CompetenceNeed.objects.filter(pk=row.pk).update(**broken)
    with pytest.raises(DatabaseError), transaction.atomic():
        CompetenceCount.objects.update(have=1)


def test_an_auditor_of_the_municipality_sees_it_gated(home_care, manager):
    need(manager, home_care, have=1, headcount=2, needed=2)

    assert seen_by(person("Rita Revisor", auditor=municipality())) == [(False, None, None, None)]
