from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.text import slugify

from hjulet.base.documents import html
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.frozen import thaw
from hjulet.base.models import FrozenFile
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, units_within_reach
from hjulet.planning.quality_plan import rules
from hjulet.planning.quality_plan.content import PlanContent
from hjulet.planning.quality_plan.document import document_of
from hjulet.planning.quality_plan.gathering import Material, content_of, material_of
from hjulet.planning.quality_plan.models import PlanFile, PlanText, QualityPlan
from hjulet.planning.quality_plan.states import COLORS, DECIDED, STRAIGHT, WORKFLOW, PlanState
from hjulet.planning.quality_plan.workbook import rows_of, write
from hjulet.planning.risks.rules import Break

Format = FrozenFile.Format


@dataclass(frozen=True)
class File:
    """A document ready to be sent: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class PlanPage:
    """What the page of one plan shows to one person. `texts`, `breaks` are of use while it can be changed."""

    plan: QualityPlan
    color: str
    states: list[tuple[str, str]]
    document: SafeString
    formats: list[tuple[str, str]]
    moves: tuple[OpenMove, ...]
    breaks: list[Break]
    texts: list[PlanText]
    may_write: bool
    may_revise: bool
    obstacle_to_revising: str | None


@dataclass(frozen=True)
class HistoryPage:
    """How the plan came about: its steps, and its versions with the latest first."""

    plan: QualityPlan
    history: list[Happening]
    versions: list[QualityPlan]


def plans_visible_to(person: Person) -> QuerySet[QualityPlan]:
    """Where every page about plans starts."""
    return QualityPlan.objects.visible_to(person).select_related("unit", "decision")


def listed_plans(person: Person) -> QuerySet[QualityPlan]:
    """For the table, without all that was frozen in them."""
    return plans_visible_to(person).defer("frozen")


def plans_awaiting(person: Person) -> QuerySet[QualityPlan]:
    """What lies before the nämnd, for whoever enters its decisions."""
    reach = units_within_reach(person, Permission.DECISIONS_RECORD)
    return plans_visible_to(person).filter(unit__in=reach, state=PlanState.PROPOSED)


def latest_plan(committee: Unit, year: int) -> QualityPlan | None:
    """The newest version, decided or not."""
    return (
        QualityPlan.objects.filter(unit=committee, year=year)
        .select_related("unit", "decision")
        .order_by("-version")
        .first()
    )


def decided_plan(committee: Unit, year: int) -> QualityPlan | None:
    """The version that holds, or held to the end of the year."""
    decided = QualityPlan.objects.filter(unit=committee, year=year, state__in=DECIDED)
    return decided.exclude(state=PlanState.SUPERSEDED).order_by("-version").first()


def plan_content(plan: QualityPlan) -> PlanContent:
    """What was frozen when the plan was proposed and adopted; before that, what the rows say now."""
    return thaw(PlanContent, plan.frozen) if plan.frozen else content_of(material_of(plan))


def plan_page(person: Person, plan: QualityPlan) -> PlanPage:
    material = None if plan.frozen else material_of(plan)
    breaks = rules.breaks_in(material) if material else []
    may_edit = rules.may_edit(person, plan)
    return PlanPage(
        plan=plan,
        color=COLORS[plan.state],
        states=[(state, state.label) for state in STRAIGHT],
        document=drawn(person, plan, material),
        formats=[(value, label) for value, label in Format.choices if value != Format.HTML or plan.is_decided],
        moves=tuple(
            OpenMove(move, rules.obstacle_to_move(plan, move.name, breaks, by=person))
            for move in WORKFLOW.moves_from(plan.state)
            if rules.is_shown(person, plan, move.name)
        ),
        breaks=breaks if may_edit else [],
        texts=material.texts if material and may_edit else [],
        may_write=may_edit and not rules.obstacle_to_changing(plan),
        may_revise=may_edit and plan.state in rules.REVISABLE,
        obstacle_to_revising=rules.obstacle_to_revising(plan) if may_edit and plan.state in rules.REVISABLE else None,
    )


def drawn(person: Person, plan: QualityPlan, material: Material | None) -> SafeString:
    """The plan for its page, with links for those who may follow them."""
    content = content_of(material) if material else plan_content(plan)
    linked = holds(person, Permission.RISKS_READ, plan.unit)
    return html.render_fragment(
        document_of(content, status=plan.get_state_display(), day=day_of(content), linked=linked)
    )


def day_of(content: PlanContent) -> date:
    """The day a document bears: that of the decision, or today."""
    return content.adoption.meeting_date if content.adoption else timezone.localdate()


def text_of(plan: QualityPlan, key: str) -> PlanText | None:
    """A chapter by its key, also one that nobody has begun yet."""
    return next((text for text in material_of(plan).texts if text.key == key), None) if not plan.frozen else None


def history_page(person: Person, plan: QualityPlan) -> HistoryPage:
    versions = plans_visible_to(person).filter(unit=plan.unit_id, year=plan.year)
    return HistoryPage(
        plan, history(WORKFLOW, beside(plan, "steps")), list(versions.defer("frozen").order_by("-version"))
    )


def plan_file(plan: QualityPlan, format: str) -> File:
    """The file as it was adopted, byte for byte; of a plan that is not decided, as it stands now."""
    if plan.is_decided:
        kept = PlanFile.objects.get(plan=plan, format=format)
        return File(kept.name, bytes(kept.content))
    return File(f"{file_name(plan)}.{format}", made_file(plan_content(plan), plan, format))


def made_file(content: PlanContent, plan: QualityPlan, format: str) -> bytes:
    """In Swedish whoever asks: a document has one language."""
    with translation.override("sv"):
        if format == Format.XLSX:
            return write(rows_of(content))
        return RENDERED[format](document_of(content, status=plan.get_state_display(), day=day_of(content)))


def file_name(plan: QualityPlan) -> str:
    return f"kvalitetsplan-{plan.year}-{slugify(plan.unit.name)}-version-{plan.version}"
