from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person
from hjulet.rulebook.laws.pointing import Pointing
from hjulet.rulebook.links.models import RuleLink
from hjulet.rulebook.links.queries import targets_of


class PointingByLink(Pointing):
    """What is shown for a link is the row it hangs on."""

    def with_owners(self, rows: QuerySet) -> QuerySet:
        return rows.with_targets()

    def seen_by(self, person: Person, rows: QuerySet) -> list[QuerySet]:
        return targets_of(rows, person)


POINTS = (
    PointingByLink(
        key="rule_links",
        model=RuleLink,
        name=_("Risker, åtgärder och kontroller"),
        rows=RuleLink.objects.that_hold,
        provision="provision",
    ),
)
