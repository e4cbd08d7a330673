from django.utils.translation import gettext_lazy as _

from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.compliance.queries import judgements_visible_to, latest_judgements
from hjulet.rulebook.laws.pointing import Pointing

POINTS = (
    Pointing(
        key="judgements",
        model=ComplianceJudgement,
        name=_("Bedömningar av krav"),
        rows=lambda: latest_judgements().select_related("unit", "by", "provision__law"),
        visible_to=judgements_visible_to,
        provision="provision",
    ),
)
