"""What a search gives, in a form that can be compared, and a year in which every kind of row says the same rare word."""

from datetime import date

from hjulet.collaboration.attachments.operations import attach
from hjulet.collaboration.comments.operations import comment_on
from hjulet.planning.goals.models import GoalLevel
from hjulet.planning.goals.operations import set_goal
from hjulet.planning.quality_plan import operations as plan_operations
from hjulet.reporting.follow_up import operations as follow_up_operations
from hjulet.reporting.follow_up.models import Period
from hjulet.search.queries import search
from tests import factories
from tests.actions.walks import plan as plan_action
from tests.collaboration.files import upload
from tests.monitoring.indicators import walks as indicators
from tests.monitoring.recurring_duties import walks as duties
from tests.monitoring.self_monitoring import walks as controls
from tests.organisation.delegations import walks as delegations
from tests.planning import walks as planning
from tests.planning.competence import walks as competence
from tests.planning.ideas import walks as ideas
from tests.planning.participation import walks as participation
from tests.planning.quality_plan import walks as plans
from tests.reporting import walks as years
from tests.rulebook.processes import walks as processes

RARE = "Kvarnhjul"


def titles(person, asked):
    """The titles that were found, by kind."""
    return {group.kind.value: [spelled(hit.title) for hit in group.hits] for group in search(person, asked).groups}


def counts(person, asked):
    return {group.kind.value: group.count for group in search(person, asked).groups}


def spelled(pieces):
    return "".join(piece.text for piece in pieces)


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


def year_of_every_kind():
    """A row of each kind with the word (of duties, indicators and delegations two), in one nämnd; returns its quality developer."""
    unit, developer = plans.home()
    factories.unit(unit, f"{RARE}et")
    factories.person(f"Ada {RARE}", employee=unit)
    area = planning.quality_area()
    area.explanation = f"Vad {RARE} är."
    area.save()
    plan = plans.ready(developer, unit)
    text = plan.texts.first()
    plan_operations.write_text(text, by=developer, revision=text.revision, body=f"Om **{RARE}**.")
    plan_operations.propose_plan(plan, by=developer)
    plans.adopt(plan, plans.secretary(unit), registry_number=f"{RARE} 2026/1")
    year = years.Year(unit, developer, developer, plan)
    follow_up = follow_up_operations.start_follow_up_of(year.plan, by=developer, period=Period.YEAR)
    follow_up_operations.add_lesson(
        follow_up, by=developer, quality_area=area, text=f"{RARE} gick.", becomes_risk=False
    )
    planning.risk(developer, year.risk.analysis, title=f"{RARE} stannar")
    action = plan_action(developer, unit, title=f"Laga {RARE}")
    secretary = factories.person("Dora Delegat", committee_secretary=unit, unit_manager=unit)
    order = delegations.in_force(unit, secretary, title=f"Köpa {RARE}", valid_from=factories.SINCE)
    delegations.taken(order, secretary, unit, decided_on=date(2026, 3, 2), subject=f"Köp av {RARE}")
    comment_on(action, by=developer, text=f"{RARE} igen!")
    attach(action, by=developer, upload=upload(f"{RARE}.txt", b"Tomt."))
    level = GoalLevel.objects.first()
    set_goal(by=developer, unit=unit, level=level, title=f"Fler {RARE}", first_year=2026, last_year=2026)
    control = controls.plan(developer, unit, title="Granskning", purpose=f"Se {RARE}")
    controls.record(controls.first(control), developer, finding=f"{RARE} snurrar.")
    indicator = indicators.define(developer, unit, definition=f"Hur ofta {RARE} snurrar.")
    indicators.record(indicators.turn(indicator), developer, comment=f"{RARE} räknat.")
    processes.drafted(developer, unit, f"Utred {RARE}")
    duty = duties.plan(developer, unit, description=f"Redovisa {RARE}.")
    duties.finish(duties.first(duty), developer, result=f"{RARE} redovisat.")
    participation.outcome(developer, unit, f"{RARE} gnisslar.", subject="Höstens möte")
    ideas.propose(developer, unit, title="Smörj oftare", why=f"{RARE} gnisslar.")
    competence.need(developer, unit, plan=f"Kurs om {RARE}.")
    return developer
