from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from hjulet.actions.models import Action, Effect, EffectCheck
from hjulet.actions.states import OPEN
from hjulet.base.frozen import thaw
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.monitoring.models import Occurrence
from hjulet.monitoring.self_monitoring.queries import outcome_of
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.models import Assessment, QualityPlan, Risk, RiskAnalysis
from hjulet.planning.quality_plan.gathering import labels_in, numbered
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

T = TypeVar("T")


def follow_ups_visible_to(person: Person) -> QuerySet[FollowUp]:
    return FollowUp.objects.visible_to(person).select_related("unit", "plan__unit", "decision")


def follow_ups_awaiting(person: Person) -> QuerySet[FollowUp]:
    """What lies before the nämnd, for whoever enters its decisions."""
    reach = units_within_reach(person, Permission.DECISIONS_RECORD)
    return follow_ups_visible_to(person).filter(unit__in=reach, state=FollowUpState.PROPOSED)


def risks_followed(plan: QualityPlan) -> QuerySet[Risk]:
    """The risks that were yellow or red at any time of the plan's year, in the nämnd and the units below it.

    Not what is marked as secret: neither its words nor a figure that counts it goes to the nämnd.
    """
    ever_in_plan = Assessment.objects.filter(risk=OuterRef("pk"), band__tone__in=[Tone.YELLOW, Tone.RED]).exclude(
        occasion=Occasion.TARGET
    )
    return (
        Risk.objects.unmarked()
        .filter(Exists(ever_in_plan.order_by()), analysis__unit__path__startswith=plan.unit.path, year=plan.year)
        .order_by("quality_area__order", "analysis__unit__path", "area_number", "ordinal")
    )


def content_of(follow_up: FollowUp, *, day: date | None = None) -> Content:
    """As it was sent to the nämnd once it has been; until then from the rows, in a fixed number of statements."""
    if follow_up.frozen:
        return thaw(Content, follow_up.frozen)
    return live_content(follow_up, texts_of(follow_up), lessons_of(follow_up), day=day)


def live_content(
    follow_up: FollowUp, texts: list[FollowUpText], lessons: list[Lesson], *, day: date | None = None
) -> Content:
    today = day or timezone.localdate()
    risks = list(with_levels(risks_followed(follow_up.plan), follow_up))
    actions = answering(follow_up.plan)
    occasions = occasions_of(follow_up)
    bodies = {text.quality_area_id: text.body for text in texts}
    areas = {risk.quality_area_id: risk.quality_area for risk in risks}
    action_links, control_links = links_of(actions), links_of(occasions)
    labels = labels_in(follow_up.plan)
    return Content(
        committee=follow_up.unit.name,
        year=follow_up.plan.year,
        period=follow_up.get_period_display(),
        from_date=follow_up.from_date,
        to_date=follow_up.to_date,
        as_of=today,
        summary=bodies.get(None, ""),
        areas=tuple(
            AreaPart(
                name=area.name,
                text=bodies.get(pk, ""),
                risks=tuple(
                    risk_row(risk, numbered(risk, labels), action_links[risk.pk], control_links[risk.pk])
                    for risk in risks
                    if risk.quality_area_id == pk
                ),
            )
            for pk, area in areas.items()
        ),
        actions=tuple(action_row(action, min(today, follow_up.to_date)) for action in once(actions)),
        controls=tuple(control_row(occasion, today) for occasion in once(occasions)),
        lessons=tuple(lesson.text for lesson in lessons),
    )


def texts_of(follow_up: FollowUp) -> list[FollowUpText]:
    return list(follow_up.texts.select_related("quality_area"))


def lessons_of(follow_up: FollowUp) -> list[Lesson]:
    return list(follow_up.lessons.select_related("quality_area", "risk"))


def with_levels(risks: QuerySet[Risk], follow_up: FollowUp) -> QuerySet[Risk]:
    """Adds the level now, the assessment to compare with (`then_…`: the last before the period, or else the first) and `is_anew`."""
    judged = Assessment.objects.filter(risk=OuterRef("pk")).exclude(occasion=Occasion.TARGET)
    then = judged.annotate(is_later=Q(assessed_date__gte=follow_up.from_date)).order_by(
        "is_later", Case(When(is_later=False, then=F("assessed_date"))).desc(), "assessed_date", "pk"
    )
    anew = judged.filter(
        occasion=Occasion.FOLLOW_UP, assessed_date__gte=assessed_from(follow_up.period, follow_up.plan.year)
    )
    return risks.select_related("quality_area", "analysis").annotate(
        now_score=F("probability") * F("severity"),
        now_band=F("band__name"),
        now_tone=F("band__tone"),
        now_date=F("assessed_date"),
        then_score=Subquery(then.values(score=F("probability") * F("severity"))[:1]),
        then_band=Subquery(then.values("band__name")[:1]),
        then_tone=Subquery(then.values("band__tone")[:1]),
        then_date=Subquery(then.values("assessed_date")[:1]),
        is_anew=Exists(anew.order_by()),
    )


def answering(plan: QualityPlan) -> list[Action]:
    """The actions of the risks, one row a link: `linked` is the risk; `latest_effect` is what the last check said."""
    checks = EffectCheck.objects.filter(action=OuterRef("pk")).order_by("-checked_date", "-pk")
    return list(
        Action.objects.unmarked()
        .filter(risks__in=risks_followed(plan).order_by())
        .select_related("unit", "owner_person")
        .annotate(linked=F("risks"), latest_effect=Subquery(checks.values("effect")[:1]))
        .order_by("due_date", "pk")
    )


def occasions_of(follow_up: FollowUp) -> list[Occurrence]:
    """The occasions of the risks' controls that fell due in the period, one row a link: `linked` is the risk."""
    return list(
        Occurrence.objects.filter(
            control__risks__in=risks_followed(follow_up.plan).order_by(),
            due_date__range=(follow_up.from_date, follow_up.to_date),
        )
        .select_related("control__unit", "control__frequency")
        .annotate(linked=F("control__risks"))
        .order_by("due_date", "pk")
    )


def links_of(rows: Iterable[Any]) -> dict[int, tuple[int, ...]]:
    """For each risk the keys of the rows linked to it, in their order; nothing for a risk without any."""
    links: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for row in rows:
        links[row.linked] += (row.pk,)
    return links


def once(rows: Iterable[T]) -> list[T]:
    """Every row one time, however many risks it is linked to."""
    return list({row.pk: row for row in rows}.values())


def risk_row(risk: Risk, number: str, actions: tuple[int, ...], controls: tuple[int, ...]) -> RiskRow:
    return RiskRow(
        pk=risk.pk,
        number=number,
        title=risk.title,
        deficiency=risk.deficiency,
        before=Level(risk.then_score, risk.then_band, risk.then_tone, risk.then_date),
        now=Level(risk.now_score, risk.now_band, risk.now_tone, risk.now_date),
        is_assessed_anew=risk.is_anew,
        actions=actions,
        controls=controls,
        url=risk.get_absolute_url(),
    )


def action_row(action: Action, day: date) -> ActionRow:
    effect = action.latest_effect or ""
    return ActionRow(
        pk=action.pk,
        title=action.title,
        owner=action.owner,
        due_date=action.due_date,
        state=action.state,
        state_words=action.get_state_display(),
        is_late=action.state in OPEN and action.due_date is not None and action.due_date < day,
        effect=effect,
        effect_words=str(Effect(effect).label) if effect else "",
        url=action.get_absolute_url(),
    )


def control_row(occasion: Occurrence, day: date) -> ControlRow:
    is_done = occasion.state == OccurrenceState.DONE
    outcome = outcome_of(occasion)
    return ControlRow(
        pk=occasion.pk,
        title=occasion.control.title,
        due_date=occasion.due_date,
        state=occasion.state,
        state_words=occasion.get_state_display(),
        is_late=occasion.state == OccurrenceState.PLANNED and occasion.due_date < day,
        outcome=" ".join(part for part in (outcome.figure, outcome.words) if part) if is_done else "",
        color=outcome.color if is_done else "neutral",
        url=occasion.get_absolute_url(),
    )


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
    moves: tuple[OpenMove, ...]
    may_write: bool
    texts: list[FollowUpText]
    lessons: list[Lesson]
    next_year_obstacle: str | None
    may_start_next_year: bool
    may_open_rows: bool
    history: list[Happening]
    files: list[FollowUpFile]


def follow_up_page(person: Person, follow_up: FollowUp) -> FollowUpPage:
    is_reported = follow_up.state == FollowUpState.REPORTED
    is_draft = follow_up.state == FollowUpState.DRAFT
    lessons = lessons_of(follow_up)
    texts = texts_of(follow_up) if is_draft else []
    content = live_content(follow_up, texts, lessons) if is_draft else content_of(follow_up)
    lacking = lacking_in(follow_up, content) if is_draft else []
    may_edit = rules.may_edit(person, follow_up.unit)
    moves = [move for move in WORKFLOW.moves_from(follow_up.state) if rules.may_move(person, follow_up, move.name)]
    needed = {area.name for area in content.areas}
    is_started = is_reported and next_year_is_started(follow_up)
    return FollowUpPage(
        follow_up=follow_up,
        color=COLORS[follow_up.state],
        content=content,
        figures=[Counted(figure, len(figure.rows_in(content))) for figure in FIGURES],
        moves=tuple(OpenMove(move, rules.obstacle_to_move(follow_up, move.name, lacking=lacking)) for move in moves),
        may_write=may_edit and is_draft,
        texts=[text for text in texts if text.quality_area is None or text.quality_area.name in needed],
        lessons=lessons,
        next_year_obstacle=rules.obstacle_to_next_year(follow_up, is_started=is_started),
        may_start_next_year=may_edit and follow_up.period == Period.YEAR,
        may_open_rows=rules.may_open_rows(person, follow_up),
        history=history(WORKFLOW, beside(follow_up, "steps")),
        files=list(follow_up.files.defer("content")) if is_reported else [],
    )
