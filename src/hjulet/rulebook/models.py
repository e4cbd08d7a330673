from hjulet.rulebook.documents.models import (
    DocumentFile,
    DocumentKind,
    DocumentReview,
    DocumentVersion,
    GoverningDocument,
    VersionStep,
)
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, LawReviewStep, Provision
from hjulet.rulebook.quality_areas.models import QualityArea
from hjulet.rulebook.receipts.models import ReadingRequest, ReadReceipt

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
    "ReadReceipt",
    "ReadingRequest",
    "VersionStep",
]
