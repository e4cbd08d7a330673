"""A municipality of five nämnder, a thousand units and twenty thousand people over five years.

Beside them two nämnder more, each with a plan of a known size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.actions.states import ActionState
from hjulet.monitoring.models import Control, Frequency, Occurrence
from hjulet.monitoring.self_monitoring import operations as controls
from hjulet.monitoring.self_monitoring.models import Comparator, ResultKind
from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.units.models import UnitKind
from hjulet.planning.models import QualityPlan, Risk, RiskAnalysis
from hjulet.planning.quality_plan import operations as plans
from hjulet.planning.risks import operations as risks
from tests import factories
from tests.actions import walks as action_walks
from tests.bench.copies import count_on, link, multiply
from tests.planning import walks as risk_walks

COMMITTEES = ("Socialnämnden", "Äldrenämnden", "Omsorgsnämnden", "Familjenämnden", "Arbetsmarknadsnämnden")
AREAS, UNITS_PER_AREA = 20, 10
UNITS = len(COMMITTEES) * AREAS * UNITS_PER_AREA
PEOPLE = 20_000
YEARS = 5
PLANS = (150, 400)

GROUP = 2_000  # fifty units, five years, eight of each kind in every unit and year
STRIDE = 20  # from one unit of the first group to the next

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
    """Who looks, and where: read from the database, so that one that was built earlier serves as well."""

    developer: Person  # of the whole municipality
    local: Person  # the quality developer of one nämnd
    auditor: Person
    manager: Person  # of ten units
    committee: Unit
    units: list[Unit]
    people: list[Person]
    years: range
    plans: dict[int, QualityPlan]
    rows: int


def years() -> range:
    this_year = timezone.localdate().year
    return range(this_year - YEARS + 1, this_year + 1)


def find() -> Place:
    by_name = {person.name: person for person in Person.objects.exclude(name__startswith="Person ")}
    return Place(
        developer=by_name["Kim Kvalitet"],
        local=by_name["Lo Lokal"],
        auditor=by_name["Robin Revisor"],
        manager=by_name["Mika Chef"],
        committee=Unit.objects.get(name=COMMITTEES[0]),
        units=list(Unit.objects.filter(name__startswith="Enhet ").order_by("pk")),
        people=list(Person.objects.filter(name__startswith="Person ").order_by("pk")),
        years=years(),
        plans={count: QualityPlan.objects.get(unit__name=plan_committee(count)) for count in PLANS},
        rows=Occurrence.objects.count() // 1000 * 1000,
    )


def build() -> None:
    """Everything but the rows that are counted in thousands: the organisation, the plans, an analysis for each unit."""
    developer = factories.person("Kim Kvalitet", quality_developer=factories.municipality())
    committees = [factories.committee(name) for name in COMMITTEES]
    areas = [
        factories.unit(department, f"Område {number}")
        for department in map(factories.administration, committees)
        for number in range(1, AREAS + 1)
    ]
    units = below(areas)
    factories.person("Lo Lokal", quality_developer=committees[0])
    factories.person("Robin Revisor", auditor=factories.municipality())
    factories.person("Mika Chef", unit_manager=areas[0])
    colleagues(developer, units)
    model = factories.unit(committees[0], "Förebilder")
    analysis = risk_walks.analysis(developer, model, years()[-1])
    multiply(analysis, ({"unit": unit, "year": year} for year in years() for unit in units))
    originals = Originals(
        list(original_risks(developer, analysis)),
        list(original_actions(developer, model)),
        [original_control(developer, model, year) for year in years()],
    )
    for count in PLANS:
        plan_of_size(developer, originals, risks=50, actions=count)


def below(areas: list[Unit]) -> list[Unit]:
    """The thousand, with keys in a row: the copies count on it."""
    first = Unit.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    places = [area for area in areas for _number in range(UNITS_PER_AREA)]
    made = Unit.objects.bulk_create(
        Unit(
            pk=key,
            kind=UnitKind.UNIT,
            parent=area,
            name=f"Enhet {key - first + 1}",
            valid_from=factories.SINCE,
            path=f"{area.path}{key}/",
            committee=area.committee,
        )
        for key, area in enumerate(places, first)
    )
    count_on(Unit)
    return made


@dataclass(frozen=True)
class Originals:
    """The rows that the others are copies of, made by the real operations."""

    risks: list[Risk]
    actions: list[Action]
    controls: list[Control]


def originals() -> Originals:
    here = {"unit__name": "Förebilder"}
    return Originals(
        list(Risk.objects.filter(analysis__unit__name="Förebilder").order_by("pk")),
        list(Action.objects.filter(**here).order_by("pk")),
        list(Control.objects.filter(**here).order_by("pk")),
    )


def colleagues(original: Person, units: list[Unit]) -> None:
    """Twenty thousand who work there, the first of them each the manager of a unit."""
    made = multiply(original, ({"name": f"Person {n}", "email": f"person{n}@example.org"} for n in range(PEOPLE)))
    RoleAssignment.objects.filter(person__name__startswith="Person ").delete()
    RoleAssignment.objects.bulk_create(
        (
            RoleAssignment(
                person=person,
                role="unit_manager" if number < len(units) else "employee",
                unit=unit,
                valid_from=factories.SINCE,
            )
            for number, (person, unit) in enumerate(zip(made, cycle(units), strict=False))
        ),
        500,
    )


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


def add_group(place: Place) -> None:
    """The first two thousand risks, actions and occurrences: eight of each in fifty units and five years."""
    units, made = place.units[::STRIDE], originals()
    owners = cycle([place.manager, *place.people[:: PEOPLE // 199]])
    everywhere = [(unit, year) for unit in units for year in place.years]
    analyses = [RiskAnalysis.objects.get(unit=unit, year=year) for unit, year in everywhere]
    added = []
    for month, action in enumerate(made.actions, 1):
        spread = (
            {"unit": unit, "due_date": date(year, month, 1)}
            | ({} if action.owner_role else {"owner_person": next(owners)})
            for unit, year in everywhere
        )
        added.append(multiply(action, spread))
    for ordinal, (risk, answers) in enumerate(zip(made.risks, added, strict=True), 1):
        numbered = {"area_number": 1, "ordinal": ordinal}
        here = [{"analysis": analysis, "year": analysis.year} | numbered for analysis in analyses]
        link(Risk.actions, zip(multiply(risk, here), answers, strict=True))
    for control in made.controls:
        multiply(control, [{"unit": unit} for unit in units])
    repeat_units()


def repeat_units() -> None:
    """A copy of an occurrence repeats the unit of the original's control: let it repeat that of its own."""
    of_its_control = Control.objects.filter(pk=OuterRef("control")).values("unit")
    Occurrence.objects.update(control_unit=Subquery(of_its_control))


def plan_committee(actions: int) -> str:
    return f"Nämnden för {actions} åtgärder"


def plan_of_size(by: Person, made: Originals, *, risks: int, actions: int) -> None:
    """A nämnd of its own with a plan of so many yellow and red risks, each with its share of the actions."""
    committee, year = factories.committee(plan_committee(actions)), years()[-1]
    analysis = risk_walks.analysis(by, committee, year)
    in_plan = [risk for risk in made.risks if risk.score and risk.score > 3]
    for area, original in enumerate(in_plan, 1):
        numbered = ({"analysis": analysis, "area_number": area, "ordinal": n + 1} for n in range(risks // len(in_plan)))
        copies = multiply(original, numbered)
        answers = multiply(
            made.actions[0], [{"unit": committee, "due_date": date(year, 12, 1)}] * (actions // len(in_plan))
        )
        link(Risk.actions, zip(cycle(copies), answers, strict=False))
        checks = multiply(made.controls[-1], [{"unit": committee}] * len(copies))
        link(Risk.controls, zip(copies, checks, strict=True))
    plans.start_plan(by=by, committee=committee, year=year)
