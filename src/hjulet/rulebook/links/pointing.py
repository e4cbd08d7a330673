from django.utils.translation import gettext_lazy as _

from hjulet.rulebook.laws.pointing import Pointing
from hjulet.rulebook.links.models import RuleLink

POINTS = (
    Pointing(
        key="rule_links",
        model=RuleLink,
        name=_("Risker, åtgärder och kontroller"),
        rows=lambda: RuleLink.objects.that_hold().with_targets(),
        visible_to=RuleLink.objects.visible_to,
        provision="provision",
    ),
)
