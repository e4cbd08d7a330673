from django.db.models import Max

from hjulet.planning.goals.models import Goal
from hjulet.planning.risks.models import RiskAnalysis
from hjulet.rulebook.models import QualityArea


def next_number(analysis: RiskAnalysis, *, goal: Goal | None, quality_area: QualityArea) -> tuple[int, int]:
    """Risks of one goal and area share the first number. The caller holds the analysis, so no two get the same."""
    alike = analysis.risks.filter(goal=goal, quality_area=quality_area).order_by("area_number").first()
    if alike is None:
        return (analysis.risks.aggregate(last=Max("area_number"))["last"] or 0) + 1, 1
    in_area = analysis.risks.filter(area_number=alike.area_number)
    return alike.area_number, in_area.aggregate(last=Max("ordinal"))["last"] + 1
