from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.monitoring.log_review.models import ReviewRule

REVIEW_RULES = Register(
    key="granskningsregler",
    model=ReviewRule,
    fields=("name", "months", "sample_size", "much", "finish_days", "order"),
    title=_("Regler för logggranskning"),
    intro=_("Hur ofta läsloggen granskas och hur mycket av den. Lagen säger återkommande, antalen väljer ni."),
)
