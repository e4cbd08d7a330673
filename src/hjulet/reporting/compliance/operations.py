from datetime import date
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require, require_no
from hjulet.organisation.models import Person, Unit
from hjulet.reporting.compliance import rules
from hjulet.reporting.compliance.archive import Contents, write_archive
from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.compliance.states import Verdict
from hjulet.rulebook.models import Provision


@operation
def judge(
    *,
    by: Person,
    committee: Unit,
    provision: Provision,
    verdict: Verdict,
    comment: str,
    judged_date: date,
    link: str = "",
) -> ComplianceJudgement:
    """A judgement beside the live evidence; earlier ones stand as they were."""
    require(rules.may_judge(by, committee))
    require_no(rules.obstacle_to_judging(provision))
    if judged_date > timezone.localdate():
        raise ValidationError({"judged_date": _("Bedömningen kan inte vara gjord en dag som inte har varit.")})
    judgement = ComplianceJudgement(
        unit=committee,
        provision=provision,
        verdict=verdict,
        comment=comment.strip(),
        link=link,
        judged_date=judged_date,
        by=by,
        at=timezone.now(),
    )
    judgement.full_clean()
    judgement.save()
    after = {"provision": provision, "verdict": verdict, "comment": judgement.comment, "link": link}
    audit.record("compliance.assessed", by=by, target=judgement, after=after)
    return judgement


@operation
def take_out_archive(committee: Unit, *, by: Person, into: BinaryIO, day: date) -> Contents:
    """All that shows how the requirements are met, as far as the person may see it. That it was taken out is logged."""
    require(rules.may_take_out(by, committee))
    contents = write_archive(into, by, committee, day)
    after = {"files": len(contents.files), "sha256": contents.sha256}
    audit.record("compliance.taken_out", by=by, target=committee, unit=committee, after=after)
    return contents
