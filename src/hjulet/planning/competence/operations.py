from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.audit import operations as audit
from hjulet.base.operations import Refused, locked, operation, require, require_no, save_changes
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.planning.competence import rules
from hjulet.planning.competence.models import Competence, CompetenceCount, CompetenceNeed
from hjulet.planning.competence.queries import latest_count
from hjulet.planning.leads import operations as leads
from hjulet.planning.risks.models import Risk, RiskAnalysis


@operation
def map_need(
    *,
    by: Person,
    unit: Unit,
    role_title: str,
    competence: Competence,
    needed: int,
    have: int | None = None,
    headcount: int | None = None,
    counted_date: date | None = None,
    plan: str = "",
    plan_due_date: date | None = None,
    owner_person: Person | None = None,
    owner_role: str = "",
) -> CompetenceNeed:
    """Put a need in the unit's map, with its first count where somebody has counted."""
    require(rules.may_map(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    require_no(rules.obstacle_to_another(unit, role_title, competence))
    need = CompetenceNeed(
        unit=unit,
        role_title=role_title.strip(),
        competence=competence,
        needed=needed,
        plan=plan,
        plan_due_date=plan_due_date,
        owner_person=owner_person,
        owner_role=owner_role,
    )
    need.full_clean()
    need.save()
    audit.record("need.mapped", by=by, target=need, after={"needed": needed, "plan": plan})
    if have is not None or headcount is not None:
        if have is None or headcount is None:
            raise ValidationError(
                {"have": _("Ange både hur många som har kompetensen och hur många som är anställda.")}
            )
        day = counted_date or timezone.localdate()
        count_need(need, by=by, needed=needed, have=have, headcount=headcount, counted_date=day)
    return need


@operation
def change_need(need: CompetenceNeed, *, by: Person, revision: int, **changes: Any) -> CompetenceNeed:
    """Change the plan or who answers for it; `changes` are fields of `NeedForm`."""
    require(rules.may_change(by, need))
    require_no(rules.obstacle_to_changing(need))
    before, after = save_changes(need, revision=revision, changes=changes)
    if after:
        audit.record("need.changed", by=by, target=need, before=before, after=after)
    return need


@operation
def count_need(
    need: CompetenceNeed,
    *,
    by: Person,
    needed: int,
    have: int,
    headcount: int,
    counted_date: date,
    note: str = "",
) -> CompetenceCount:
    """How it was on a day. The count of the latest day is what the map shows."""
    require(rules.may_change(by, need))
    require_no(rules.obstacle_to_changing(locked(need)))
    if obstacle := rules.obstacle_to_day(counted_date):
        raise ValidationError({"counted_date": obstacle})
    count = CompetenceCount(
        need=need,
        counted_date=counted_date,
        needed=needed,
        have=have,
        headcount=headcount,
        note=note,
        by=by,
        recorded_at=timezone.now(),
    )
    count.full_clean()
    count.save()
    stand_at_latest(need)
    # How many have it stands in the count, which is never changed: whoever reads the log may not be the one to see it.
    audit.record("need.counted", by=by, target=need, after={"needed": needed, "counted_date": counted_date})
    return count


@operation
def end_need(need: CompetenceNeed, *, by: Person, reason: str) -> CompetenceNeed:
    """The work no longer asks for it; the counts stay."""
    require(rules.may_change(by, need))
    current = locked(need)
    require_no(rules.obstacle_to_changing(current))
    if not reason.strip():
        raise Refused(_("Skriv en orsak."))
    need.ended_date, need.ended_reason = timezone.localdate(), reason.strip()
    need.revision = current.revision + 1
    need.save(update_fields=["ended_date", "ended_reason", "revision"])
    audit.record("need.ended", by=by, target=need, after={"reason": reason})
    return need


@operation
def plan_action_from(need: CompetenceNeed, *, by: Person, **given: Any) -> Action:
    require_no(rules.obstacle_to_changing(need))
    return leads.plan_action_from(need, by=by, **given)


@operation
def identify_risk_from(need: CompetenceNeed, *, by: Person, analysis: RiskAnalysis, **given: Any) -> Risk:
    require_no(rules.obstacle_to_changing(need))
    return leads.identify_risk_from(need, by=by, analysis=analysis, **given)


@operation
def relocate_need(need: CompetenceNeed, *, by: Person, to: Unit, day: date) -> CompetenceNeed:
    """Follows when its unit is reorganised; two units' needs of the same may then stand beside each other."""
    relocate(need, by=by, to=to)
    return need


def stand_at_latest(need: CompetenceNeed) -> None:
    """Let the need repeat its latest count."""
    latest = latest_count(need)
    if latest is None:
        return
    need.needed, need.have, need.headcount = latest.needed, latest.have, latest.headcount
    need.counted_date = latest.counted_date
    need.save(update_fields=["needed", "have", "headcount", "counted_date"])
