from hjulet.rulebook.documents.kept import DocumentFile, VersionStep
from hjulet.rulebook.documents.models import (
    DocumentKind,
    DocumentVersion,
    GoverningDocument,
)
from hjulet.rulebook.documents.reviews import DocumentReview
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, LawReviewStep, Provision
from hjulet.rulebook.quality_areas.models import QualityArea

__all__ = [
    "DocumentFile",
    "DocumentKind",
    "DocumentReview",
    "DocumentVersion",
    "GoverningDocument",
    "Law",
    "LawCheck",
    "LawReview",
    "LawReviewStep",
    "Provision",
    "QualityArea",
    "VersionStep",
]
