from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.states import ActionState
from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.collaboration.secrecy.operations import carry_marking
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import obstacle_to_relocating
from hjulet.organisation.units.rules import may_manage, obstacle_to_beginning_in
from hjulet.planning.risk_analyses import rules
from hjulet.planning.risk_matrix.queries import bands_of, matrix_in_force
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks import rules as risk_rules
from hjulet.planning.risks.models import Assessment, Change, Occasion, Risk, RiskAnalysis
from hjulet.planning.risks.numbering import next_number
from hjulet.planning.risks.states import WORKFLOW

CARRIED = (
    "area_number",
    "ordinal",
    "title",
    "deficiency",
    "consequence",
    "quality_area_id",
    "goal_id",
    "laws",
    "operational_area_id",
    "source_id",
    "source_note",
    "responsible_role",
    "deeper_analysis",
    "has_deeper_analysis",
    "is_secret",
)


@operation
def start_analysis(*, by: Person, unit: Unit, year: int) -> RiskAnalysis:
    """Empty, on the matrix in force."""
    require(risk_rules.may_edit(by, unit))
    require_no(obstacle_to_beginning_in(unit) or rules.obstacle_to_starting())
    analysis = RiskAnalysis(unit=unit, year=year, matrix=matrix_in_force())
    analysis.full_clean()
    analysis.save()
    audit.record("risk_analysis.started", by=by, target=analysis, after={"year": year, "matrix": analysis.matrix})
    return analysis


@operation
def start_analysis_from(previous: RiskAnalysis, *, by: Person) -> RiskAnalysis:
    """Next year's analysis with every risk that is still there, judged as it was last on the matrix now in force.

    What is still being done about a risk comes along: actions not finished, and controls that go on into the year.
    """
    require(rules.may_edit(by, previous))
    locked(previous)
    require_no(rules.obstacle_to_starting_next(previous))
    analysis = RiskAnalysis(unit=previous.unit, year=previous.year + 1, matrix=matrix_in_force(), previous=previous)
    analysis.full_clean()
    analysis.save()
    carried = carry_over(list(previous.risks.present().select_related("band")), analysis)
    mark_as_before(carried, by=by)
    assess_as_before(carried, analysis, by=by)
    carry_links(analysis)
    audit.record(
        "risk_analysis.started",
        by=by,
        target=analysis,
        after={"year": analysis.year, "matrix": analysis.matrix, "from": previous, "risks": len(carried)},
    )
    return analysis


@operation
def conclude_analysis(analysis: RiskAnalysis, *, by: Person) -> RiskAnalysis:
    return make_move(analysis, "conclude", by=by)


@operation
def reopen_analysis(analysis: RiskAnalysis, *, by: Person, reason: str) -> RiskAnalysis:
    return make_move(analysis, "reopen", by=by, reason=reason)


@operation
def relocate_risk(risk: Risk, *, by: Person, to: Unit, day: date) -> Risk:
    """Follows when its unit is reorganised: into that year's analysis of the other unit, which is begun if need be.

    The analysis it came from stays with its unit. The number stays where it says the same in the other analysis.
    """
    standing = locked(risk)
    before = standing.analysis
    require(may_manage(by, before.unit) and may_manage(by, to))
    require_no(obstacle_to_relocating(before.unit, to))
    analysis = analysis_like(before, to, by=by)
    area_number, ordinal = number_in(analysis, standing)
    changes = {"analysis": analysis, "area_number": area_number, "ordinal": ordinal}
    save_changes(risk, revision=standing.revision, changes=changes)
    audit.record(
        "risk.relocated",
        by=by,
        target=risk,
        unit=to,
        before={"unit": before.unit, "number": standing.number},
        after={"unit": to, "number": risk.number},
    )
    return risk


def analysis_like(analysis: RiskAnalysis, unit: Unit, *, by: Person) -> RiskAnalysis:
    """What the unit has for the same year, or a new one on the same scale."""
    found, is_new = RiskAnalysis.objects.get_or_create(
        unit=unit, year=analysis.year, defaults={"matrix": analysis.matrix}
    )
    if is_new:
        audit.record("risk_analysis.started", by=by, target=found, after={"year": found.year, "matrix": found.matrix})
    return locked(found)


def number_in(analysis: RiskAnalysis, risk: Risk) -> tuple[int, int]:
    """Its own, unless that is taken or stands for another goal or area there."""
    in_area = analysis.risks.filter(area_number=risk.area_number)
    others = in_area.exclude(goal=risk.goal_id, quality_area=risk.quality_area_id)
    if others.exists() or in_area.filter(ordinal=risk.ordinal).exists():
        return next_number(analysis, goal=risk.goal, quality_area=risk.quality_area)
    return risk.area_number, risk.ordinal


def make_move(analysis: RiskAnalysis, move: str, *, by: Person, reason: str = "") -> RiskAnalysis:
    before = analysis.state
    require(rules.may_edit(by, analysis))
    require_no(rules.obstacle_to_move(analysis, move))
    perform(analysis, WORKFLOW, move, by=by, reason=reason)
    audit.record(
        f"risk_analysis.{move}",
        by=by,
        target=analysis,
        before={"state": before},
        after={"state": analysis.state, "reason": reason},
    )
    return analysis


def carry_over(risks: list[Risk], analysis: RiskAnalysis) -> list[Risk]:
    """The same risks in the new analysis, each pointing to its twin of last year; an acceptance that holds stays."""
    bands = bands_of(analysis.matrix)
    today = timezone.localdate()
    carried = []
    for old in risks:
        risk = Risk(analysis=analysis, year=analysis.year, previous=old, change=Change.UNCHANGED)
        for name in CARRIED:
            setattr(risk, name, getattr(old, name))
        if old.band:
            risk.probability, risk.severity, risk.assessed_date = old.probability, old.severity, today
            risk.band = bands[old.probability, old.severity]
        if old.is_accepted_on(today) and risk.is_in_band(Tone.GREEN):
            risk.accepted_reason, risk.accepted_until = old.accepted_reason, old.accepted_until
            risk.accepted_by_id = old.accepted_by_id
        carried.append(risk)
    return Risk.objects.bulk_create(carried)


def mark_as_before(risks: list[Risk], *, by: Person) -> None:
    for risk in risks:
        if risk.is_secret and risk.previous:
            carry_marking(risk.previous, risk, by=by)


def assess_as_before(risks: list[Risk], analysis: RiskAnalysis, *, by: Person) -> None:
    reason = _("Överförd från %(year)s.") % {"year": analysis.year - 1}
    Assessment.objects.bulk_create(
        Assessment(
            risk=risk,
            occasion=Occasion.INITIAL,
            assessed_date=risk.assessed_date,
            probability=risk.probability,
            severity=risk.severity,
            band=risk.band,
            reason=reason,
            assessor=by,
            recorded_at=timezone.now(),
        )
        for risk in risks
        if risk.band
    )


def carry_links(analysis: RiskAnalysis) -> None:
    """Link the new risks to what is still being done about the old ones."""
    action_links, control_links = Risk.actions.through.objects, Risk.controls.through.objects
    unfinished = action_links.filter(risk__next__analysis=analysis).exclude(
        action__state__in=[ActionState.CLOSED, ActionState.CANCELLED]
    )
    running = control_links.filter(
        risk__next__analysis=analysis, control__stopped_reason="", control__ends_date__year__gte=analysis.year
    )
    for links, standing, linked in ((action_links, unfinished, "action"), (control_links, running, "control")):
        links.bulk_create(
            links.model(risk_id=risk, **{f"{linked}_id": pk}) for risk, pk in standing.values_list("risk__next", linked)
        )
