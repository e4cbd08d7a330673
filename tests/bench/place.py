"""A municipality of two nämnder and fifty units over five years, and two nämnder more with a plan of a known size."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle

from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.actions.states import ActionState
from hjulet.monitoring.models import Control, Frequency
from hjulet.monitoring.self_monitoring import operations as controls
from hjulet.monitoring.self_monitoring.models import Comparator, ResultKind
from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.planning.models import QualityPlan, Risk, RiskAnalysis
from hjulet.planning.quality_plan import operations as plans
from hjulet.planning.risks import operations as risks
from tests import factories
from tests.actions import walks as action_walks
from tests.bench.copies import link, multiply
from tests.planning import walks as risk_walks

GROUP = 2_000  # fifty units, five years, eight of each kind in every unit and year
UNITS_PER_COMMITTEE = 25
YEARS = 5
PEOPLE = 200

TITLE = "Uppgifter går förlorade när ett ärende byter handläggare och ingen läser hela akten på nytt."
CAUSE = "Överlämningen sker muntligt, och hur den går till är olika i olika grupper och vid olika tider på året."
STEP = "Inför en överlämning i två steg med checklista, och prova den i två grupper under våren."
CHECK = "Stickprov på tio ärenden varje tertial; andelen med fullständig överlämning ska vara 95 procent."

# Probability and severity; nothing for the one that nobody has judged.
JUDGED = ((1, 1), (1, 3), (2, 2), (2, 3), (3, 3), (4, 4), (3, 2), (0, 0))
ACTIONS = (
    (ActionState.PLANNED, "unit_manager"),
    (ActionState.ONGOING, ""),
    (ActionState.HINDERED, ""),
    (ActionState.DONE, "unit_manager"),
    (ActionState.CLOSED, ""),
    (ActionState.CANCELLED, ""),
    (ActionState.ONGOING, "unit_manager"),
    (ActionState.CLOSED, "unit_manager"),
)


@dataclass
class Place:
    """Who looks, where the rows go, and the rows that the others are copies of; plans by their number of actions."""

    developer: Person
    manager: Person
    people: list[Person]
    committee: Unit
    units: list[Unit]
    years: range
    analyses: list[RiskAnalysis]
    risks: list[Risk]
    actions: list[Action]
    controls: list[Control]
    plans: dict[int, QualityPlan] = field(default_factory=dict)

    @property
    def everywhere(self) -> list[tuple[Unit, int]]:
        return [(unit, year) for unit in self.units for year in self.years]


def build() -> Place:
    """The municipality with its people and the original of each kind of row."""
    this_year = timezone.localdate().year
    years = range(this_year - YEARS + 1, this_year + 1)
    developer = factories.person("Kim Kvalitet", quality_developer=factories.municipality())
    committees = [factories.committee(name) for name in ("Socialnämnden", "Äldrenämnden")]
    units = [
        factories.unit(department, f"Enhet {number}")
        for department in map(factories.administration, committees)
        for number in range(1, UNITS_PER_COMMITTEE + 1)
    ]
    manager = factories.person("Mika Chef", unit_manager=units[0])
    model = factories.unit(committees[0], "Förebilder")
    analysis = risk_walks.analysis(developer, model, this_year)
    place = Place(
        developer=developer,
        manager=manager,
        people=[manager, *colleagues(developer, units)],
        committee=committees[0],
        units=units,
        years=years,
        analyses=multiply(analysis, [{"unit": unit, "year": year} for unit in units for year in years]),
        risks=list(original_risks(developer, analysis)),
        actions=list(original_actions(developer, model)),
        controls=[original_control(developer, model, year) for year in years],
    )
    place.plans = {count: plan_of_size(place, risks=50, actions=count) for count in (150, 400)}
    return place


def colleagues(original: Person, units: list[Unit]) -> list[Person]:
    """Two hundred who work there, the first of them each the manager of a unit."""
    made = multiply(original, ({"name": f"Person {n}", "email": f"person{n}@example.org"} for n in range(PEOPLE)))
    RoleAssignment.objects.filter(person__in=made).delete()
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            person=person,
            role="unit_manager" if number < len(units) else "employee",
            unit=unit,
            valid_from=factories.SINCE,
        )
        for number, (person, unit) in enumerate(zip(made, cycle(units), strict=False))
    )
    return made


def original_risks(by: Person, analysis: RiskAnalysis) -> Iterator[Risk]:
    for number, (probability, severity) in enumerate(JUDGED):
        risk = risk_walks.risk(
            by,
            analysis,
            probability,
            severity,
            title=TITLE,
            deficiency=CAUSE,
            quality_area=risk_walks.quality_area(f"omrade-{number % 6 + 1}"),
            laws=["SoL"],
        )
        if number % 2:
            risks.analyse_deeper(risk, by=by, text=CAUSE)
        if probability == 3:
            risk_walks.assess(risk, by, 2, 3)
        yield risk


def original_actions(by: Person, unit: Unit) -> Iterator[Action]:
    for state, role in ACTIONS:
        owner = {"owner_role": role} if role else {"owner_person": by}
        yield action_walks.action_at(state, by, unit, title=STEP, description=f"{STEP} {CHECK}", **owner)


def original_control(by: Person, unit: Unit, year: int) -> Control:
    """Eight quarters; what has begun has a result, except one that was set aside and one that was forgotten."""
    frequency, _created = Frequency.objects.get_or_create(
        key="kvartal", defaults={"name": "Varje kvartal", "months": 3}
    )
    control = controls.plan_control(
        by=by,
        unit=unit,
        title=CHECK,
        method="Granskning av ärenden",
        frequency=frequency,
        starts_date=date(year, 1, 1),
        ends_date=date(year + 1, 12, 31),
        result_kind=ResultKind.SHARE,
        comparator=Comparator.AT_LEAST,
        target=95,
        owner_role="unit_manager",
    )
    today = timezone.localdate()
    first, second, *later = control.occurrences.filter(period_start__lte=today)
    if later:
        controls.set_aside(first, by=by, reason="Ingen verksamhet under perioden.")
    for occurrence in (second, *later)[:-1]:
        controls.record_result(
            occurrence,
            by=by,
            revision=occurrence.revision,
            done_date=min(today, occurrence.due_date),
            checked_count=20,
            fulfilled_count=18,
            finding=CAUSE,
        )
    return control


def add_group(place: Place, number: int) -> None:
    """Two thousand risks, actions and occurrences more, eight of each in every unit and year."""
    owners = cycle(place.people)
    added = []
    for month, action in enumerate(place.actions, 1):
        spread = (
            {"unit": unit, "due_date": date(year, month, 15)}
            | ({} if action.owner_role else {"owner_person": next(owners)})
            for unit, year in place.everywhere
        )
        added.append(multiply(action, spread))
    for ordinal, (risk, answers) in enumerate(zip(place.risks, added, strict=True), 1):
        numbered = {"area_number": number + 1, "ordinal": ordinal}
        link(
            Risk.actions,
            zip(
                multiply(risk, [{"analysis": a, "year": a.year} | numbered for a in place.analyses]),
                answers,
                strict=True,
            ),
        )
    for control in place.controls:
        multiply(control, [{"unit": unit} for unit in place.units])


def plan_of_size(place: Place, *, risks: int, actions: int) -> QualityPlan:
    """A nämnd of its own with a plan of so many yellow and red risks, each with its share of the actions."""
    committee, year = factories.committee(f"Nämnden för {actions} åtgärder"), place.years[-1]
    analysis = risk_walks.analysis(place.developer, committee, year)
    in_plan = [risk for risk in place.risks if risk.score and risk.score > 3]
    for area, original in enumerate(in_plan, 1):
        numbered = ({"analysis": analysis, "area_number": area, "ordinal": n + 1} for n in range(risks // len(in_plan)))
        made = multiply(original, numbered)
        answers = multiply(
            place.actions[0], [{"unit": committee, "due_date": date(year, 12, 1)}] * (actions // len(in_plan))
        )
        link(Risk.actions, zip(cycle(made), answers, strict=False))
        checks = multiply(place.controls[-1], [{"unit": committee}] * len(made))
        link(Risk.controls, zip(made, checks, strict=True))
    return plans.start_plan(by=place.developer, committee=committee, year=year)
