from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.base.workflow import perform
from hjulet.collaboration.registers.operations import save_register_row
from hjulet.collaboration.registers.queries import latest_version
from hjulet.collaboration.registers.register import Register
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.rulebook.laws import rules
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, Provision, ReviewOutcome
from hjulet.rulebook.laws.notices import tell_of_what_is_asked
from hjulet.rulebook.laws.queries import pointing_to
from hjulet.rulebook.laws.registers import LAWS, PROVISIONS
from hjulet.rulebook.laws.states import WORKFLOW, ReviewState

NOTHING: dict[str, Any] = {"outcome": "", "comment": "", "done_by": None, "done_date": None}


@operation
def add_law(*, by: Person, reason: str = "", revision: int = 0, **values: Any) -> Law:
    """`values` are fields of `LawForm`; what is not said stands as the model has it."""
    require(rules.may_edit(by))
    return save_row(Law(), LAWS, by=by, revision=revision, reason=reason, changes=values)


@operation
def change_law(law: Law, *, by: Person, revision: int, reason: str = "", **changes: Any) -> Law:
    require(rules.may_edit(by))
    return save_row(law, LAWS, by=by, revision=revision, reason=reason, changes=changes)


@operation
def add_provision(*, by: Person, law: Law, reason: str = "", revision: int = 0, **values: Any) -> Provision:
    require(rules.may_edit(by))
    changes = {"law": law, **values}
    return save_row(Provision(law=law), PROVISIONS, by=by, revision=revision, reason=reason, changes=changes)


@operation
def change_provision(provision: Provision, *, by: Person, revision: int, reason: str = "", **changes: Any) -> Provision:
    require(rules.may_edit(by))
    return save_row(provision, PROVISIONS, by=by, revision=revision, reason=reason, changes=changes)


@operation
def check_law(
    law: Law, *, by: Person, checked_date: date, comment: str, certainty: str, next_review_date: date | None = None
) -> LawCheck:
    """Somebody has gone through what the law asks; that it has been read in the law itself is said here too."""
    require(rules.may_edit(by))
    if checked_date > timezone.localdate():
        raise ValidationError({"checked_date": _("Genomgången kan inte vara gjord en dag som inte har varit.")})
    check = LawCheck(
        law=law,
        checked_date=checked_date,
        comment=comment.strip(),
        next_review_date=next_review_date,
        by=by,
        at=timezone.now(),
    )
    check.full_clean()
    check.save()
    standing = locked(law)
    if certainty != standing.certainty:
        version = latest_version(LAWS, law)
        save_row(law, LAWS, by=by, revision=version, reason=comment, changes={"certainty": certainty})
    law.reviewed_date, law.reviewed_by, law.next_review_date = checked_date, by, next_review_date
    law.save(update_fields=["reviewed_date", "reviewed_by", "next_review_date"])
    audit.record("law.gone_through", by=by, target=law, after={"checked_date": checked_date, "reason": comment})
    return check


@operation
def supersede_law(
    law: Law, *, by: Person, valid_to: date, reason: str, due_date: date, successor: Law | None = None
) -> list[LawReview]:
    """It holds no longer than to the day. Whoever answers for what it governs is asked to go through that."""
    return supersede(law, LAWS, by=by, valid_to=valid_to, successor=successor, reason=reason, due_date=due_date)


@operation
def supersede_provision(
    provision: Provision,
    *,
    by: Person,
    valid_to: date,
    reason: str,
    due_date: date,
    successor: Provision | None = None,
) -> list[LawReview]:
    return supersede(
        provision, PROVISIONS, by=by, valid_to=valid_to, successor=successor, reason=reason, due_date=due_date
    )


def supersede(
    row: Any, register: Register, *, by: Person, valid_to: date, successor: Any, reason: str, due_date: date
) -> list[LawReview]:
    require(rules.may_edit(by))
    require_no(rules.obstacle_to_superseding(row))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv en orsak.")})
    changes = {"valid_to": valid_to, "successor": successor}
    save_row(row, register, by=by, revision=latest_version(register, row), reason=reason, changes=changes)
    reviews = ask_for_reviews(row, by=by, reason=reason.strip(), due_date=due_date)
    audit.record(
        f"{row._meta.model_name}.superseded",
        by=by,
        target=row,
        after={**changes, "reason": reason, "reviews": len(reviews)},
    )
    return reviews


def save_row(row: Any, register: Register, *, by: Person, revision: int, reason: str, changes: dict) -> Any:
    values = register.values_of(row) | changes if row.pk else defaults_of(register) | changes
    return save_register_row(row, by=by, register=register, revision=revision, reason=reason, **values)


def defaults_of(register: Register) -> dict[str, Any]:
    return {name: register.field(name).get_default() for name in register.fields}


def ask_for_reviews(row: Law | Provision, *, by: Person, reason: str, due_date: date) -> list[LawReview]:
    """One task for each row that points here, in its unit and for its owner; one that is open already is enough."""
    asked = [one for kind, rows in pointing_to(row) for one in kind.with_owners(rows)]
    found = (ask_for_review(row, one, by, reason, due_date) for one in asked)
    reviews = [review for review in found if review is not None]
    tell_of_what_is_asked(reviews, by=by)
    return reviews


def ask_for_review(row: Law | Provision, of: Any, by: Person, reason: str, due_date: date) -> LawReview | None:
    what: dict[str, Any] = {"law": row} if isinstance(row, Law) else {"provision": row}
    kind = ContentType.objects.get_for_model(of)
    if LawReview.objects.filter(**what, target_type=kind, target_id=of.pk, state=ReviewState.OPEN).exists():
        return None
    review = LawReview(
        **what,
        target_type=kind,
        target_id=of.pk,
        title=str(of)[:300],
        unit=of.unit,
        owner_person=of.owner_person,
        owner_role=of.owner_role,
        reason=reason,
        due_date=due_date,
    )
    review.full_clean()
    review.save()
    audit.record("lawreview.asked", by=by, target=review, after={"title": review.title, "due_date": due_date})
    return review


@operation
def finish_review(review: LawReview, *, by: Person, revision: int, outcome: ReviewOutcome, comment: str) -> LawReview:
    """The row still says what is right, or has been changed."""
    if not comment.strip():
        raise ValidationError({"comment": _("Skriv vad du kom fram till.")})
    locked(review, revision=revision)
    done = {"outcome": outcome, "comment": comment.strip(), "done_by": by, "done_date": timezone.localdate()}
    return make_move(review, "finish", by=by, reason=comment, **done)


@operation
def reopen_review(review: LawReview, *, by: Person, reason: str) -> LawReview:
    return make_move(review, "reopen", by=by, reason=reason, **NOTHING)


def make_move(review: LawReview, move: str, *, by: Person, reason: str, **fields: Any) -> LawReview:
    before = review.state
    require(rules.may_work_on(by, review))
    require_no(rules.obstacle_to_move(review, move))
    perform(review, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"lawreview.{move}",
        by=by,
        target=review,
        before={"state": before},
        after={"state": review.state, "reason": reason},
    )
    return review


@operation
def relocate_review(review: LawReview, *, by: Person, to: Unit, day: date) -> LawReview:
    """Follows when its unit is reorganised, as the row does that it is about."""
    relocate(review, by=by, to=to)
    return review
