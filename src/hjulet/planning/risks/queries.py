from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Exists, F, Model, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.base.statements import about_one, in_one_row
from hjulet.monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring.queries import Outcome, outcome_of
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.standing import kept_about
from hjulet.planning.goals.models import Goal
from hjulet.planning.goals.queries import chain_above
from hjulet.planning.risks import rules
from hjulet.planning.risks.models import Assessment, Lack, Occasion, Risk, RiskAnalysis, is_without
from hjulet.planning.risks.states import AnalysisState

BESIDE = (
    "goal__unit",
    "goal__level",
    "source",
    "operational_area",
    "accepted_by",
    "occurrence__control",
    "previous__band",
    "previous__analysis",
)


@dataclass(frozen=True)
class Judged:
    """One present assessment and how the level moved when it was made."""

    assessment: Assessment
    movement: str


@dataclass(frozen=True)
class Checked:
    """A control of the risk, the latest occasion it was done, and what that showed."""

    control: Control
    latest: Occurrence | None
    outcome: Outcome | None


@dataclass(frozen=True)
class RiskPage:
    """What the page of one risk shows to one person."""

    risk: Risk
    breaks: list[rules.Break]
    chain: list[Goal]
    judged: list[Judged]
    target: Assessment | None
    actions: list[Action]
    controls: list[Checked]
    may_work: bool
    may_accept: bool
    obstacle_to_changing: str | None
    obstacle_to_working: str | None
    obstacle_to_accepting: str | None


def analyses_visible_to(person: Person) -> QuerySet[RiskAnalysis]:
    """Where every page about risk analyses starts."""
    return RiskAnalysis.objects.visible_to(person).select_related("unit", "matrix")


def risks_visible_to(person: Person) -> QuerySet[Risk]:
    """Where every page about risks starts."""
    return Risk.objects.visible_to(person).select_related("analysis__unit", "quality_area", "band")


def listed_risks(person: Person) -> QuerySet[Risk]:
    """For the table: with the score to sort by, and what a red risk asks for."""
    return risks_visible_to(person).with_answers().annotate(points=F("probability") * F("severity"))


def risks_in_full(person: Person) -> QuerySet[Risk]:
    """With all that the page of one risk tells, in the same statement."""
    return risks_visible_to(person).with_answers().select_related(*BESIDE)


def risk_page(person: Person, risk: Risk) -> RiskPage:
    assessments = list(assessments_of(risk.pk))
    targets = [assessment for assessment in assessments if assessment.occasion == Occasion.TARGET]
    return RiskPage(
        risk=risk,
        breaks=rules.breaks_of(risk),
        chain=[*chain_above(risk.goal), risk.goal] if risk.goal else [],
        judged=judged(assessments),
        target=targets[-1] if targets else None,
        actions=list(kept_about(risk.pk, person, actions_of)),
        controls=checked(person, risk),
        may_work=rules.may_work_on(person, risk),
        may_accept=rules.may_accept(person, risk),
        obstacle_to_changing=rules.obstacle_to_describing(risk.analysis),
        obstacle_to_working=rules.obstacle_to_working_on(risk),
        obstacle_to_accepting=rules.obstacle_to_accepting(risk),
    )


@about_one
def assessments_of(risk: int) -> QuerySet[Assessment]:
    """In the order of time."""
    found = Assessment.objects.filter(risk=risk)
    return found.select_related("band", "assessor").order_by("assessed_date", "pk")


def present_assessments(risk: Risk) -> QuerySet[Assessment]:
    """How the risk has been judged to be, latest first: what it is meant to become is not among them."""
    return risk.assessments.exclude(occasion=Occasion.TARGET).order_by("-assessed_date", "-pk")


def judged(assessments: list[Assessment]) -> list[Judged]:
    """The present ones of assessments in the order of time, latest first, each with its move from the one before."""
    present = [assessment for assessment in assessments if assessment.occasion != Occasion.TARGET]
    moves = [movement(before, after) for before, after in pairwise(present)]
    return [Judged(*pair) for pair in zip(present, ["", *moves], strict=False)][::-1]


def movement(before: Assessment, after: Assessment) -> str:
    """Arrow and words: whether the score went down, up or stayed."""
    words = {"from": before.score, "to": after.score}
    if after.score < before.score:
        return _("↓ ned från %(from)s till %(to)s") % words
    if after.score > before.score:
        return _("↑ upp från %(from)s till %(to)s") % words
    return _("→ kvar på %(to)s") % words


def actions_of(person: Person, risk: int) -> QuerySet[Action]:
    """The answers to the risk that the person may see: few, so each of them is asked whether it is visible."""
    visible = Action.objects.visible_to(person).filter(pk=OuterRef("pk")).order_by()
    return Action.objects.filter(Exists(visible), risks=risk).select_related("unit", "owner_person")


def checked(person: Person, risk: Risk) -> list[Checked]:
    """The controls of the risk that the person may see, in two statements."""
    return [
        Checked(control, latest, latest and outcome_of(latest))
        for control in kept_about(risk.pk, person, controls_of)
        for latest in [control.latest_done[0] if control.latest_done else None]
    ]


def controls_of(person: Person, risk: int) -> QuerySet[Control]:
    """Each with the latest occasion it was done."""
    done = Occurrence.objects.filter(state=OccurrenceState.DONE).select_related("control").order_by("-due_date", "-pk")
    controls = Control.objects.visible_to(person).filter(risks=risk).select_related("unit", "owner_person", "frequency")
    return controls.prefetch_related(Prefetch("occurrences", done[:1], to_attr="latest_done"))


def missing_in(risks: QuerySet[Risk]) -> dict[Lack, int]:
    """How many of the risks lack each of the things a risk may ask for, in one statement."""
    return by_lack(count_lacks(risks))


def count_lacks(risks: QuerySet[Risk]) -> QuerySet:
    """One row: a number for each in the order of `Lack`."""
    return in_one_row(risks.present(), **each_lack())


def each_lack() -> dict[str, Count]:
    """How many lack it, for each in the order of `Lack`."""
    return {f"lacks_{what.value}": Count("pk", filter=is_without(what)) for what in Lack}


def by_lack(counted: QuerySet) -> dict[Lack, int]:
    """What can find nothing is not asked and has no row."""
    numbers = next(iter(counted), (0,) * len(Lack))
    return dict(zip(Lack, numbers, strict=True))


def risks_beside(person: Person, **link: Model) -> QuerySet[Risk]:
    """The risks of an action, a control, a goal or a finding, latest year first; `link` names which."""
    return risks_visible_to(person).filter(**link).order_by("-year", "area_number", "ordinal")


def analyses_to_add_to(person: Person, unit: Unit) -> list[RiskAnalysis]:
    """The ongoing analyses where a finding in the unit may become a risk: those of the unit and of the ones above."""
    ongoing = analyses_visible_to(person).filter(state=AnalysisState.ONGOING).order_by("-year", "unit__path")
    return [
        analysis
        for analysis in ongoing
        if unit.path.startswith(analysis.unit.path) and rules.may_edit(person, analysis.unit)
    ]
