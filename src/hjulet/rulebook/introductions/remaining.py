"""What is left of an introduction. A document that is to be read is signed off by the receipt that it has been."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hjulet.rulebook.introduction_templates.states import SignedBy
from hjulet.rulebook.introductions.models import Introduction, Point
from hjulet.rulebook.receipts.models import ReadReceipt, not_over

OF_EMPLOYEE = (SignedBy.EMPLOYEE, SignedBy.BOTH)
OF_SUPERVISOR = (SignedBy.SUPERVISOR, SignedBy.BOTH)


def is_read(day: date) -> Exists:
    """Whether the new employee has read what the point says: as it applies now, or as it did at some time since."""
    now_or_since = not_over(day, "version__") | Q(read_date__gte=OuterRef("introduction__start_date"))
    receipts = ReadReceipt.objects.filter(
        now_or_since, version__document=OuterRef("document"), person=OuterRef("introduction__person")
    )
    return Exists(receipts.order_by())


def with_reading(points: QuerySet[Point], day: date | None = None) -> QuerySet[Point]:
    return points.annotate(is_read=is_read(day or timezone.localdate()))


def awaits_employee(day: date) -> Q:
    return Q(~is_read(day), signed_by__in=OF_EMPLOYEE, employee_signed_date=None)


def awaits_supervisor() -> Q:
    return Q(signed_by__in=OF_SUPERVISOR, supervisor_signed_date=None)


def unsigned(day: date) -> QuerySet[Point]:
    return Point.objects.filter(awaits_employee(day) | awaits_supervisor())


def remaining(introduction: Introduction) -> int:
    return unsigned(timezone.localdate()).filter(introduction=introduction).count()


def parts_left(point: Point) -> list[str]:
    """Whose signature the point lacks; it must come from `with_reading`."""
    left = []
    if point.signed_by in OF_EMPLOYEE and point.employee_signed_date is None and not point.is_read:  # type: ignore[attr-defined]
        left.append(SignedBy.EMPLOYEE.value)
    if point.signed_by in OF_SUPERVISOR and point.supervisor_signed_date is None:
        left.append(SignedBy.SUPERVISOR.value)
    return left
