from datetime import date

import pytest

from hjulet.actions.operations import complete_action
from hjulet.monitoring.self_monitoring import operations, queries
from hjulet.monitoring.self_monitoring.models import Phase
from hjulet.monitoring.self_monitoring.states import OccurrenceState as S
from tests.factories import assign, committee, group, person, unit
from tests.monitoring.self_monitoring.walks import TODAY, first, occurrence_at, plan, record

pytestmark = pytest.mark.django_db


def test_visible_to_unit_and_below_the_whole_committee_and_the_one_responsible(home_care, manager):
    below = plan(manager, group(home_care))
    here = plan(manager, home_care)
    outsider = person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"), "Särskilt boende"))
    assistant = person("Ali Strand", employee=group(home_care, "Grupp 2"))
    given = plan(manager, home_care, owner_person=assistant)
    people = {"manager": manager, "outsider": outsider, "assistant": assistant, "nobody": person("Ingen Alls")}

    controls = {name: set(queries.controls_visible_to(who)) for name, who in people.items()}
    occurrences = {name: {row.control for row in queries.occurrences_visible_to(who)} for name, who in people.items()}

    assert controls == {"manager": {below, here, given}, "outsider": set(), "assistant": {given}, "nobody": set()}
    assert occurrences == controls


def test_whoever_sees_a_whole_committee_also_sees_what_is_the_persons_own_elsewhere(home_care, manager):
    elsewhere = committee("Äldrenämnden")
    developer = person("Kim Berg", quality_developer=elsewhere)
    assign(developer, "employee", group(home_care))
    there = plan(person("Ola Berg", unit_manager=elsewhere), unit(elsewhere, "Särskilt boende"))
    in_person = plan(manager, home_care, owner_person=developer)
    in_the_role = plan(manager, home_care, owner_role="employee")
    plan(manager, home_care)

    seen = {row.control for row in queries.occurrences_visible_to(developer)}

    assert seen == {there, in_person, in_the_role}
    assert seen == set(queries.controls_visible_to(developer))


def test_occurrences_awaiting_are_those_whose_time_has_come(home_care, manager):
    mine = plan(manager, home_care, owner_person=manager)
    plan(manager, home_care)
    record(first(mine), manager)
    operations.set_aside(mine.occurrences.get(period_start="2026-02-01"), by=manager, reason="Inga ärenden.")
    yearly = plan(manager, home_care, months=12, owner_role="unit_manager")

    awaiting = list(queries.occurrences_awaiting(manager))

    assert awaiting == [mine.occurrences.get(period_start="2026-03-01"), yearly.occurrences.get()]
    assert list(queries.occurrences_awaiting(manager, day=date(2025, 12, 31))) == []


def test_overdue_from_the_day_after(home_care, manager):
    control = plan(manager, home_care)
    record(first(control), manager)
    february = control.occurrences.get(period_start="2026-02-01")

    assert list(control.occurrences.overdue(date(2026, 2, 28))) == []
    assert list(control.occurrences.overdue(date(2026, 3, 1))) == [february]
    assert [row.is_overdue for row in control.occurrences.order_by("period_start")][:3] == [False, True, False]


@pytest.mark.parametrize(
    ("starts", "ends", "phase"),
    [
        ("2026-03-17", "2026-12-31", Phase.COMING),
        ("2026-03-16", "2026-03-16", Phase.RUNNING),
        ("2026-01-01", "2026-03-15", Phase.ENDED),
    ],
)
def test_phase_of_a_control_is_the_same_in_the_list(home_care, manager, starts, ends, phase):
    control = plan(manager, home_care, starts_date=date.fromisoformat(starts), ends_date=date.fromisoformat(ends))
    found = [other for other in Phase if queries.controls_visible_to(manager).in_phase(other, TODAY).exists()]

    assert (control.phase, found) == (phase, [phase])


def test_listed_controls_know_what_comes_and_what_came(home_care, manager):
    control = plan(manager, home_care)
    january, february = (control.occurrences.get(period_start=day) for day in ("2026-01-01", "2026-02-01"))
    record(february, manager)
    record(january, manager)

    listed = queries.controls_listed_for(manager).get()

    assert (listed.next_due_date, listed.latest) == (date(2026, 3, 31), [february])


def test_control_page_sets_results_beside_the_actions_they_led_to(home_care, manager, clock):
    control = plan(manager, home_care)
    january = occurrence_at(S.DONE, manager, home_care)
    january.control = control
    earlier, later, never = control.occurrences.order_by("period_start")[:3]
    record(earlier, manager, done_date=date(2026, 2, 1))
    action = operations.plan_action_from(earlier, by=manager, title="Möte", description="Ett möte.")
    open_still = operations.plan_action_from(earlier, by=manager, title="Schema", description="Nytt schema.")
    complete_action(action, by=manager, result="Klart.", completed_date=date(2026, 2, 10))
    record(later, manager, fulfilled_count=48)

    page = queries.control_page(manager, control)

    assert [(row.occurrence, row.is_waiting, row.outcome and row.outcome.figure) for row in page.rows[:3]] == [
        (earlier, False, "90 %"),
        (later, False, "96 %"),
        (never, True, None),
    ]
    followed = [(row.action, row.before.occurrence, row.after.occurrence, row.is_enough) for row in page.followed]
    assert followed == [(action, earlier, later, False)]
    assert open_still not in [row.action for row in page.followed]
    assert page.development[-1] == "Det är för få mätningar för att säga något om en utveckling."


def test_an_action_with_twelve_results_on_both_sides_may_be_spoken_of(home_care, manager, clock):
    control = plan(manager, home_care, starts_date=date(2025, 1, 1))
    clock.move_to("2027-01-10 10:00+01:00")
    for occurrence in control.occurrences.order_by("period_start"):
        record(occurrence, manager, done_date=occurrence.period_end)
    action = operations.plan_action_from(first(control), by=manager, title="Möte", description="Ett möte.")
    complete_action(action, by=manager, result="Klart.", completed_date=date(2025, 12, 31))

    assert [row.is_enough for row in queries.control_page(manager, control).followed] == [True]


def test_an_action_without_results_around_it_says_so(home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)
    action = operations.plan_action_from(occurrence, by=manager, title="Möte", description="Ett möte.")
    complete_action(action, by=manager, result="Klart.", completed_date=date(2026, 3, 15))

    (followed,) = queries.control_page(manager, occurrence.control).followed

    assert (followed.before, followed.after.occurrence) == (None, occurrence)


def test_small_counts_are_for_those_who_may_see_the_cases(home_care, manager):
    occurrence = record(first(plan(manager, home_care)), manager, checked_count=4, fulfilled_count=1)
    reader = person("Nils Ledamot", committee_member=home_care.committee)

    told = {who: queries.occurrence_page(who, occurrence).told["Antal granskade"] for who in (manager, reader)}

    assert told == {manager: "4", reader: "visas inte, färre än 5"}


def test_a_control_and_its_occurrence_are_called_what_people_call_them(home_care, manager):
    control = plan(manager, home_care)

    assert (str(control), str(first(control))) == (
        "Genomförandeplaner är aktuella",
        "Genomförandeplaner är aktuella, januari 2026",
    )
