from datetime import date
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from hjulet.actions import operations as actions
from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.collaboration.models import Notice
from hjulet.monitoring.self_monitoring import operations as controls
from hjulet.organisation.models import Decision
from hjulet.planning.models import PlanFile, PlanTextTemplate, QualityPlan
from hjulet.planning.quality_plan import operations, queries, rules
from hjulet.planning.quality_plan.gathering import material_of
from hjulet.planning.quality_plan.states import PlanState as S
from hjulet.planning.risks import operations as risks
from hjulet.planning.risks.models import Change
from hjulet.rulebook.models import QualityArea
from tests.factories import committee, person, unit
from tests.planning.quality_plan import walks
from tests.planning.walks import assess

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return walks.home()


def sentences(plan):
    return [broken.sentence for broken in rules.breaks_in(material_of(plan))]


def test_start_plan_takes_the_texts_of_the_template(home):
    board, developer = home

    plan = operations.start_plan(by=developer, committee=board, year=2026)

    assert [(text.key, text.body) for text in plan.texts.all()] == list(
        PlanTextTemplate.objects.values_list("key", "body")
    )
    event = Event.objects.get(verb="quality_plan.started")
    assert (plan.state, event.unit_id, event.after) == (S.DRAFT, board.pk, {"year": 2026, "texts_from": None})


def test_start_plan_takes_the_texts_of_last_years_adopted_plan(home):
    board, developer = home
    last_year = walks.ready(developer, board, 2025)
    operations.write_text(last_year.texts.get(key="purpose"), by=developer, revision=1, body="Så gjorde vi i fjol.")
    operations.propose_plan(last_year, by=developer)
    walks.adopt(last_year, walks.secretary(board))

    plan = operations.start_plan(by=developer, committee=board, year=2026)

    assert plan.texts.get(key="purpose").body == "Så gjorde vi i fjol."


def test_start_plan_once_a_year_and_for_a_committee_only(home):
    board, developer = home
    operations.start_plan(by=developer, committee=board, year=2026)

    with pytest.raises(Refused, match="Äldrenämnden har redan en kvalitetsplan för 2026."):
        operations.start_plan(by=developer, committee=board, year=2026)
    with pytest.raises(Refused, match="Hemtjänst Norr är ingen nämnd."):
        operations.start_plan(by=developer, committee=unit(board), year=2026)
    with pytest.raises(PermissionDenied):
        operations.start_plan(by=developer, committee=committee("Socialnämnden"), year=2026)


def test_everything_that_is_missing_is_told_at_once_with_where_it_is_mended(home):
    board, developer = home
    analysis = walks.analysis(developer, board)
    red, yellow, new = (walks.risk(developer, analysis, *scores) for scores in ((3, 3), (2, 2), (None, None)))
    walks.risk(developer, analysis, 1, 1)
    plan = operations.start_plan(by=developer, committee=board, year=2026)
    operations.write_text(plan.texts.get(key="purpose"), by=developer, revision=1, body="")

    found = rules.breaks_in(material_of(plan))

    assert [(broken.sentence, broken.url) for broken in found] == [
        ("1.1 Röd risk utan åtgärd med ansvarig och sista dag.", f"/risker/{red.pk}/planera-atgard/"),
        ("1.2 Gul risk utan fördjupad analys.", f"/risker/{yellow.pk}/fordjupa/"),
        ("1.3 Risken är inte bedömd.", f"/risker/{new.pk}/bedom/"),
        ("Texten ”Syfte” är tom.", f"/kvalitetsplan/{plan.pk}/text/purpose/"),
    ]
    with pytest.raises(Refused, match="4 saker måste rättas innan planen kan föreslås."):
        operations.propose_plan(plan, by=developer)


def test_red_is_answered_only_by_an_action_with_both_owner_and_day(home):
    board, developer = home
    risk = walks.risk(developer, walks.analysis(developer, board))
    plan = operations.start_plan(by=developer, committee=board, year=2026)
    lacking = ["1.1 Röd risk utan åtgärd med ansvarig och sista dag."]

    walks.answer(developer, risk, owner_role="")
    action = walks.answer(developer, risk, due_date=None)
    assert sentences(plan) == lacking

    actions.change_action(action, by=developer, revision=1, due_date=date(2026, 9, 1))
    assert sentences(plan) == []

    actions.cancel_action(action, by=developer, reason="Behövs inte.")
    assert sentences(plan) == lacking


def test_a_plan_without_risks_is_not_proposed(home):
    board, developer = home
    plan = operations.start_plan(by=developer, committee=board, year=2026)

    with pytest.raises(Refused, match="En sak måste rättas"):
        operations.propose_plan(plan, by=developer)

    assert sentences(plan) == ["Det finns inga risker för 2026. Gör riskanalysen först."]


def test_what_was_proposed_is_what_is_adopted(home):
    board, developer = home
    plan = walks.ready(developer, board)
    operations.propose_plan(plan, by=developer)
    risk = board_risk(board)
    risks.change_risk(risk, by=developer, revision=1, title="Något helt annat")
    proposed = queries.plan_content(plan).risks[0].title

    walks.adopt(plan, walks.secretary(board))

    assert (proposed, queries.plan_content(plan).risks[0].title) == ("Sena besök", "Sena besök")


def test_sent_back_the_plan_follows_its_rows_again(home):
    board, developer = home
    plan = walks.ready(developer, board)
    operations.propose_plan(plan, by=developer)
    risks.change_risk(board_risk(board), by=developer, revision=1, title="Något helt annat")

    operations.send_back_plan(plan, by=developer, reason="Nämnden vill veta mer.")

    assert (plan.frozen, queries.plan_content(plan).risks[0].title) == (None, "Något helt annat")


def test_adoption_is_the_committees_decision_and_is_kept_in_every_format(home):
    board, developer = home
    plan = walks.plan_at(S.PROPOSED, developer, None, board)
    secretary = walks.secretary(board)

    walks.adopt(plan, secretary)

    decision = Decision.objects.get()
    assert (decision.subject, decision.recorded_by, plan.decision) == (
        "Kvalitetsplan 2026, version 1",
        secretary,
        decision,
    )
    name = "kvalitetsplan-2026-aldrenamnden-version-1"
    kept = {file.format: (file.name, file.sha256) for file in plan.files.all()}
    assert kept == {
        kind: (f"{name}.{kind}", sha256(plan.files.get(format=kind).content).hexdigest())
        for kind in ("html", "docx", "pdf", "xlsx")
    }
    assert [event.verb for event in Event.objects.order_by("-number")[:2]] == [
        "quality_plan.adopt",
        "decision.recorded",
    ]


def test_what_was_adopted_stays_whatever_becomes_of_the_rows(home):
    board, developer = home
    risk = walks.risk(developer, walks.analysis(developer, board), goal=None)
    action = walks.answer(developer, risk, owner_role="", owner_person=developer)
    control = walks.control(developer, risk)
    plan = operations.start_plan(by=developer, committee=board, year=2026)
    operations.propose_plan(plan, by=developer)
    walks.adopt(plan, walks.secretary(board))
    kept = {kind: queries.plan_file(plan, kind).content for kind in ("html", "docx", "pdf", "xlsx")}
    shown, page = queries.plan_content(plan), queries.plan_page(developer, plan).document

    risks.change_risk(risk, by=developer, revision=1, title="Annan risk", deficiency="Annan brist")
    assess(risk, developer, 1, 1)
    actions.change_action(action, by=developer, revision=1, title="Annat", description="Annat", due_date=None)
    controls.change_control(control, by=developer, revision=1, title="Annat", method="Annat")
    risks.mark_change(risk, by=developer, change=Change.GONE, reason="Löst.")
    developer.name = "Annat Namn"
    developer.save()
    board.name = "Annan nämnd"
    board.save()
    QualityArea.objects.filter(pk=risk.quality_area_id).update(name="Annat område")

    plan = QualityPlan.objects.get(pk=plan.pk)
    assert {kind: queries.plan_file(plan, kind).content for kind in kept} == kept
    assert (queries.plan_content(plan), queries.plan_page(developer, plan).document) == (shown, page)


def test_the_kept_files_refuse_change(home):
    board, developer = home
    walks.plan_at(S.ADOPTED, developer, walks.secretary(board), board)

    with pytest.raises(DatabaseError), transaction.atomic():
        PlanFile.objects.update(content=b"")


def test_a_new_version_stands_beside_until_it_is_adopted(home):
    board, developer = home
    secretary = walks.secretary(board)
    first = walks.plan_at(S.ADOPTED, developer, secretary, board)
    before = queries.plan_file(first, "pdf").content

    second = operations.revise_plan(first, by=developer, reason="En risk till.")
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == (S.ADOPTED, S.DRAFT, 2)
    assert list(second.texts.values_list("key", "body")) == list(first.texts.values_list("key", "body"))
    with pytest.raises(Refused, match="Det finns redan ett utkast till en ny version."):
        operations.revise_plan(first, by=developer, reason="Igen.")

    operations.propose_plan(second, by=developer)
    walks.adopt(second, secretary, paragraph="§ 40")
    first.refresh_from_db()
    assert (first.state, second.state, queries.plan_file(first, "pdf").content) == (S.SUPERSEDED, S.ADOPTED, before)
    assert first.steps.last().reason == "Ersatt av version 2: En risk till."


@pytest.mark.parametrize("state", [S.DRAFT, S.PROPOSED, S.CLOSED])
def test_only_a_plan_that_holds_gets_a_new_version(home, state):
    board, developer = home
    plan = walks.plan_at(state, developer, walks.secretary(board), board)

    with pytest.raises(Refused, match="Bara en plan som är antagen"):
        operations.revise_plan(plan, by=developer, reason="Ny.")


def test_write_text_keeps_before_and_after_and_tells_of_a_conflict(home):
    board, developer = home
    plan = operations.start_plan(by=developer, committee=board, year=2026)
    text = plan.texts.get(key="purpose")

    operations.write_text(text, by=developer, revision=1, body="Bättre.")
    operations.write_text(text, by=developer, revision=2, body="Bättre.")

    event = Event.objects.get(verb="quality_plan.text_written")
    assert (event.before, event.after) == ({"title": "Syfte", "body": "Att bli bättre."}, {"body": "Bättre."})
    with pytest.raises(EditConflict):
        operations.write_text(text, by=developer, revision=1, body="Sämre.")


def test_an_area_that_is_new_since_the_plan_began_gets_its_text(home):
    board, developer = home
    plan = operations.start_plan(by=developer, committee=board, year=2026)
    new = QualityArea.objects.create(key="hallbart", name="Hållbarhet", explanation="Ny.", valid_from=date(2026, 1, 1))
    walks.answer(developer, walks.risk(developer, walks.analysis(developer, board), quality_area=new))
    assert sentences(plan) == ["Texten ”Hållbarhet” är tom."]

    operations.write_text(queries.text_of(plan, "hallbart"), by=developer, revision=1, body="Det som räcker länge.")

    assert (sentences(plan), plan.texts.get(key="hallbart").body) == ([], "Det som räcker länge.")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (S.PROPOSED, "Planen är föreslagen för nämnden. Ta tillbaka den till utkast för att ändra den."),
        (S.ADOPTED, "Planen är beslutad och ändras inte. Gör en ny version av den."),
    ],
)
def test_texts_rest_when_the_plan_has_been_proposed(home, state, sentence):
    board, developer = home
    plan = walks.plan_at(state, developer, walks.secretary(board), board)

    with pytest.raises(Refused) as refusal:
        operations.write_text(plan.texts.get(key="purpose"), by=developer, revision=1, body="Nytt.")

    assert refusal.value.sentence == sentence


def test_visible_to(home):
    board, developer = home
    home_care = unit(board)
    readers = {
        "member": person("Nils Ledamot", committee_member=board),
        "employee": person("Ali Strand", employee=home_care),
        "manager": person("Karin Chef", unit_manager=home_care),
        "auditor": person("Rune Revisor", auditor=board),
        "stranger": person("Ola Berg", quality_developer=committee("Socialnämnden")),
        "nobody": person("Ingen Alls"),
    }
    plan = walks.ready(developer, board)

    def see():
        return {name for name, reader in readers.items() if plan in queries.plans_visible_to(reader)}

    assert see() == {"manager", "auditor"}
    operations.propose_plan(plan, by=developer)
    assert see() == {"member", "employee", "manager", "auditor"}


def board_risk(board):
    return risks.Risk.objects.get(analysis__unit=board)


def test_whoever_enters_the_decisions_is_told_that_the_plan_is_proposed(home):
    board, developer = home
    walks.secretary(board)
    walks.secretary(board.parent, "Kim Kommun")
    walks.secretary(committee("Socialnämnden"), "Annan Nämnd")

    plan = walks.plan_at(S.PROPOSED, developer, None, board)

    told = [(notice.person.name, notice.kind, notice.target) for notice in Notice.objects.order_by("person__name")]
    assert told == [("Kim Kommun", "decision_awaited", plan), ("Siv Ek", "decision_awaited", plan)]
