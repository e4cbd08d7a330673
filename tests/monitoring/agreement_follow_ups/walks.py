from datetime import date

from hjulet.monitoring.agreement_follow_ups import operations
from hjulet.monitoring.agreement_follow_ups.models import Verdict
from tests.rulebook.agreements.walks import in_force, requirement

TODAY = date(2026, 3, 16)
NEXT = date(2027, 3, 16)


def agreement_with_requirements(by, unit, **given):
    """In force, with two requirements of which the first is critical."""
    agreement = in_force(by, unit, **{"follow_up_months": 12, "next_follow_up_date": date(2026, 3, 1)} | given)
    requirement(agreement, by, text="Besök görs i tid.", is_critical=True, method="Stickprov")
    requirement(agreement, by, text="Plan finns för alla.", order=2)
    return agreement


def record(agreement, by, **given):
    """The first requirement is not met, the second is."""
    verdicts = ((Verdict.NOT, "Var femte besök är sent."), (Verdict.FULFILLED, ""))
    defaults = {
        "done_date": TODAY,
        "summary": "Två av tre delar fungerar.",
        "opinions": dict(zip(agreement.requirements.all(), verdicts, strict=False)),
        "next_follow_up_date": NEXT,
    }
    return operations.record_follow_up(agreement, by=by, **defaults | given)
