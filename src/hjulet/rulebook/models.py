from hjulet.rulebook.copies.models import Copy, Piece, Sketch
from hjulet.rulebook.documents.models import (
    DocumentFile,
    DocumentKind,
    DocumentVersion,
    GoverningDocument,
    VersionStep,
)
from hjulet.rulebook.documents.reviews import DocumentReview
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, LawReviewStep, Provision
from hjulet.rulebook.links.models import RuleLink
from hjulet.rulebook.quality_areas.models import QualityArea

__all__ = [
    "Copy",
    "DocumentFile",
    "DocumentKind",
    "DocumentReview",
    "DocumentVersion",
    "GoverningDocument",
    "Law",
    "LawCheck",
    "LawReview",
    "LawReviewStep",
    "Piece",
    "Provision",
    "QualityArea",
    "RuleLink",
    "Sketch",
    "VersionStep",
]
