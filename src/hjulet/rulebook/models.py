from hjulet.rulebook.agreements.models import (
    Agreement,
    AgreementKind,
    AgreementStep,
    MandatoryBasis,
    Party,
    Requirement,
)
from hjulet.rulebook.copies.models import Copy, Piece, Sketch
from hjulet.rulebook.documents.kept import DocumentFile, VersionStep
from hjulet.rulebook.documents.models import (
    DocumentKind,
    DocumentVersion,
    GoverningDocument,
)
from hjulet.rulebook.documents.reviews import DocumentReview
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate, StandardPoint, TemplatePoint
from hjulet.rulebook.introductions.models import Introduction, IntroductionStep, Point, SignOff
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, LawReviewStep, Provision
from hjulet.rulebook.links.models import RuleLink
from hjulet.rulebook.processes.models import ImportedFile, Process, ProcessStep, ProcessVersion
from hjulet.rulebook.processes.parts import Activity, Flow
from hjulet.rulebook.quality_areas.models import QualityArea
from hjulet.rulebook.questions.models import DocumentQuestion
from hjulet.rulebook.receipts.models import ReadingRequest, ReadReceipt

__all__ = [
    "Activity",
    "Agreement",
    "AgreementKind",
    "AgreementStep",
    "Copy",
    "DocumentFile",
    "DocumentKind",
    "DocumentQuestion",
    "DocumentReview",
    "DocumentVersion",
    "Flow",
    "GoverningDocument",
    "ImportedFile",
    "Introduction",
    "IntroductionStep",
    "IntroductionTemplate",
    "Law",
    "LawCheck",
    "LawReview",
    "LawReviewStep",
    "MandatoryBasis",
    "Party",
    "Piece",
    "Point",
    "Process",
    "ProcessStep",
    "ProcessVersion",
    "Provision",
    "QualityArea",
    "ReadReceipt",
    "ReadingRequest",
    "Requirement",
    "RuleLink",
    "SignOff",
    "Sketch",
    "StandardPoint",
    "TemplatePoint",
    "VersionStep",
]
