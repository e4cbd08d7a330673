from datetime import date
from decimal import Decimal

from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.organisation.models import Person
from hjulet.rulebook.copies import rules
from hjulet.rulebook.copies.likeness import likeness, sketch
from hjulet.rulebook.copies.models import Copy, Piece, Sketch
from hjulet.rulebook.copies.queries import AT_A_TIME, not_yet_compared, perhaps_alike
from hjulet.rulebook.documents.models import DocumentVersion

LEAST_LIKENESS = Decimal("0.35")


@operation
def compare_new_texts(*, by: Person, day: date) -> int:
    """What has begun to apply is compared with all that does, a part at a time; returns how many pairs were found.

    No audit: nothing of the municipality's is changed.
    """
    require(by.is_machine)
    return sum(len(compare(version, day)) for version in not_yet_compared(day)[:AT_A_TIME])


def compare(version: DocumentVersion, day: date) -> list[Copy]:
    now, text = timezone.now(), version.plain
    found = sketch(text)
    pairs = [(other, Decimal(f"{likeness(text, other.plain):.3f}")) for other in perhaps_alike(version, found, day)]
    made = Sketch.objects.create(version=version, made_at=now)
    Piece.objects.bulk_create([Piece(sketch=made, value=value) for value in found])
    return Copy.objects.bulk_create(
        [
            Copy(first_id=min(version.pk, other.pk), second_id=max(version.pk, other.pk), likeness=share, found_at=now)
            for other, share in pairs
            if share >= LEAST_LIKENESS
        ]
    )


@operation
def keep_both(copy: Copy, *, by: Person, reason: str) -> Copy:
    """Say why two texts are to be nearly alike: they are then no longer among those that drift."""
    require(rules.may_keep(by, copy))
    require_no(rules.obstacle_to_keeping(locked(copy)))
    copy.kept_reason, copy.kept_by, copy.kept_at = reason.strip(), by, timezone.now()
    copy.full_clean()
    copy.save(update_fields=["kept_reason", "kept_by", "kept_at"])
    audit.record("copy.kept", by=by, target=copy, unit=copy.unit, after={"reason": copy.kept_reason})
    return copy
