from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require_no
from hjulet.organisation.decisions import rules
from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.people.models import Person
from hjulet.organisation.units.models import Unit


@operation
def record_decision(
    *, by: Person, committee: Unit, meeting_date: date, paragraph: str, registry_number: str, subject: str
) -> Decision:
    """What the nämnd decided, as its minutes say. Called inside the operation that carries the decision out."""
    if sentence := rules.why_not_record(by, committee):
        raise PermissionDenied(sentence)
    require_no(rules.obstacle_to_recording(committee, meeting_date))
    decision = Decision(
        committee=committee,
        meeting_date=meeting_date,
        paragraph=paragraph.strip(),
        registry_number=registry_number.strip(),
        subject=subject,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    decision.full_clean()
    decision.save()
    audit.record(
        "decision.recorded",
        by=by,
        target=decision,
        unit=committee,
        after={
            "meeting_date": meeting_date,
            "paragraph": decision.paragraph,
            "registry_number": decision.registry_number,
            "subject": subject,
        },
    )
    return decision
