"""Laws, what they ask, and something that points to them, by the real operations."""

from datetime import date

from hjulet.reporting.compliance.operations import judge
from hjulet.reporting.compliance.states import Verdict
from hjulet.rulebook.laws import operations
from hjulet.rulebook.laws.models import ReviewOutcome
from hjulet.rulebook.laws.states import ReviewState

TODAY = date(2026, 3, 16)
YESTERDAY = date(2026, 3, 15)
LATER = date(2026, 4, 15)


def law(by, number="2001:453", **given):
    values = {"title": "Socialtjänstlag", "short": "SoL", "number": number, "kind": "act", "field": "social"}
    return operations.add_law(by=by, **values | given)


def provision(by, of, reference="3 kap. 3 §", **given):
    return operations.add_provision(by=by, law=of, **{"reference": reference, "heading": "God kvalitet"} | given)


def judged(by, committee, provision, verdict=Verdict.MET, **given):
    values = {"comment": "Vi har sett det.", "judged_date": TODAY}
    return judge(by=by, committee=committee, provision=provision, verdict=verdict, **values | given)


def supersede(provision, by, successor=None):
    return operations.supersede_provision(
        provision, by=by, valid_to=YESTERDAY, reason="Ny lag.", due_date=LATER, successor=successor
    )


def finish(review, by):
    return operations.finish_review(
        review, by=by, revision=review.revision, outcome=ReviewOutcome.STILL_RIGHT, comment="Det stämmer."
    )


def review_at(state, by, committee):
    """A judgement points to a provision that ceases: whoever judged is to see whether it still holds."""
    asked = provision(by, law(by))
    judged(by, committee, asked)
    [review] = supersede(asked, by)
    if state == ReviewState.DONE:
        finish(review, by)
    assert review.state == state
    return review
