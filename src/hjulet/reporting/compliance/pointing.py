from django.utils.translation import gettext_lazy as _

from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.compliance.queries import latest_judgements
from hjulet.rulebook.laws.pointing import Pointing

POINTS = (
    Pointing(
        key="judgements",
        model=ComplianceJudgement,
        name=_("Bedömningar av krav"),
        rows=latest_judgements,
        provision="provision",
        beside=("unit", "by", "provision__law"),
    ),
)
