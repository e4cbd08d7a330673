"""What may be missing in how we look: occasions whose day has passed, and duties and indicators that are nobody's."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.monitoring.indicators import rules as indicator_rules
from hjulet.monitoring.indicators.queries import indicators_visible_to, measurements_visible_to
from hjulet.monitoring.indicators.states import MeasurementState
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
INDICATORS = Source(
    rows=lambda person, _year: indicators_visible_to(person).in_use(),
    unit="unit",
    kinds=(
        Kind(
            "indicator-owner",
            _("Nyckeltal utan ansvarig"),
            _("Välj ansvarig"),
            "indicators:change",
            lambda _day: NO_OWNER,
            indicator_rules.may_change,
        ),
        Kind(
            "indicator-question",
            _("Nyckeltal där något är kvar att ta ställning till"),
            _("Ta ställning"),
            "indicators:change",
            lambda _day: ~Q(question=""),
            indicator_rules.may_change,
        ),
    ),
)
MEASUREMENTS = Source(
    rows=lambda person, _year: measurements_visible_to(person).filter(state=MeasurementState.PLANNED),
    unit="unit",
    kinds=(
        Kind(
            "measurement-late",
            _("Nyckeltal som inte är mätta fast dagen har gått"),
            _("Registrera mätningen"),
            "indicators:record",
            lambda day: Q(due_date__lt=day),
            indicator_rules.may_measure,
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

SOURCES = (OCCASIONS, INDICATORS, MEASUREMENTS, DUTIES, DUTY_OCCASIONS, REVIEWS)
