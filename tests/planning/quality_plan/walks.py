"""What a plan starts from, and a plan in a given state, reached by the real operations."""

from datetime import date
from pathlib import Path

from hjulet.monitoring.models import Frequency
from hjulet.monitoring.self_monitoring import operations as controls
from hjulet.planning.models import GoalLevel, PlanTextTemplate
from hjulet.planning.quality_plan import operations
from hjulet.planning.quality_plan.importing import import_plan
from hjulet.planning.quality_plan.states import PlanState as S
from hjulet.planning.risk_analyses.operations import start_analysis
from hjulet.planning.risks import operations as risks
from hjulet.rulebook.models import QualityArea
from tests.factories import committee, person
from tests.planning import walks

CASES = Path(__file__).parents[4] / "shared" / "cases"
TODAY = walks.TODAY
LEVELS = ("vision", "overall", "strategic", "focus", "operational")
FREQUENCIES = (
    ("en gång/år", 12, ["årligen"]),
    ("två gånger/år", 6, ["halvårsvis"]),
    ("en gång/termin", 6, ["termin"]),
    ("löpande", None, []),
)
AREAS = (
    "Självbestämmande och integritet",
    "Helhetssyn och samordning",
    "Trygghet och säkerhet",
    "Kunskapsbaserad verksamhet",
    "Tillgänglighet",
    "Effektivitet",
)


def registers():
    """What the starter library would have put there: matrix, areas, frequencies, goal levels, texts."""
    walks.matrix_in_force()
    for order, key in enumerate(LEVELS, start=1):
        GoalLevel.objects.get_or_create(key=key, defaults={"name": key, "order": order})
    for order, (name, months, synonyms) in enumerate(FREQUENCIES):
        Frequency.objects.create(key=f"f{order}", name=name, months=months, synonyms=synonyms, order=order)
    PlanTextTemplate.objects.create(
        key="what_is_quality", title="Vad är kvalitet?", body="Att det **hjälper**.", order=1
    )
    PlanTextTemplate.objects.create(key="purpose", title="Syfte", body="Att bli bättre.", order=2)
    for order, name in enumerate(AREAS, start=10):
        area = QualityArea.objects.create(
            key=f"a{order}", name=name, explanation=name, order=order, valid_from=date(2012, 1, 1)
        )
        PlanTextTemplate.objects.create(
            key=area.key, quality_area=area, title=name, body=f"Om {name.lower()}.", order=order
        )


def area(name="Trygghet och säkerhet"):
    return QualityArea.objects.get(name=name)


def developer(where, name="Vera Lind"):
    """May do everything with the plan but record the decision of the nämnd."""
    return person(name, quality_developer=where)


def secretary(where, name="Siv Ek"):
    return person(name, committee_secretary=where)


def analysis(by, unit, year=2026):
    return start_analysis(by=by, unit=unit, year=year)


def risk(by, analysis, probability=3, severity=3, **given):
    return walks.risk(by, analysis, probability, severity, **{"quality_area": area()} | given)


def answer(by, risk, **given):
    """An action that a red risk asks for: with somebody responsible and a day."""
    given = {
        "unit": risk.analysis.unit,
        "title": "Nytt schema",
        "description": "Två i taget vid dubbelbesök.",
        "owner_role": "unit_manager",
        "due_date": date(2026, 12, 31),
    } | given
    return risks.plan_action_for(risk, by=by, **given)


def control(by, risk, **given):
    given = {
        "unit": risk.analysis.unit,
        "title": "Andel besök i tid",
        "method": "Stickprov",
        "frequency": Frequency.objects.get(name="en gång/år"),
        "starts_date": date(2026, 1, 1),
        "ends_date": date(2026, 12, 31),
        "result_kind": "share",
        "owner_role": "unit_manager",
    } | given
    row = controls.plan_control(by=by, **given)
    risks.check_with_control(risk, by=by, control=row)
    return row


def ready(by, unit, year=2026):
    """A draft that lacks nothing: one red risk with an action."""
    answer(by, risk(by, analysis(by, unit, year)))
    return operations.start_plan(by=by, committee=unit, year=year)


def adopt(plan, by, **given):
    given = {"meeting_date": TODAY, "paragraph": "§ 12", "registry_number": "SN 2026/45"} | given
    return operations.adopt_plan(plan, by=by, **given)


def plan_at(state, by, secretary, unit):
    """A fresh plan walked to the state."""
    plan = ready(by, unit)
    if state == S.DRAFT:
        return plan
    if state == S.ON_REFERRAL:
        return operations.refer_plan(plan, by=by)
    operations.propose_plan(plan, by=by)
    if state == S.PROPOSED:
        return plan
    adopt(plan, secretary)
    if state in (S.FOLLOWED_UP, S.CLOSED):
        operations.start_follow_up(plan, by=by)
    if state == S.CLOSED:
        operations.close_plan(plan, by=by)
    if state == S.SUPERSEDED:
        version = operations.revise_plan(plan, by=by, reason="En risk till.")
        operations.propose_plan(version, by=by)
        adopt(version, secretary)
        plan.refresh_from_db()
    assert plan.state == state
    return plan


def case(name="kvalitetsplan-2023.xlsx") -> bytes:
    return (CASES / name).read_bytes()


def take_in(by, unit, content=None, year=2023, **given):
    return import_plan(by=by, committee=unit, year=year, content=content or case(), **given)


def home():
    """A nämnd with its registers, and its quality developer."""
    registers()
    unit = committee("Äldrenämnden")
    return unit, developer(unit)
