from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.documents.files import frozen_files
from hjulet.base.frozen import freeze
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.collaboration.notices.deciding import tell_whoever_records_decisions
from hjulet.organisation.decisions.operations import record_decision
from hjulet.organisation.models import Decision, Person, Unit
from hjulet.planning.quality_plan import rules
from hjulet.planning.quality_plan.content import Adoption, PlanContent
from hjulet.planning.quality_plan.document import document_of
from hjulet.planning.quality_plan.gathering import content_of, material_of
from hjulet.planning.quality_plan.models import PlanText, PlanTextTemplate, QualityPlan
from hjulet.planning.quality_plan.queries import decided_plan, file_name, plan_content
from hjulet.planning.quality_plan.states import WORKFLOW
from hjulet.planning.quality_plan.workbook import rows_of, write
from hjulet.planning.risks.rules import Break
from hjulet.rulebook.documents.operations import let_reviews_fall_due


@operation
def start_plan(*, by: Person, committee: Unit, year: int) -> QualityPlan:
    """The first draft for the year, with the texts of last year's plan, or those of the template."""
    require(rules.may_start(by, committee))
    locked(committee)
    require_no(rules.obstacle_to_starting(committee, year))
    plan = QualityPlan(unit=committee, year=year)
    plan.full_clean()
    plan.save()
    last_year = decided_plan(committee, year - 1)
    bodies = dict(last_year.texts.values_list("key", "body")) if last_year else {}
    for template in PlanTextTemplate.objects.select_related("quality_area"):
        plan.texts.create(
            key=template.key,
            quality_area=template.quality_area,
            title=template.title,
            body=bodies.get(template.key) or template.body,
            order=template.order,
        )
    audit.record("quality_plan.started", by=by, target=plan, after={"year": year, "texts_from": last_year})
    return plan


@operation
def revise_plan(plan: QualityPlan, *, by: Person, reason: str) -> QualityPlan:
    """A new draft beside the plan that holds, until it is adopted in its place."""
    require(rules.may_edit(by, plan))
    require_no(rules.obstacle_to_revising(locked(plan)))
    version = QualityPlan(unit=plan.unit, year=plan.year, version=plan.version + 1, revision_reason=reason.strip())
    version.full_clean()
    version.save()
    for text in plan.texts.all():
        version.texts.create(
            key=text.key, quality_area_id=text.quality_area_id, title=text.title, body=text.body, order=text.order
        )
    audit.record("quality_plan.revised", by=by, target=version, after={"version": version.version, "reason": reason})
    return version


@operation
def write_text(text: PlanText, *, by: Person, revision: int, body: str) -> PlanText:
    """`text` may be a chapter that nobody has begun: it is saved for the first time."""
    require(rules.may_edit(by, text.plan))
    require_no(rules.obstacle_to_changing(locked(text.plan)))
    if text.pk is None:
        text.body = body
        text.full_clean()
        text.save()
        before, after = {}, {"body": body}
    else:
        before, after = save_changes(text, revision=revision, changes={"body": body})
    if after:
        chapter = {"title": text.title}
        audit.record("quality_plan.text_written", by=by, target=text.plan, before=chapter | before, after=after)
    return text


@operation
def refer_plan(plan: QualityPlan, *, by: Person) -> QualityPlan:
    return make_move(plan, "refer", by=by)


@operation
def propose_plan(plan: QualityPlan, *, by: Person) -> QualityPlan:
    """Put the plan to the nämnd as it stands now: what is adopted is what was sent, whatever happens to the rows."""
    material = material_of(plan)
    with translation.override("sv"):
        proposed = freeze(content_of(material))
    make_move(plan, "propose", by=by, breaks=rules.breaks_in(material), frozen=proposed)
    tell_whoever_records_decisions(plan, by=by)
    return plan


@operation
def send_back_plan(plan: QualityPlan, *, by: Person, reason: str) -> QualityPlan:
    return make_move(plan, "send_back", by=by, reason=reason, frozen=None)


@operation
def adopt_plan(
    plan: QualityPlan, *, by: Person, meeting_date: date, paragraph: str, registry_number: str
) -> QualityPlan:
    """Record that the nämnd has adopted the plan, and keep the document in every format as it was adopted.

    The version that held before is superseded.
    """
    require_no(rules.obstacle_to_move(locked(plan), "adopt"))
    decision = record_decision(
        by=by,
        committee=plan.unit,
        meeting_date=meeting_date,
        paragraph=paragraph,
        registry_number=registry_number,
        subject=_("Kvalitetsplan %(year)s, version %(version)s") % {"year": plan.year, "version": plan.version},
    )
    held_before = decided_plan(plan.unit, plan.year)
    content = replace(plan_content(plan), adoption=adoption_of(decision))
    make_move(plan, "adopt", by=by, decision=decision, frozen=freeze(content))
    keep_files(plan, content, day=meeting_date)
    if held_before and held_before.state in rules.REVISABLE:
        supersede(held_before, plan, by=by)
    let_reviews_fall_due(plan.unit, by=by, day=meeting_date)
    return plan


@operation
def start_follow_up(plan: QualityPlan, *, by: Person) -> QualityPlan:
    return make_move(plan, "start_follow_up", by=by)


@operation
def close_plan(plan: QualityPlan, *, by: Person) -> QualityPlan:
    return make_move(plan, "close", by=by)


def adoption_of(decision: Decision) -> Adoption:
    return Adoption(decision.meeting_date, decision.paragraph, decision.registry_number)


def keep_files(plan: QualityPlan, content: PlanContent, *, day: date) -> None:
    """The document in Swedish, whatever language the person works in."""
    with translation.override("sv"):
        document = document_of(content, status=plan.get_state_display(), day=day)
        for fields in frozen_files(document, write(rows_of(content)), name=file_name(plan)):
            plan.files.create(**fields)


def supersede(plan: QualityPlan, version: QualityPlan, *, by: Person) -> None:
    """Follows from the decision on the new version; whoever records that needs no right of its own."""
    reason = _("Ersatt av version %(version)s: %(reason)s") % {
        "version": version.version,
        "reason": version.revision_reason,
    }
    carry_out(plan, "supersede", by=by, reason=reason)


def make_move(
    plan: QualityPlan, move: str, *, by: Person, reason: str = "", breaks: Sequence[Break] = (), **fields: Any
) -> QualityPlan:
    """The part all moves share; `fields` are what goes with the new state."""
    require(rules.may_move(by, plan, move))
    require_no(rules.obstacle_to_move(plan, move, breaks))
    return carry_out(plan, move, by=by, reason=reason, **fields)


def carry_out(plan: QualityPlan, move: str, *, by: Person, reason: str = "", **fields: Any) -> QualityPlan:
    before = plan.state
    perform(plan, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"quality_plan.{move}",
        by=by,
        target=plan,
        before={"state": before},
        after={"state": plan.state, "reason": reason, "decision": fields.get("decision")},
    )
    return plan
