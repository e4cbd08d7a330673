from datetime import date
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from hjulet.actions import operations as actions
from hjulet.base.frozen import freeze, thaw
from hjulet.base.operations import EditConflict, Refused
from hjulet.collaboration.models import Notice
from hjulet.organisation.models import Decision
from hjulet.planning.models import Risk
from hjulet.planning.risks.models import Change
from hjulet.reporting.follow_up import operations, queries
from hjulet.reporting.follow_up.content import BY_KEY, FIGURES, Content
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.states import FollowUpState as S
from tests.factories import person, unit
from tests.monitoring.self_monitoring.walks import first, record
from tests.planning import walks as planning
from tests.planning.quality_plan import walks as plans
from tests.reporting.walks import TODAY, follow_up_at, report, write_everything, year_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return year_begun()


def counts(follow_up):
    content = queries.content_of(follow_up)
    return {figure.key: len(figure.rows_in(content)) for figure in FIGURES}


def test_the_first_follow_up_tells_the_plan(year):
    follow_up = follow_up_at(S.DRAFT, year)

    year.plan.refresh_from_db()
    assert (year.plan.state, follow_up.from_date, follow_up.to_date) == (
        "followed_up",
        date(2026, 1, 1),
        date(2026, 4, 30),
    )


def test_a_risk_of_a_unit_is_called_what_the_plan_calls_it(year):
    group = unit(year.committee, "Ekbacken")
    manager = person("Mia Chef", unit_manager=group)
    planning.risk(manager, planning.analysis(manager, group, 2026), 3, 4, quality_area=year.risk.quality_area)

    follow_up = follow_up_at(S.DRAFT, year)

    assert [risk.number for risk in queries.content_of(follow_up).risks] == ["1.1", "Ekbacken 1.1"]


def test_a_period_is_followed_up_once(year):
    follow_up_at(S.DRAFT, year)

    with pytest.raises(ValidationError) as error:
        operations.start_follow_up_of(year.plan, by=year.developer, period=Period.FIRST_TERTIAL)
    assert error.value.messages == ["Perioden följs redan upp."]


@pytest.mark.parametrize("state", ["draft", "proposed", "closed"])
def test_only_an_adopted_plan_is_followed_up(state):
    unit, developer = plans.home()
    plan = plans.plan_at(state, developer, plans.secretary(unit), unit)

    with pytest.raises(Refused, match="Bara en antagen plan"):
        operations.start_follow_up_of(plan, by=developer, period=Period.FIRST_TERTIAL)


def test_what_is_lacking_is_said_before_the_committee_has_it(year):
    follow_up = follow_up_at(S.DRAFT, year, Period.YEAR)

    with pytest.raises(Refused) as refusal:
        operations.propose_follow_up(follow_up, by=year.developer)

    assert refusal.value.sentence == (
        "Skriv sammanfattningen. Skriv text om: Trygghet och säkerhet. Bedöm på nytt: risk 1.1. "
        "Skriv minst en lärdom av året."
    )


def test_an_assessment_from_before_the_last_tertial_does_not_judge_the_year(year, clock):
    follow_up = follow_up_at(S.DRAFT, year, Period.YEAR)
    write_everything(follow_up, year.developer)
    planning.assess(year.risk, year.developer, 2, 3)
    assert queries.lacking_in(follow_up, queries.content_of(follow_up)) == ["Bedöm på nytt: risk 1.1."]

    clock.move_to("2026-12-01 10:00+01:00")
    planning.assess(year.risk, year.developer, 2, 2, assessed_date=date(2026, 12, 1))
    assert queries.lacking_in(follow_up, queries.content_of(follow_up)) == []


def test_every_figure_counts_its_rows(year, clock):
    control = year.risk.controls.get()
    record(first(control), year.developer)
    action = year.risk.actions.get()
    actions.complete_action(action, by=year.developer, result="Klart.", completed_date=TODAY)
    actions.check_effect(action, by=year.developer, effect="partly", evidence="Färre sena.", checked_date=TODAY)
    planning.assess(year.risk, year.developer, 2, 2)
    clock.move_to("2026-05-04 10:00+02:00")
    follow_up = follow_up_at(S.DRAFT, year)

    assert counts(follow_up) == {
        "risker": 1,
        "roda-risker": 0,
        "sankta-risker": 1,
        "hojda-risker": 0,
        "obedomda-risker": 0,
        "atgarder": 1,
        "genomforda-atgarder": 1,
        "forsenade-atgarder": 0,
        "hindrade-atgarder": 0,
        "atgarder-med-effekt": 1,
        "egenkontroller": 4,
        "gjorda-egenkontroller": 1,
        "forsenade-egenkontroller": 3,
    }


def test_a_risk_that_rose_and_an_action_that_is_late(year, clock):
    clock.move_to("2027-01-04 10:00+01:00")
    planning.assess(year.risk, year.developer, 4, 4, assessed_date=date(2027, 1, 4))
    action = year.risk.actions.get()
    actions.hinder_action(action, by=year.developer, reason="Ingen vikarie.")
    follow_up = follow_up_at(S.DRAFT, year, Period.YEAR)

    figures = counts(follow_up)

    assert {
        key: figures[key] for key in ("hojda-risker", "roda-risker", "hindrade-atgarder", "forsenade-atgarder")
    } == {
        "hojda-risker": 1,
        "roda-risker": 1,
        "hindrade-atgarder": 1,
        "forsenade-atgarder": 0,
    }


def test_a_risk_that_was_only_green_is_not_followed_up(year):
    planning.risk(year.developer, year.risk.analysis, 1, 1, quality_area=plans.area(), title="Liten risk")

    assert [risk.title for risk in queries.risks_followed(year.plan)] == ["Sena besök"]


def test_the_committee_gets_what_it_was_sent(year):
    follow_up = follow_up_at(S.PROPOSED, year)
    sent = queries.content_of(follow_up)

    planning.assess(year.risk, year.developer, 4, 4)
    Risk.objects.update(title="Något annat")
    report(follow_up, year.secretary)
    follow_up.refresh_from_db()

    assert queries.content_of(follow_up) == sent
    decision = Decision.objects.get(follow_up=follow_up)
    assert (decision.paragraph, decision.meeting_date, decision.recorded_by) == ("§ 20", TODAY, year.secretary)


def test_what_is_taken_back_is_live_again(year):
    follow_up = follow_up_at(S.PROPOSED, year)
    Risk.objects.update(title="Något annat")

    operations.send_back_follow_up(follow_up, by=year.developer, reason="En risk har fel namn.")

    assert [risk.title for risk in queries.content_of(follow_up).risks] == ["Något annat"]


def test_reported_files_hold_the_content(year):
    follow_up = follow_up_at(S.REPORTED, year)
    files = {file.format: bytes(file.content) for file in follow_up.files.all()}

    assert set(files) == {"html", "docx", "pdf", "xlsx"}
    pdf = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(files["pdf"])).pages)
    word = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(files["docx"])).paragraphs)
    sheets = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    assert ("Det går framåt." in pdf, "Det går framåt." in word, "Det går framåt." in files["html"].decode()) == (
        True,
        True,
        True,
    )
    assert [[cell.value for cell in row] for row in sheets["Risker"].iter_rows(min_row=2)] == [
        ["1.1", "Sena besök", "Schemat stämmer inte.", "9 Hög (2026-03-16)", "6 Medel (2026-03-16)"]
    ]


def test_the_database_keeps_a_reported_file_as_it_is(year):
    follow_up = follow_up_at(S.REPORTED, year)

    for sql in ("UPDATE reporting_followupfile SET name = 'x'", "DELETE FROM reporting_followupfile"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert follow_up.files.count() == 4


def test_frozen_content_can_be_read_again(year):
    content = queries.content_of(follow_up_at(S.DRAFT, year))

    assert thaw(Content, freeze(content)) == content


@pytest.mark.parametrize("state", [S.PROPOSED, S.REPORTED])
def test_nothing_is_written_after_the_draft(year, state):
    follow_up = follow_up_at(state, year)
    text = follow_up.texts.first()

    with pytest.raises(Refused, match="lämnad till nämnden"):
        operations.write_text(text, by=year.developer, revision=text.revision, body="Nytt.")
    with pytest.raises(Refused, match="lämnad till nämnden"):
        operations.add_lesson(follow_up, by=year.developer, quality_area=plans.area(), text="Nytt.")


def test_two_who_write_the_same_text(year):
    text = follow_up_at(S.DRAFT, year).texts.first()
    operations.write_text(text, by=year.developer, revision=1, body="Först.")

    with pytest.raises(EditConflict):
        operations.write_text(text, by=year.developer, revision=1, body="Sedan.")


def test_a_lesson_can_be_changed(year):
    lesson = operations.add_lesson(
        follow_up_at(S.DRAFT, year), by=year.developer, quality_area=plans.area(), text="Vi ser."
    )

    operations.change_lesson(lesson, by=year.developer, revision=1, text="Vi ser klart.", becomes_risk=True)

    assert (lesson.text, lesson.becomes_risk, lesson.revision) == ("Vi ser klart.", True, 2)


@pytest.fixture
def reported_year(year, clock):
    clock.move_to("2026-12-15 10:00+01:00")
    follow_up = operations.start_follow_up_of(year.plan, by=year.developer, period=Period.YEAR)
    write_everything(follow_up, year.developer)
    planning.assess(year.risk, year.developer, 2, 3, assessed_date=date(2026, 12, 15))
    operations.propose_follow_up(follow_up, by=year.developer)
    return report(follow_up, year.secretary, meeting_date=date(2026, 12, 15))


def test_next_year_starts_from_what_this_year_taught(year, reported_year):
    [analysis] = operations.start_next_year(reported_year, by=year.developer)

    risks = [(risk.title, risk.change, risk.score) for risk in analysis.risks.order_by("pk")]
    assert (analysis.year, risks) == (
        2027,
        [("Sena besök", Change.UNCHANGED, 6), ("Schemat håller inte på helger.", Change.NEW, None)],
    )
    assert reported_year.lessons.get().risk == analysis.risks.order_by("pk").last()


def test_next_year_is_started_once(year, reported_year):
    operations.start_next_year(reported_year, by=year.developer)

    with pytest.raises(Refused, match="redan påbörjad"):
        operations.start_next_year(reported_year, by=year.developer)


def test_next_year_waits_for_the_committee_and_for_the_year(year):
    with pytest.raises(Refused, match="uppföljningen av helåret"):
        operations.start_next_year(follow_up_at(S.REPORTED, year), by=year.developer)
    with pytest.raises(Refused, match="Redovisa uppföljningen"):
        operations.start_next_year(follow_up_at(S.DRAFT, year, Period.YEAR), by=year.developer)


def test_next_year_is_for_those_who_follow_up(year, reported_year):
    with pytest.raises(PermissionDenied):
        operations.start_next_year(reported_year, by=year.secretary)


def test_keys_of_figures_are_their_addresses():
    assert set(BY_KEY) == {figure.key for figure in FIGURES}
    assert len(BY_KEY) == len(FIGURES)


def test_whoever_enters_the_decisions_is_told_that_the_follow_up_is_proposed(year):
    follow_up = follow_up_at(S.PROPOSED, year)

    told = [(notice.person, notice.target) for notice in Notice.objects.filter(kind="decision_awaited").order_by("pk")]
    assert told == [(year.secretary, year.plan), (year.secretary, follow_up)]
