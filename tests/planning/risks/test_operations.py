from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from hjulet.actions import operations as actions
from hjulet.actions.models import Action
from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.planning.models import Assessment, Risk
from hjulet.planning.risk_analyses import operations as analyses
from hjulet.planning.risks import operations, queries, rules
from hjulet.planning.risks.models import Change, Lack, Occasion
from tests.actions.walks import plan
from tests.factories import committee, group, person, unit
from tests.planning.goals.walks import goal
from tests.planning.walks import TODAY, analysis, assess, matrix_in_force, quality_area, risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(manager, home_care):
    return analysis(manager, home_care)


def answered(row, by, **given):
    """The risk with an action that has somebody responsible and a last day."""
    return operations.plan_action_for(
        row,
        by=by,
        **{
            "unit": row.analysis.unit,
            "title": "Lägg om schemat",
            "description": "Räkna med restider.",
            "owner_role": "unit_manager",
            "due_date": date(2026, 6, 1),
        }
        | given,
    )


def test_identify_is_audited_in_the_unit(manager, year, home_care):
    row = risk(manager, year, probability=None)

    event = Event.objects.get(verb="risk.identified")
    assert (event.target_id, event.unit_id, event.after) == (
        row.pk,
        home_care.pk,
        {"number": "1.1", "title": "Sena besök", "deficiency": "Schemat stämmer inte."},
    )


def test_risks_of_one_goal_and_area_share_the_first_number(manager, year):
    numbers = [risk(manager, year, quality_area=quality_area(key)).number for key in ("a", "b", "a", "c", "b", "a")]

    assert numbers == ["1.1", "2.1", "1.2", "3.1", "2.2", "1.3"]


def test_an_import_keeps_the_numbers_of_the_document(manager, year):
    given = risk(manager, year, number=(4, 2))

    assert (given.number, risk(manager, year).number, risk(manager, year, quality_area=quality_area("b")).number) == (
        "4.2",
        "4.3",
        "5.1",
    )


def test_a_number_is_used_once(manager, year):
    row = risk(manager, year, number=(1, 1))

    with pytest.raises(ValidationError):
        risk(manager, year, number=(1, 1))
    with pytest.raises(IntegrityError):
        Risk.objects.filter(pk=risk(manager, year).pk).update(area_number=1, ordinal=row.ordinal)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"deficiency": ""}, "deficiency"),
        ({"laws": ["SoL", "PBL"]}, "laws"),
        ({"laws": ["SoL", "SoL"]}, "laws"),
        ({"laws": "SoL"}, "laws"),
        ({"responsible_role": "king"}, "responsible_role"),
    ],
)
def test_identify_names_what_is_wrong(manager, year, given, field):
    with pytest.raises(ValidationError) as error:
        risk(manager, year, probability=None, **given)

    assert (list(error.value.message_dict), Risk.objects.count()) == ([field], 0)


def test_another_area_gives_a_new_number(manager, year):
    risk(manager, year, quality_area=quality_area("a"))
    row = risk(manager, year, quality_area=quality_area("b"))

    operations.change_risk(row, by=manager, revision=1, quality_area=quality_area("a"), title="Sena besök på natten")

    row.refresh_from_db()
    assert (row.number, row.title, row.revision) == ("1.2", "Sena besök på natten", 2)
    assert set(Event.objects.get(verb="risk.changed").after) == {"quality_area", "title", "area_number", "ordinal"}


def test_an_import_that_moves_a_risk_keeps_its_number(manager, year):
    row = risk(manager, year, quality_area=quality_area("a"))

    operations.change_risk(row, by=manager, revision=1, number=(7, 3), quality_area=quality_area("b"))

    row.refresh_from_db()
    assert row.number == "7.3"


def test_change_that_changes_nothing_leaves_no_trace(manager, year):
    row = risk(manager, year)

    operations.change_risk(row, by=manager, revision=1, title=row.title, quality_area=row.quality_area)

    assert (row.number, row.revision, Event.objects.filter(verb="risk.changed").count()) == ("1.1", 1, 0)


def test_change_of_an_older_revision_is_a_conflict(manager, year):
    row = risk(manager, year)
    operations.change_risk(row, by=manager, revision=1, title="Först")

    with pytest.raises(EditConflict) as conflict:
        operations.change_risk(row, by=manager, revision=1, title="Sedan")

    assert conflict.value.current.title == "Först"


def test_assess_takes_the_band_of_the_matrix_and_moves_the_risk(manager, year):
    row = risk(manager, year, 3, 4)
    assess(row, manager, 2, 3, reason="Färre sena besök.", participants="Gruppen")

    row.refresh_from_db()
    latest = queries.present_assessments(row).first()
    assert (row.score, row.earlier_score, row.band.tone, row.assessed_date) == (6, 12, "yellow", TODAY)
    assert (latest.level, latest.occasion, latest.assessor, latest.participants) == (
        "6 Medel",
        Occasion.FOLLOW_UP,
        manager,
        "Gruppen",
    )


def test_the_latest_day_decides_and_then_the_latest_entry(manager, year):
    row = risk(manager, year, 4, 4)
    assess(row, manager, 1, 1, assessed_date=date(2026, 3, 15))
    row.refresh_from_db()
    assert (row.score, row.earlier_score) == (16, 1)

    assess(row, manager, 2, 2)
    row.refresh_from_db()
    assert (row.score, row.earlier_score) == (4, 16)


def test_a_target_is_not_what_the_risk_is_now(manager, year):
    row = risk(manager, year, 4, 4)

    assess(row, manager, 1, 1, occasion=Occasion.TARGET)

    row.refresh_from_db()
    assert (row.score, row.earlier_score, row.assessments.count()) == (16, None, 2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"assessed_date": date(2026, 3, 17)}, "assessed_date"),
        ({"probability": 5}, "__all__"),
        ({"severity": 0}, "__all__"),
    ],
)
def test_assess_names_what_is_wrong(manager, year, given, field):
    row = risk(manager, year, probability=None)
    given = {"occasion": Occasion.INITIAL, "assessed_date": TODAY, "probability": 1, "severity": 1} | given

    with pytest.raises(ValidationError) as error:
        operations.assess_risk(row, by=manager, **given)

    said = error.value.message_dict if hasattr(error.value, "error_dict") else {"__all__": error.value.messages}
    assert (list(said), row.assessments.count()) == ([field], 0)


@pytest.mark.parametrize("occasion", [Occasion.FOLLOW_UP, Occasion.TARGET])
def test_the_first_assessment_comes_first(manager, year, occasion):
    row = risk(manager, year, probability=None)

    with pytest.raises(Refused, match="Gör den första bedömningen"):
        assess(row, manager, 1, 1, occasion=occasion)


def test_assessments_are_never_changed(manager, year):
    risk(manager, year)

    with pytest.raises(IntegrityError):
        Assessment.objects.update(probability=1)


def test_a_risk_keeps_the_matrix_of_its_analysis(manager, year):
    matrix_in_force(cells={(p, s): "red" for p in (1, 2, 3, 4) for s in (1, 2, 3, 4)})

    row = risk(manager, year, 1, 1)

    assert (row.band.tone, row.band.matrix) == ("green", year.matrix)


def test_deeper_analysis_keeps_what_others_wrote(manager, year):
    row = risk(manager, year, 2, 2)
    operations.analyse_deeper(row, by=manager, text=" Restider räknas inte. ", revision=1)
    assert (row.deeper_analysis, row.revision) == ("Restider räknas inte.", 2)

    with pytest.raises(EditConflict):
        operations.analyse_deeper(row, by=manager, text="Något annat", revision=1)
    operations.analyse_deeper(row, by=manager, text="Något annat")

    events = Event.objects.filter(verb="risk.analysed_deeper").order_by("number")
    assert [event.after["deeper_analysis"] for event in events] == [
        "Restider räknas inte.",
        "Något annat",
    ]


def test_deeper_analysis_is_not_blank(manager, year):
    with pytest.raises(ValidationError) as error:
        operations.analyse_deeper(risk(manager, year), by=manager, text=" ")

    assert list(error.value.message_dict) == ["text"]


def test_accept_a_green_risk_by_whom_and_until_when(manager, year):
    row = risk(manager, year, 1, 3)

    operations.accept_risk(row, by=manager, reason="Liten verksamhet.", until=date(2026, 12, 31))

    row.refresh_from_db()
    assert (row.accepted_reason, row.accepted_by, row.accepted_until) == (
        "Liten verksamhet.",
        manager,
        date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ((None, None), "Bedöm risken innan den accepteras."),
        ((2, 2), "Bara en grön risk kan accepteras. En gul risk ska analyseras djupare."),
        ((4, 4), "Bara en grön risk kan accepteras. En röd risk ska ha en åtgärd nu."),
    ],
)
def test_only_green_is_accepted(manager, year, scores, sentence):
    row = risk(manager, year, *scores)

    with pytest.raises(Refused) as refusal:
        operations.accept_risk(row, by=manager, reason="Det får gå.", until=TODAY)

    assert (refusal.value.sentence, row.accepted_until) == (sentence, None)


@pytest.mark.parametrize(("reason", "until", "field"), [(" ", TODAY, "reason"), ("Liten.", date(2026, 3, 15), "until")])
def test_acceptance_asks_for_reason_and_a_day_to_come(manager, year, reason, until, field):
    with pytest.raises(ValidationError) as error:
        operations.accept_risk(risk(manager, year, 1, 1), by=manager, reason=reason, until=until)

    assert list(error.value.message_dict) == [field]


def test_a_risk_is_accepted_again_when_the_time_is_over(manager, year, clock):
    row = risk(manager, year, 1, 1)
    operations.accept_risk(row, by=manager, reason="Liten.", until=TODAY)
    with pytest.raises(Refused, match="redan accepterad till och med 2026-03-16"):
        operations.accept_risk(row, by=manager, reason="Liten.", until=date(2026, 4, 1))

    clock.move_to(datetime(2026, 3, 17, 10, tzinfo=UTC))
    assert rules.lacks_of(row) == [Lack.ACCEPTANCE]
    operations.accept_risk(row, by=manager, reason="Fortfarande liten.", until=date(2026, 4, 1))

    assert (row.accepted_reason, rules.lacks_of(row)) == ("Fortfarande liten.", [])


def test_a_risk_that_is_no_longer_green_is_no_longer_accepted(manager, year):
    row = risk(manager, year, 1, 1)
    operations.accept_risk(row, by=manager, reason="Liten.", until=TODAY)

    assess(row, manager, 1, 2)
    assert row.accepted_until == TODAY
    assess(row, manager, 2, 2)

    row.refresh_from_db()
    assert (row.accepted_reason, row.accepted_by, row.accepted_until) == ("", None, None)


def test_acceptance_is_taken_back_with_a_reason(manager, year):
    row = risk(manager, year, 1, 1)
    with pytest.raises(Refused, match="Risken är inte accepterad"):
        operations.withdraw_acceptance(row, by=manager, reason="Den växer.")
    operations.accept_risk(row, by=manager, reason="Liten.", until=TODAY)
    with pytest.raises(Refused, match="Skriv en orsak"):
        operations.withdraw_acceptance(row, by=manager, reason=" ")

    operations.withdraw_acceptance(row, by=manager, reason="Den växer.")

    event = Event.objects.get(verb="risk.acceptance_withdrawn")
    assert (row.accepted_until, event.before["reason"], event.after) == (None, "Liten.", {"reason": "Den växer."})


def test_red_asks_for_an_action_with_owner_and_date(manager, year):
    row = risk(manager, year, 4, 4)
    broken = [rules.Break("Röd risk utan åtgärd med ansvarig och sista dag.", f"/risker/{row.pk}/planera-atgard/")]
    assert rules.breaks_of(row) == broken

    answered(row, manager, due_date=None)
    answered(row, manager, owner_role="")
    cancelled = answered(row, manager)
    actions.cancel_action(cancelled, by=manager, reason="Fel väg.")
    row = Risk.objects.get()
    assert rules.breaks_of(row) == broken

    answered(row, manager)
    row = Risk.objects.get()
    assert (rules.breaks_of(row), list(Risk.objects.lacking(Lack.ACTION))) == ([], [])


@pytest.mark.parametrize(
    ("scores", "lacks"),
    [((None, None), [Lack.ASSESSMENT]), ((1, 1), []), ((2, 2), [Lack.ANALYSIS]), ((4, 4), [Lack.ACTION])],
)
def test_the_list_finds_what_the_page_says_is_lacking(manager, year, scores, lacks):
    row = risk(manager, year, *scores)

    assert rules.lacks_of(row) == lacks
    assert [what for what in Lack if Risk.objects.lacking(what).exists()] == lacks
    assert queries.missing_in(Risk.objects.all()) == {what: int(what in lacks) for what in Lack}

    operations.mark_change(row, by=manager, change=Change.GONE, reason="Inte vårt längre.")

    assert (rules.lacks_of(row), queries.missing_in(Risk.objects.all())) == ([], dict.fromkeys(Lack, 0))


def test_what_a_red_or_yellow_risk_was_given_is_not_lacking(manager, year):
    red, yellow = risk(manager, year, 4, 4), risk(manager, year, 2, 2)
    answered(red, manager)
    operations.analyse_deeper(yellow, by=manager, text="Restider.")

    assert queries.missing_in(Risk.objects.all()) == dict.fromkeys(Lack, 0)


def test_one_action_answers_several_risks(manager, year, home_care):
    action = plan(manager, home_care)
    first, second = risk(manager, year), risk(manager, year)

    for row in (first, second, second):
        operations.answer_with_action(row, by=manager, action=action)

    assert (list(action.risks.order_by("pk")), Event.objects.filter(verb="risk.answered_with_action").count()) == (
        [first, second],
        2,
    )


def test_an_action_of_another_committee_does_not_answer(manager, year):
    elsewhere = unit(committee("Äldrenämnden"), "Särskilt boende")
    both = person("Bo Två", unit_manager=year.unit, quality_developer=elsewhere)
    action = plan(both, elsewhere)
    row = risk(manager, year)

    with pytest.raises(PermissionDenied):
        operations.answer_with_action(row, by=manager, action=action)
    with pytest.raises(Refused) as refusal:
        operations.answer_with_action(row, by=both, action=action)
    with pytest.raises(Refused):
        answered(row, both, unit=elsewhere)

    assert refusal.value.sentence == "Särskilt boende hör till en annan nämnd än risken."
    assert (row.actions.count(), Action.objects.count()) == (0, 1)


def test_an_action_is_removed_with_a_reason_and_lives_on(manager, year):
    row = risk(manager, year)
    action = answered(row, manager)
    with pytest.raises(Refused, match="Skriv en orsak"):
        operations.remove_action(row, by=manager, action=action, reason="")

    operations.remove_action(row, by=manager, action=action, reason="Hör till en annan risk.")

    assert (row.actions.count(), Action.objects.count()) == (0, 1)
    assert Event.objects.get(verb="risk.action_removed").after == {"reason": "Hör till en annan risk."}


def test_visible_to_unit_and_below_and_the_whole_committee(manager, year, home_care):
    own = risk(manager, year)
    sub = group(home_care)
    below = risk(manager, analysis(manager, sub))
    elsewhere = unit(committee("Äldrenämnden"), "Särskilt boende")
    outsider = person("Ola Berg", unit_manager=elsewhere)
    other = risk(outsider, analysis(outsider, elsewhere))

    seen = {
        "manager": set(queries.risks_visible_to(manager)),
        "member": set(queries.risks_visible_to(person("Nils", committee_member=home_care.committee))),
        "outsider": set(queries.risks_visible_to(outsider)),
        "employee": set(queries.risks_visible_to(person("Ali", employee=home_care))),
        "auditor": set(queries.risks_visible_to(person("Rita", auditor=sub))),
        "nobody": set(queries.risks_visible_to(person("Ingen"))),
    }

    assert seen == {
        "manager": {own, below},
        "member": {own, below},
        "outsider": {other},
        "employee": set(),
        "auditor": {below},
        "nobody": set(),
    }


def test_history_tells_how_the_level_moved(manager, year):
    row = risk(manager, year, 3, 4)
    assess(row, manager, 2, 3)
    assess(row, manager, 1, 1, occasion=Occasion.TARGET)
    assess(row, manager, 3, 2)
    assess(row, manager, 4, 4)

    page = queries.risk_page(manager, queries.risks_in_full(manager).get())

    assert [(judged.assessment.score, judged.movement) for judged in page.judged] == [
        (16, "↑ upp från 6 till 16"),
        (6, "→ kvar på 6"),
        (6, "↓ ned från 12 till 6"),
        (12, ""),
    ]
    assert page.target.score == 1


def test_a_goal_of_another_committee_is_refused(manager, year):
    elsewhere = committee("Äldrenämnden")
    goal_elsewhere = goal(person("Gun Mål", quality_developer=elsewhere), elsewhere)

    with pytest.raises(ValidationError) as error:
        risk(manager, year, goal=goal_elsewhere)
    assert error.value.message_dict == {
        "goal": [
            "Målet hör till Äldrenämnden, som inte ligger över Hemtjänst Norr. Välj ett mål i Hemtjänst Norr eller ovanför."
        ]
    }


def test_marking_asks_for_a_reason_when_changed_or_gone(manager, year):
    row = risk(manager, year)

    with pytest.raises(ValidationError) as error:
        operations.mark_change(row, by=manager, change=Change.GONE, reason=" ")

    assert error.value.messages == ["Skriv varför risken är ändrad eller borta."]


def test_a_risk_that_is_gone_is_left_alone_until_it_is_back(manager, year):
    row = risk(manager, year)
    operations.mark_change(row, by=manager, change=Change.GONE, reason="Inte vårt längre.")
    sentence = "Risken är markerad som borta. Ändra det först om den finns kvar."

    for work in (
        lambda: assess(row, manager, 1, 1),
        lambda: operations.analyse_deeper(row, by=manager, text="Varför?"),
        lambda: operations.accept_risk(row, by=manager, reason="Nå.", until=TODAY),
        lambda: answered(row, manager),
    ):
        with pytest.raises(Refused) as refusal:
            work()
        assert refusal.value.sentence == sentence

    operations.mark_change(row, by=manager, change=Change.NEW, reason="")
    assess(row, manager, 1, 1)
    assert row.score == 1


@pytest.mark.parametrize(
    ("carried", "change", "sentence"),
    [
        (False, Change.NEW, None),
        (False, Change.GONE, None),
        (False, Change.CHANGED, "Risken fanns inte i förra årets analys. Den är ny, eller borta."),
        (False, Change.UNCHANGED, "Risken fanns inte i förra årets analys. Den är ny, eller borta."),
        (True, Change.NEW, "Risken fanns i förra årets analys. Den är ändrad, oförändrad eller borta."),
        (True, Change.CHANGED, None),
        (True, Change.UNCHANGED, None),
        (True, Change.GONE, None),
    ],
)
def test_what_may_be_said_of_the_year_before(manager, year, carried, change, sentence):
    row = risk(manager, year)
    if carried:
        row = analyses.start_analysis_from(year, by=manager).risks.get()

    assert rules.obstacle_to_marking(row, change) == sentence
