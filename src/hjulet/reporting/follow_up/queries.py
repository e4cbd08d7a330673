from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from hjulet.actions.models import Action, EffectCheck
from hjulet.actions.states import OPEN
from hjulet.base.frozen import thaw
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.monitoring.models import Occurrence
from hjulet.monitoring.self_monitoring.queries import outcome_of
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person
from hjulet.planning.models import Assessment, QualityPlan, Risk, RiskAnalysis
from hjulet.planning.risks.models import Occasion, Tone
from hjulet.reporting.follow_up import rules
from hjulet.reporting.follow_up.content import (
    FIGURES,
    ActionRow,
    AreaPart,
    Content,
    ControlRow,
    Figure,
    Level,
    RiskRow,
)
from hjulet.reporting.follow_up.models import FollowUp, FollowUpFile, FollowUpText, Lesson, Period
from hjulet.reporting.follow_up.periods import assessed_from
from hjulet.reporting.follow_up.states import COLORS, WORKFLOW, FollowUpState


def follow_ups_visible_to(person: Person) -> QuerySet[FollowUp]:
    return FollowUp.objects.visible_to(person).select_related("unit", "plan__unit", "decision")


def risks_followed(plan: QualityPlan) -> QuerySet[Risk]:
    """The risks that were yellow or red at any time of the plan's year, in the nämnd and the units below it."""
    ever_in_plan = Assessment.objects.filter(risk=OuterRef("pk"), band__tone__in=[Tone.YELLOW, Tone.RED]).exclude(
        occasion=Occasion.TARGET
    )
    return Risk.objects.filter(
        Exists(ever_in_plan.order_by()), analysis__unit__path__startswith=plan.unit.path, analysis__year=plan.year
    ).order_by("quality_area__order", "analysis__unit__path", "area_number", "ordinal")


def content_of(follow_up: FollowUp, *, day: date | None = None) -> Content:
    """As it was reported once it has been; until then from the rows as they stand, in a fixed number of statements."""
    if follow_up.frozen:
        return thaw(Content, follow_up.frozen)
    today = day or timezone.localdate()
    assessments = Assessment.objects.exclude(occasion=Occasion.TARGET).select_related("band")
    risks = list(
        risks_followed(follow_up.plan)
        .select_related("quality_area", "analysis__unit")
        .prefetch_related(
            Prefetch("assessments", queryset=assessments, to_attr="judged"),
            Prefetch("actions", queryset=Action.objects.select_related("unit", "owner_person")),
            "controls",
        )
    )
    texts = {text.quality_area_id: text for text in follow_up.texts.all()}
    areas = {risk.quality_area_id: risk.quality_area for risk in risks}
    summary = texts.get(None)
    return Content(
        committee=follow_up.unit.name,
        year=follow_up.plan.year,
        period=follow_up.get_period_display(),
        from_date=follow_up.from_date,
        to_date=follow_up.to_date,
        as_of=today,
        summary=summary.body if summary else "",
        areas=tuple(
            AreaPart(
                name=area.name,
                text=texts[pk].body if pk in texts else "",
                risks=tuple(risk_row(risk, follow_up) for risk in risks if risk.quality_area_id == pk),
            )
            for pk, area in areas.items()
        ),
        actions=tuple(action_rows(risks, follow_up, today)),
        controls=tuple(control_rows(follow_up, today)),
        lessons=tuple(lesson.text for lesson in follow_up.lessons.all()),
    )


def risk_row(risk: Risk, follow_up: FollowUp) -> RiskRow:
    judged = risk.judged
    earlier = [assessment for assessment in judged if assessment.assessed_date < follow_up.from_date]
    counts_from = assessed_from(follow_up.period, follow_up.plan.year)
    return RiskRow(
        pk=risk.pk,
        number=risk.number,
        title=risk.title,
        deficiency=risk.deficiency,
        before=level_of((earlier[-1:] or judged[:1])[0]) if judged else None,
        now=level_of(judged[-1]) if judged else None,
        is_assessed_anew=any(
            assessment.occasion == Occasion.FOLLOW_UP and assessment.assessed_date >= counts_from
            for assessment in judged
        ),
        actions=tuple(action.pk for action in risk.actions.all()),
        controls=tuple(control.pk for control in risk.controls.all()),
        url=risk.get_absolute_url(),
    )


def level_of(assessment: Assessment) -> Level:
    return Level(assessment.score, assessment.band.name, assessment.band.tone, assessment.assessed_date)


def action_rows(risks: Iterable[Risk], follow_up: FollowUp, today: date) -> list[ActionRow]:
    """Every action once, however many risks it answers; the latest effect check speaks."""
    actions = {action.pk: action for risk in risks for action in risk.actions.all()}
    checks = EffectCheck.objects.filter(action__risks__in=risks_followed(follow_up.plan).order_by()).distinct()
    day = min(today, follow_up.to_date)
    latest = {check.action_id: check for check in checks}
    return [
        ActionRow(
            pk=action.pk,
            title=action.title,
            owner=action.owner,
            due_date=action.due_date,
            state=action.state,
            state_words=action.get_state_display(),
            is_late=action.state in OPEN and action.due_date is not None and action.due_date < day,
            effect=latest[action.pk].effect if action.pk in latest else "",
            effect_words=latest[action.pk].get_effect_display() if action.pk in latest else "",
            url=action.get_absolute_url(),
        )
        for action in sorted(actions.values(), key=lambda action: (action.due_date or date.max, action.pk))
    ]


def control_rows(follow_up: FollowUp, day: date) -> list[ControlRow]:
    """The occasions of the risks' controls that fell due in the period."""
    occasions = (
        Occurrence.objects.filter(
            control__risks__in=risks_followed(follow_up.plan).order_by(),
            due_date__range=(follow_up.from_date, follow_up.to_date),
        )
        .select_related("control__unit", "control__frequency")
        .distinct()
    )
    rows = []
    for occasion in occasions:
        outcome = outcome_of(occasion)
        is_done = occasion.state == OccurrenceState.DONE
        rows.append(
            ControlRow(
                pk=occasion.pk,
                control=occasion.control_id,
                title=occasion.control.title,
                due_date=occasion.due_date,
                state=occasion.state,
                state_words=occasion.get_state_display(),
                is_late=occasion.state == OccurrenceState.PLANNED and occasion.due_date < day,
                outcome=" ".join(part for part in (outcome.figure, outcome.words) if part) if is_done else "",
                color=outcome.color if is_done else "neutral",
                url=occasion.get_absolute_url(),
            )
        )
    return rows


def lacking_in(follow_up: FollowUp, content: Content) -> list[str]:
    """What must be written or judged before the nämnd can have it, as sentences."""
    return rules.sentences_of_what_is_lacking(
        has_summary=bool(content.summary.strip()),
        areas_without_text=[area.name for area in content.areas if not area.text.strip()],
        risks_not_assessed=[risk.number for risk in content.risks if not risk.is_assessed_anew],
        needs_lesson=follow_up.period == Period.YEAR and not content.lessons,
    )


def next_year_is_started(follow_up: FollowUp) -> bool:
    return RiskAnalysis.objects.filter(
        Q(unit__path__startswith=follow_up.unit.path), year=follow_up.plan.year + 1, previous__isnull=False
    ).exists()


@dataclass(frozen=True)
class Counted:
    """A figure with its rows; the number on the page is the number of these."""

    figure: Figure
    count: int


@dataclass(frozen=True)
class FollowUpPage:
    """What the page of one follow-up shows to one person."""

    follow_up: FollowUp
    color: str
    content: Content
    figures: list[Counted]
    lacking: list[str]
    moves: tuple[OpenMove, ...]
    may_write: bool
    texts: list[FollowUpText]
    lessons: list[Lesson]
    next_year_obstacle: str | None
    may_start_next_year: bool
    history: list[Happening]
    files: list[FollowUpFile]


def follow_up_page(person: Person, follow_up: FollowUp) -> FollowUpPage:
    content = content_of(follow_up)
    is_draft = follow_up.state == FollowUpState.DRAFT
    lacking = lacking_in(follow_up, content) if is_draft else []
    may_edit = rules.may_edit(person, follow_up.unit)
    moves = [move for move in WORKFLOW.moves_from(follow_up.state) if rules.may_move(person, follow_up, move.name)]
    needed = {area.name for area in content.areas}
    return FollowUpPage(
        follow_up=follow_up,
        color=COLORS[follow_up.state],
        content=content,
        figures=[Counted(figure, len(figure.rows_in(content))) for figure in FIGURES],
        lacking=lacking,
        moves=tuple(
            OpenMove(move, rules.obstacle_to_move(follow_up, move.name, lacking=lacking)) for move in moves
        ),
        may_write=may_edit and is_draft,
        texts=[
            text
            for text in follow_up.texts.select_related("quality_area")
            if text.quality_area is None or text.quality_area.name in needed
        ],
        lessons=list(follow_up.lessons.select_related("quality_area", "risk")),
        next_year_obstacle=rules.obstacle_to_next_year(follow_up, is_started=next_year_is_started(follow_up)),
        may_start_next_year=may_edit and follow_up.period == Period.YEAR,
        history=history(WORKFLOW, follow_up.steps.all()),
        files=list(follow_up.files.defer("content")),
    )
