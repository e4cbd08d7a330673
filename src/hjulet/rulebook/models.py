from hjulet.rulebook.agreements.models import (
    Agreement,
    AgreementKind,
    AgreementStep,
    MandatoryBasis,
    Party,
    Requirement,
)
from hjulet.rulebook.quality_areas.models import QualityArea

__all__ = [
    "Agreement",
    "AgreementKind",
    "AgreementStep",
    "MandatoryBasis",
    "Party",
    "QualityArea",
    "Requirement",
]
