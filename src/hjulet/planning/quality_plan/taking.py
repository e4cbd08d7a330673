"""Takes the rows of a workbook in, one after the other, each through the operation that a person would use."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.actions.operations import change_action
from hjulet.base.intake.cells import tidy
from hjulet.base.intake.faults import Fault, FaultyFile, told_as_fault
from hjulet.base.intake.reading import FileRow
from hjulet.base.operations import Refused
from hjulet.monitoring.models import Control
from hjulet.monitoring.self_monitoring.operations import change_control, plan_control
from hjulet.organisation.models import Person
from hjulet.planning.goals.models import Goal, GoalLevel
from hjulet.planning.goals.operations import set_goal
from hjulet.planning.quality_plan.cells import NUMBER
from hjulet.planning.quality_plan.gathering import FOCUS_AREA, OVERALL_GOAL, goal_titles, material_of
from hjulet.planning.quality_plan.models import QualityPlan
from hjulet.planning.quality_plan.standing import differences, names_in, standing_of
from hjulet.planning.quality_plan.targets import read_target, result_kind
from hjulet.planning.quality_plan.workbook import (
    SHEETS,
    ActionRow,
    ControlRow,
    RiskRow,
    Row,
    sheet_of,
)
from hjulet.planning.risk_analyses.operations import start_analysis
from hjulet.planning.risks.models import Occasion, Risk, RiskAnalysis
from hjulet.planning.risks.operations import (
    assess_risk,
    change_risk,
    check_with_control,
    identify_risk,
    plan_action_for,
)
from hjulet.planning.risks.states import AnalysisState


@dataclass
class ImportResult:
    """What the import did, or would do; each line names the thing, a changed one also its columns."""

    plan: QualityPlan
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    only_here: list[str] = field(default_factory=list)
    is_check: bool = False

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed


class Run:
    """One import on its way: what stands here, what has been made, what has gone wrong."""

    def __init__(self, plan: QualityPlan, by: Person):
        self.plan, self.by = plan, by
        self.material = material_of(plan)
        self.names = names_in(plan, self.material)
        self.standing = standing_of(self.material)
        self.goals = self.material.goals
        self.risks: dict[str, Risk] = {}
        self.gone = {self.material.number(risk) for risk in self.material.risks if risk.is_gone}
        self.result = ImportResult(plan)
        self.faults: list[Fault] = []

    def take_all(self, rows: dict[str, list[FileRow]], progress: Callable[[list], Iterable]) -> ImportResult:
        every = list(chain.from_iterable([(sheet, read) for read in rows[sheet.name]] for sheet in SHEETS))
        for sheet, read_row in progress(every):
            with told_as_fault(self.faults, sheet.name, read_row.place):
                self.take(read_row.row)
        if self.faults:
            raise FaultyFile(self.faults)
        self.result.only_here = [named(row) for row in self.standing.left()]
        return self.result

    def take(self, row: Row) -> None:
        standing = self.standing.take(row)
        if standing is None:
            self.add(row)
            self.result.new.append(named(row))
            return
        old, thing = standing
        if isinstance(thing, Risk):
            self.risks[row.number] = thing
        if different := differences(old, row):
            self.change(thing, row, different)
            columns = ", ".join(sheet_of(row).heading(name) for name in different)
            self.result.changed.append(f"{named(row)} ({columns})")
        else:
            self.result.unchanged += 1

    def add(self, row: Row) -> None:
        match row:
            case RiskRow():
                self.risks[row.number] = self.add_risk(row)
            case ActionRow():
                self.add_action(row)
            case ControlRow():
                self.add_control(row)

    def change(self, thing: Risk | Action | Control, row: Row, different: list[str]) -> None:
        match row:
            case RiskRow():
                self.change_risk(thing, row, different)
            case ActionRow():
                changes = self.owner_if(different, row) | (
                    {"due_date": row.due_date} if "due_date" in different else {}
                )
                change_action(thing, by=self.by, revision=thing.revision, **changes)
            case ControlRow():
                changes = self.owner_if(different, row) | self.control_changes(row, different)
                change_control(thing, by=self.by, revision=thing.revision, **changes)

    def add_risk(self, row: RiskRow) -> Risk:
        if row.number in self.gone:
            raise Refused(_("risken är markerad som borta. Ändra det först om den finns kvar."))
        found = NUMBER.fullmatch(row.number)
        analysis = self.analysis(found["unit"])
        risk = identify_risk(
            by=self.by,
            analysis=analysis,
            title=row.title,
            deficiency=row.deficiency,
            quality_area=self.names.areas[row.area],
            goal=self.goal(row.overall, row.focus),
            responsible_role=self.names.roles.get(row.responsible, ""),
            number=(int(found["area"]), int(found["ordinal"])),
        )
        self.assess(risk, row)
        return risk

    def change_risk(self, risk: Risk, row: RiskRow, different: list[str]) -> None:
        changes: dict[str, Any] = {name: getattr(row, name) for name in ("title", "deficiency") if name in different}
        if "area" in different:
            changes["quality_area"] = self.names.areas[row.area]
        if "overall" in different or "focus" in different:
            changes["goal"] = self.goal(row.overall, row.focus)
        if "responsible" in different:
            changes["responsible_role"] = self.names.roles.get(row.responsible, "")
        if changes:
            number = (risk.area_number, risk.ordinal)
            change_risk(risk, by=self.by, revision=risk.revision, number=number, **changes)
        if {"probability", "severity", "assessed_date"} & set(different):
            self.assess(risk, row)

    def assess(self, risk: Risk, row: RiskRow) -> None:
        """A new judgement on the day; one from before the latest would change nothing."""
        if risk.assessed_date and row.assessed_date < risk.assessed_date:
            sentence = _("risken är bedömd %(day)s i Kvalitetshjulet. Skriv den dagen eller en senare.")
            raise Refused(sentence % {"day": risk.assessed_date.isoformat()})
        first = risk.analysis.state == AnalysisState.ONGOING
        assess_risk(
            risk,
            by=self.by,
            occasion=Occasion.INITIAL if first else Occasion.FOLLOW_UP,
            assessed_date=row.assessed_date,
            probability=row.probability,
            severity=row.severity,
        )

    def add_action(self, row: ActionRow) -> None:
        risk = self.risk(row)
        plan_action_for(
            risk,
            by=self.by,
            unit=risk.analysis.unit,
            title=row.title,
            description=row.description,
            due_date=row.due_date,
            **self.names.owner(row.responsible),
        )

    def add_control(self, row: ControlRow) -> None:
        risk = self.risk(row)
        control = plan_control(
            by=self.by,
            unit=risk.analysis.unit,
            title=row.title,
            starts_date=date(self.plan.year, 1, 1),
            ends_date=date(self.plan.year, 12, 31),
            quality_area=risk.quality_area,
            **self.control_changes(row, ["method", "frequency", "target"]),
            **self.names.owner(row.responsible),
        )
        check_with_control(risk, by=self.by, control=control)

    def control_changes(self, row: ControlRow, different: list[str]) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if "method" in different:
            changes["method"] = row.method
        if "frequency" in different:
            changes["frequency"] = self.names.frequencies[row.frequency]
        if "target" in different:
            target = read_target(row.target)
            changes["comparator"] = target.comparator if target else ""
            changes["target"] = target and target.number
            changes["measure"] = target.measure if target else ""
            changes["result_kind"] = result_kind(target, title=row.title, method=row.method)
        return changes

    def owner_if(self, different: list[str], row: ActionRow | ControlRow) -> dict[str, Any]:
        return self.names.owner(row.responsible) if "responsible" in different else {}

    def risk(self, row: ActionRow | ControlRow) -> Risk:
        """The file's own risk; missing only when its row had a fault, which has been told."""
        if row.risk not in self.risks:
            raise Refused(_("risken %(number)s kunde inte läsas in.") % {"number": row.risk})
        return self.risks[row.risk]

    def analysis(self, label: str | None) -> RiskAnalysis:
        """The unit's analysis, or the nämnd's own, which is begun when there is none."""
        for risk in chain(self.material.risks, self.risks.values()):
            if self.material.labels.get(risk.analysis.unit_id) == (label or ""):
                return risk.analysis
        committee, year = self.plan.unit, self.plan.year
        started = RiskAnalysis.objects.filter(unit=committee, year=year).select_related("unit", "matrix").first()
        return started or start_analysis(by=self.by, unit=committee, year=year)

    def goal(self, overall: str, focus: str) -> Goal | None:
        """The goal that a risk with these titles serves, as high as possible; made for the nämnd when there is none."""
        if not overall and not focus:
            return None
        for goal in sorted(self.goals.values(), key=lambda goal: (goal.level.order, goal.pk)):
            titles = goal_titles(self.goals, goal.pk)
            if self.holds(goal) and tuple(map(tidy, titles)) == (overall, focus):
                return goal
        if focus:
            return self.set_goal(FOCUS_AREA, focus, parent=self.goal(overall, ""))
        return self.set_goal(OVERALL_GOAL, overall, parent=None)

    def holds(self, goal: Goal) -> bool:
        in_time = goal.first_year <= self.plan.year <= goal.last_year
        return in_time and goal.is_in_force and self.plan.unit.path.startswith(goal.unit.path)

    def set_goal(self, level: str, title: str, *, parent: Goal | None) -> Goal:
        goal = set_goal(
            by=self.by,
            unit=self.plan.unit,
            level=GoalLevel.objects.get(key=level),
            title=title,
            first_year=self.plan.year,
            last_year=self.plan.year,
            parent=parent,
        )
        self.goals[goal.pk] = goal
        return goal


def named(row: Row) -> str:
    match row:
        case RiskRow():
            return _("Risk %(number)s: %(text)s") % {"number": row.number, "text": short(row.title)}
        case ActionRow():
            return _("Åtgärd för risk %(number)s: %(text)s") % {"number": row.risk, "text": short(row.description)}
        case ControlRow():
            return _("Egenkontroll för risk %(number)s: %(text)s") % {"number": row.risk, "text": short(row.title)}


def short(text: str) -> str:
    return Truncator(text).chars(90)
