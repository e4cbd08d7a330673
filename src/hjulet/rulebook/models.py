from hjulet.rulebook.documents.models import (
    DocumentFile,
    DocumentKind,
    DocumentVersion,
    GoverningDocument,
    VersionStep,
)
from hjulet.rulebook.documents.reviews import DocumentReview
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, LawReviewStep, Provision
from hjulet.rulebook.processes.models import ImportedFile, Process, ProcessStep, ProcessVersion
from hjulet.rulebook.processes.parts import Activity, Flow
from hjulet.rulebook.quality_areas.models import QualityArea

__all__ = [
    "Activity",
    "DocumentFile",
    "DocumentKind",
    "DocumentReview",
    "DocumentVersion",
    "Flow",
    "GoverningDocument",
    "ImportedFile",
    "Law",
    "LawCheck",
    "LawReview",
    "LawReviewStep",
    "Process",
    "ProcessStep",
    "ProcessVersion",
    "Provision",
    "QualityArea",
    "VersionStep",
]
