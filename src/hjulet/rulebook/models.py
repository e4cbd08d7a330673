from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, LawReviewStep, Provision
from hjulet.rulebook.quality_areas.models import QualityArea

__all__ = ["Law", "LawCheck", "LawReview", "LawReviewStep", "Provision", "QualityArea"]
