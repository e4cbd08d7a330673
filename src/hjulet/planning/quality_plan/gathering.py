"""Gathers a plan that is not decided yet from the rows it consists of, in the same number of statements for any size."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from hjulet.actions.models import Action
from hjulet.actions.states import ActionState
from hjulet.monitoring.models import Control
from hjulet.organisation.models import Unit
from hjulet.organisation.owners import Owned
from hjulet.organisation.roles.roles import ROLES
from hjulet.planning.goals.models import Goal
from hjulet.planning.quality_plan import content as said
from hjulet.planning.quality_plan.models import PlanText, QualityPlan
from hjulet.planning.quality_plan.targets import target_of
from hjulet.planning.risk_matrix.models import Axis, MatrixAxisLabel, MatrixCell
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks.models import Change, Risk

# Keys of goal levels in the starter library; the names of the levels are the municipality's own.
OVERALL_GOAL, FOCUS_AREA = "overall", "focus"


@dataclass(frozen=True)
class Material:
    """The rows of a plan as they stand now: every risk of the year's analyses, gone and green ones too.

    Not what is marked as secret: a plan is read by the nämnd and by everyone.
    """

    plan: QualityPlan
    risks: list[Risk]
    texts: list[PlanText]
    goals: dict[int, Goal]
    labels: dict[int, str]

    def number(self, risk: Risk) -> str:
        return numbered(risk, self.labels)


def material_of(plan: QualityPlan) -> Material:
    risks = risks_of(plan)
    return Material(
        plan=plan,
        risks=risks,
        texts=texts_of(plan, risks),
        goals={goal.pk: goal for goal in Goal.objects.through(plan.unit).select_related("level").order_by()},
        labels=labels_of(plan.unit, {risk.analysis.unit_id: risk.analysis.unit for risk in risks}.values()),
    )


def risks_of(plan: QualityPlan) -> list[Risk]:
    """The nämnd's own first, then unit by unit as the organisation goes; three statements."""
    actions = Action.objects.unmarked().exclude(state=ActionState.CANCELLED).select_related("unit", "owner_person")
    controls = Control.objects.filter(stopped_reason="").select_related("unit", "owner_person", "frequency")
    return list(
        Risk.objects.unmarked()
        .with_answers()
        .of_year(plan.year, plan.unit)
        .select_related("analysis__unit", "quality_area", "band")
        .prefetch_related(
            Prefetch("actions", actions.order_by("pk")),
            Prefetch("controls", controls.order_by("pk")),
        )
        .order_by("analysis__unit__path", "area_number", "ordinal")
    )


def texts_of(plan: QualityPlan, risks: Iterable[Risk]) -> list[PlanText]:
    """The chapters: the general ones, then one per quality area that occurs, unsaved while nobody has begun it."""
    saved = list(plan.texts.order_by("order", "pk"))
    by_area = {text.quality_area_id: text for text in saved if text.quality_area_id}
    occurring = {risk.quality_area_id: risk.quality_area for risk in risks if is_in_plan(risk)}
    return [text for text in saved if not text.quality_area_id] + [
        by_area.get(key) or PlanText(plan=plan, key=area.key, title=area.name, quality_area=area, order=area.order)
        for key, area in occurring.items()
    ]


def numbered(risk: Risk, labels: dict[int, str]) -> str:
    """The risk's number, with the unit before it when it is not one of the nämnd's own."""
    label = labels[risk.analysis.unit_id]
    return f"{label} {risk.number}" if label else risk.number


def labels_in(plan: QualityPlan) -> dict[int, str]:
    """The labels as `material_of` makes them, for whoever has not read all of the plan's risks."""
    risks = Risk.objects.of_year(plan.year, plan.unit).order_by()
    return labels_of(plan.unit, Unit.objects.filter(pk__in=risks.values("analysis__unit")).order_by("path"))


def labels_of(committee: Unit, units: Iterable[Unit]) -> dict[int, str]:
    """What stands before a unit's numbers: nothing for the nämnd, else its short code or its name.

    Units that would be called the same are told apart by a number, in the order of the organisation.
    """
    labels = {committee.pk: ""}
    for unit in units:
        if unit.pk not in labels:
            name = unit.code or unit.name
            alike = sum(label == name or label.startswith(f"{name} (") for label in labels.values())
            labels[unit.pk] = f"{name} ({alike + 1})" if alike else name
    return labels


def is_in_plan(risk: Risk) -> bool:
    return not risk.is_gone and (risk.is_in_band(Tone.YELLOW) or risk.is_in_band(Tone.RED))


def is_present(risk: Risk) -> bool:
    return not risk.is_gone


def content_of(material: Material, included: Callable[[Risk], bool] = is_in_plan) -> said.PlanContent:
    plan = material.plan
    return said.PlanContent(
        committee=plan.unit.name,
        year=plan.year,
        version=plan.version,
        chapters=tuple(chapter(text) for text in material.texts),
        goals=goal_groups(material, [risk for risk in material.risks if included(risk)]),
        gone=tuple(
            said.GoneRisk(material.number(risk), risk.title, risk.change_reason)
            for risk in material.risks
            if risk.is_gone
        ),
        matrix=matrix_of([risk for risk in material.risks if risk.band and is_present(risk)]),
    )


def chapter(text: PlanText) -> said.Chapter:
    return said.Chapter(text.key, text.title, text.title if text.quality_area_id else "", text.body)


def goal_groups(material: Material, risks: list[Risk]) -> tuple[said.GoalGroup, ...]:
    """The goals in the order in which they first occur; units that serve the same goal meet under it."""
    by_goal: dict[tuple[str, str], list[Risk]] = {}
    for risk in risks:
        by_goal.setdefault(goal_titles(material.goals, risk.goal_id), []).append(risk)
    return tuple(said.GoalGroup(*titles, area_groups(material, together)) for titles, together in by_goal.items())


def goal_titles(goals: dict[int, Goal], key: int | None) -> tuple[str, str]:
    """The overarching goal and the focus area that a goal stands for; its own title when it leads to neither."""
    titles = {OVERALL_GOAL: "", FOCUS_AREA: ""}
    own = goal = goals.get(key or 0)
    while goal:
        titles[goal.level.key] = titles.get(goal.level.key) or goal.title
        goal = goals.get(goal.parent_id or 0)
    if own and not titles[OVERALL_GOAL] and not titles[FOCUS_AREA]:
        return own.title, ""
    return titles[OVERALL_GOAL], titles[FOCUS_AREA]


def area_groups(material: Material, risks: list[Risk]) -> tuple[said.AreaGroup, ...]:
    groups = groupby(risks, key=lambda risk: (area_number(material, risk), risk.quality_area.name))
    return tuple(
        said.AreaGroup(number, name, tuple(planned_risk(material, risk) for risk in together))
        for (number, name), together in groups
    )


def area_number(material: Material, risk: Risk) -> str:
    return material.number(risk).removesuffix(f".{risk.ordinal}")


def planned_risk(material: Material, risk: Risk) -> said.PlannedRisk:
    had_last_year = risk.analysis.previous_id is not None
    unit = risk.analysis.unit_id
    return said.PlannedRisk(
        pk=risk.pk,
        number=material.number(risk),
        title=risk.title,
        deficiency=risk.deficiency,
        responsible=risk.responsible,
        level=level_of(risk),
        change=str(Change(risk.change).label) if had_last_year else "",
        change_reason=risk.change_reason if had_last_year else "",
        actions=tuple(planned_action(action, unit) for action in risk.actions.all()),
        controls=tuple(planned_control(control, unit) for control in risk.controls.all()),
    )


def level_of(risk: Risk) -> said.Level | None:
    if risk.band is None:
        return None
    return said.Level(risk.probability, risk.severity, risk.band.name, risk.band.tone, risk.assessed_date)


def planned_action(action: Action, unit_id: int) -> said.PlannedAction:
    return said.PlannedAction(
        pk=action.pk,
        title=action.title,
        description=action.description,
        responsible=responsible(action),
        unit=elsewhere(action, unit_id),
        due_date=action.due_date,
    )


def planned_control(control: Control, unit_id: int) -> said.PlannedControl:
    return said.PlannedControl(
        pk=control.pk,
        title=control.title,
        method=control.method,
        frequency=control.frequency.name,
        responsible=responsible(control),
        unit=elsewhere(control, unit_id),
        target=str(target_of(control) or ""),
    )


def responsible(owned: Owned) -> str:
    """The role or the person, without the unit."""
    return str(ROLES[owned.owner_role].name) if owned.owner_role else str(owned.owner_person or "")


def elsewhere(owned: Owned, unit_id: int) -> str:
    return "" if owned.unit_id == unit_id else owned.unit.name


def matrix_of(risks: list[Risk]) -> said.MatrixCounts | None:
    """How many of the risks stand in each cell of the matrix that the first of them was scored on."""
    if not risks:
        return None
    matrix = risks[0].analysis.matrix_id
    cells = list(MatrixCell.objects.filter(matrix=matrix).select_related("band").order_by("-probability", "severity"))
    labels = list(MatrixAxisLabel.objects.filter(matrix=matrix).order_by("value"))
    bands = {cell.band.order: cell.band for cell in cells}
    places = [(risk.probability, risk.severity) for risk in risks]
    return said.MatrixCounts(
        probability=axis_steps(labels, Axis.PROBABILITY),
        severity=axis_steps(labels, Axis.SEVERITY),
        levels=tuple(said.MatrixLevel(band.tone, band.name, band.meaning) for _order, band in sorted(bands.items())),
        cells=tuple(
            said.CellCount(
                cell.probability,
                cell.severity,
                cell.band.tone,
                cell.band.name,
                places.count((cell.probability, cell.severity)),
            )
            for cell in cells
        ),
    )


def axis_steps(labels: list[MatrixAxisLabel], axis: Axis) -> tuple[said.AxisStep, ...]:
    return tuple(said.AxisStep(label.value, label.name) for label in labels if label.axis == axis)
