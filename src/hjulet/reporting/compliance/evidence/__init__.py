"""What shows that a requirement is met. A new evidence is an entry: it makes the one statement that counts longer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.reporting.compliance.evidence.monitoring import (
    CONTROLS,
    DUTIES,
    INDICATORS,
    MEASUREMENTS,
    OCCURRENCES,
)
from hjulet.reporting.compliance.evidence.organisation import LAW_REVIEWS, LAWS, UNITS
from hjulet.reporting.compliance.evidence.planning import ANALYSES, PLANS, RISKS
from hjulet.reporting.compliance.evidence.processes import ACTIVITIES, PROCESSES
from hjulet.reporting.compliance.evidence.results import ACTIONS, FOLLOW_UPS, LESSONS, OUTCOMES
from hjulet.reporting.compliance.evidence.rulebook import AGREEMENTS, DOCUMENTS, RECEIPTS, RESPONSIBILITIES

SOURCES = (
    PROCESSES,
    ACTIVITIES,
    DOCUMENTS,
    UNITS,
    RECEIPTS,
    AGREEMENTS,
    RESPONSIBILITIES,
    LAWS,
    LAW_REVIEWS,
    PLANS,
    ANALYSES,
    RISKS,
    CONTROLS,
    OCCURRENCES,
    INDICATORS,
    MEASUREMENTS,
    DUTIES,
    ACTIONS,
    FOLLOW_UPS,
    OUTCOMES,
    LESSONS,
)

# Said honestly beside what is counted, where the product lacks a part of what the requirement asks for.
NOT_HERE = _(
    "Det som kommer in registreras ännu inte i Kvalitetshjulet. Skriv i bedömningen hur ni gör, och länka till det som"
    " visar det."
)
NOT_COUNTED = _("Det här går inte att räkna. Skriv i bedömningen hur ni gör.")
ABSENT: dict[str, Any] = dict.fromkeys(("Q-15", "Q-16", "Q-17"), NOT_HERE)
