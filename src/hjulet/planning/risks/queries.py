from django.db.models import Count, QuerySet

from hjulet.organisation.models import Person
from hjulet.planning.risks.models import Assessment, Lack, Occasion, Risk, RiskAnalysis, is_lacking


def analyses_visible_to(person: Person) -> QuerySet[RiskAnalysis]:
    """Where every page about risk analyses starts."""
    return RiskAnalysis.objects.visible_to(person).select_related("unit", "matrix")


def risks_visible_to(person: Person) -> QuerySet[Risk]:
    """Where every page about risks starts."""
    return Risk.objects.visible_to(person).select_related("analysis__unit", "quality_area", "band")


def present_assessments(risk: Risk) -> QuerySet[Assessment]:
    """How the risk has been judged to be, latest first: what it is meant to become is not among them."""
    return risk.assessments.exclude(occasion=Occasion.TARGET).order_by("-assessed_date", "-pk")


def missing_in(risks: QuerySet[Risk]) -> dict[Lack, int]:
    """How many of the risks lack each of the things a risk may ask for, in one statement."""
    counts = {what.value: Count("pk", filter=is_lacking(what)) for what in Lack}
    return {Lack(what): count for what, count in risks.order_by().aggregate(**counts).items()}
