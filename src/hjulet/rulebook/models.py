from hjulet.rulebook.quality_areas.models import QualityArea

__all__ = ["QualityArea"]
