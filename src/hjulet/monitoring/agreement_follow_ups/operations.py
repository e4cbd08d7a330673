from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.actions.operations import plan_action
from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require, require_no
from hjulet.monitoring.agreement_follow_ups import rules
from hjulet.monitoring.agreement_follow_ups.models import AgreementFollowUp, RequirementVerdict
from hjulet.organisation.models import Person
from hjulet.rulebook.agreements.operations import set_next_follow_up
from hjulet.rulebook.agreements.rules import may_follow_up, obstacle_to_following_up
from hjulet.rulebook.models import Agreement, Requirement


@operation
def record_follow_up(
    agreement: Agreement,
    *,
    by: Person,
    done_date: date,
    summary: str,
    measures: str = "",
    opinions: Mapping[Requirement, tuple[str, str]] | None = None,
    next_follow_up_date: date | None = None,
) -> AgreementFollowUp:
    """What the look at it showed and when it is looked at again; `opinions` are a verdict and a note per requirement."""
    require(may_follow_up(by, agreement))
    require_no(obstacle_to_following_up(agreement))
    if done_date > timezone.localdate():
        raise ValidationError({"done_date": _("Uppföljningen kan inte vara gjord en dag som inte har varit.")})
    if next_follow_up_date and next_follow_up_date <= done_date:
        raise ValidationError({"next_follow_up_date": _("Nästa uppföljning är efter den här.")})
    follow_up = AgreementFollowUp(
        agreement=agreement, done_date=done_date, summary=summary, measures=measures, by=by, recorded_at=timezone.now()
    )
    follow_up.full_clean()
    follow_up.save()
    for requirement, (verdict, note) in (opinions or {}).items():
        judge(follow_up, requirement, verdict, note)
    counts = Counter(verdict for verdict, _note in (opinions or {}).values())
    after = {"done_date": done_date, "summary": summary, "verdicts": dict(counts)}
    audit.record("agreementfollowup.recorded", by=by, target=follow_up, after=after)
    set_next_follow_up(agreement, by=by, day=next_follow_up_date)
    return follow_up


def judge(follow_up: AgreementFollowUp, requirement: Requirement, verdict: str, note: str) -> None:
    if requirement.agreement_id != follow_up.agreement_id:
        raise ValidationError(_("Kravet hör till ett annat avtal."))
    row = RequirementVerdict(
        follow_up=follow_up,
        requirement=requirement,
        order=requirement.order,
        text=requirement.text,
        is_critical=requirement.is_critical,
        verdict=verdict,
        note=note.strip(),
    )
    row.full_clean()
    row.save()


@operation
def plan_action_from(verdict: RequirementVerdict, *, by: Person, **given: Any) -> Action:
    """Answer a requirement that is not met with an action in the agreement's unit; `given` as to `plan_action`."""
    follow_up = verdict.follow_up
    require(rules.may_plan_action_from(by, follow_up))
    require_no(rules.obstacle_to_planning_action(verdict))
    action = plan_action(by=by, unit=follow_up.agreement.unit, **given)
    verdict.actions.add(action)
    audit.record(
        "agreementfollowup.action_planned",
        by=by,
        target=follow_up,
        after={"action": action, "requirement": verdict.text},
    )
    return action
