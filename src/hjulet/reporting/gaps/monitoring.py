"""What may be missing in how we look: occasions whose day has passed, and duties that are nobody's."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.monitoring.log_review import rules as review_rules
from hjulet.monitoring.log_review.queries import reviews_visible_to
from hjulet.monitoring.log_review.states import ReviewState
from hjulet.monitoring.recurring_duties import rules as duty_rules
from hjulet.monitoring.recurring_duties.queries import duties_visible_to, duty_occurrences_visible_to
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.monitoring.self_monitoring import rules as control_rules
from hjulet.monitoring.self_monitoring.queries import occurrences_visible_to
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.reporting.gaps.shape import NO_OWNER, Kind, Source

OCCASIONS = Source(
    rows=lambda person, _year: occurrences_visible_to(person).filter(state=OccurrenceState.PLANNED),
    unit="control__unit",
    kinds=(
        Kind(
            "control-result",
            _("Egenkontroller utan resultat fast dagen har gått"),
            _("Registrera resultatet"),
            "self_monitoring:record",
            lambda day: Q(due_date__lt=day),
            control_rules.may_record,
        ),
    ),
)
DUTIES = Source(
    rows=lambda person, _year: duties_visible_to(person).filter(last_date=None),
    unit="unit",
    kinds=(
        Kind(
            "duty-owner",
            _("Årsuppgifter utan ansvarig"),
            _("Välj ansvarig"),
            "recurring_duties:change",
            lambda _day: NO_OWNER,
            duty_rules.may_change,
        ),
    ),
)
DUTY_OCCASIONS = Source(
    rows=lambda person, _year: duty_occurrences_visible_to(person).filter(state=DutyState.PLANNED),
    unit="duty__unit",
    kinds=(
        Kind(
            "duty-late",
            _("Årsuppgifter som inte är gjorda fast dagen har gått"),
            _("Markera som gjord"),
            "recurring_duties:finish",
            lambda day: Q(due_date__lt=day),
            duty_rules.may_work_on,
        ),
    ),
)
REVIEWS = Source(
    rows=lambda person, _year: reviews_visible_to(person),
    unit="plan__unit",
    kinds=(
        Kind(
            "review-late",
            _("Logggranskningar som inte är undertecknade fast dagen har gått"),
            _("Öppna granskningen"),
            "log_review:detail",
            lambda day: ~Q(state=ReviewState.SIGNED) & Q(due_date__lt=day),
            review_rules.may_review,
        ),
    ),
)

SOURCES = (OCCASIONS, DUTIES, DUTY_OCCASIONS, REVIEWS)
