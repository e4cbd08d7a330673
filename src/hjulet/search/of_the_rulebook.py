"""What is searched of what we must follow."""

from django.utils import timezone

from hjulet.monitoring.models import AgreementFollowUp
from hjulet.rulebook.documents.queries import version_on
from hjulet.rulebook.laws.queries import laws_visible_to, provisions_visible_to
from hjulet.rulebook.models import Agreement, DocumentVersion, GoverningDocument, Law, Process, Provision, QualityArea
from hjulet.rulebook.processes.states import ProcessState
from hjulet.rulebook.quality_areas.queries import areas_visible_to
from hjulet.search.models import Kind
from hjulet.search.shape import LONGEST_BODY, Bearer, Said, Source, day_of

LONGEST_TEXT = LONGEST_BODY - 2_000  # room for what stands around it


def document(row: GoverningDocument) -> Said:
    """What applies today: a draft and what was replaced are read on the page of the document."""
    applies = version_on(row, timezone.localdate())
    texts = [applies.plain[:LONGEST_TEXT], applies.changes] if applies else []
    texts = [row.summary, *texts, row.search_words]  # last: a passage shows the text when that has the word too
    return Said(row.title, texts, applies.valid_from if applies else day_of(row.created_at), row.unit)


def agreement(row: Agreement) -> Said:
    """With its parties and its requirements: they are what it is remembered by."""
    parties = [f"{party.name} {party.role}" for party in row.parties.all() if party.ended_date is None]
    requirements = [requirement.text for requirement in row.requirements.all() if requirement.ended_date is None]
    texts = [row.purpose, row.target_group, row.registry_number, *parties, *requirements]
    return Said(row.title, texts, row.valid_from or day_of(row.created_at), row.unit)


def agreement_follow_up(row: AgreementFollowUp) -> Said:
    notes = [verdict.note for verdict in row.verdicts.all()]
    return Said(str(row), [row.summary, row.measures, *notes], row.done_date, row.unit)


def process(row: Process) -> Said:
    """What applies; of one that is not adopted yet, what is being described."""
    versions = sorted(row.versions.all(), key=lambda one: (one.state == ProcessState.ADOPTED, one.number))
    version = versions[-1] if versions else None
    steps = [text for one in version.activities.all() for text in (one.title, one.description)] if version else []
    texts = [version.purpose, version.inputs, version.results] if version else []
    return Said(row.title, [*texts, *steps], day_of(row.created_at), row.unit)


def quality_area(row: QualityArea) -> Said:
    return Said(row.name, [row.explanation], row.valid_from)


def law(row: Law) -> Said:
    return Said(str(row), [row.title, row.short, row.demand, row.note], row.valid_from or day_of(row.created_at))


def provision(row: Provision) -> Said:
    texts = [row.heading, row.demand, row.law.title, row.note]
    return Said(str(row), texts, row.valid_from or row.law.valid_from or day_of(row.created_at))


BEARERS = (
    Bearer(GoverningDocument, GoverningDocument.objects.visible_to),
    Bearer(DocumentVersion, DocumentVersion.objects.visible_to),
    Bearer(Process, Process.objects.visible_to),
    Bearer(Agreement, Agreement.objects.visible_to),
    Bearer(AgreementFollowUp, AgreementFollowUp.objects.visible_to),
    Bearer(QualityArea, areas_visible_to, list_page="quality_areas:list"),
    Bearer(Law, laws_visible_to),
    Bearer(Provision, provisions_visible_to),
)

SOURCES = (
    Source(
        GoverningDocument,
        Kind.DOCUMENTS,
        document,
        ("unit",),
        {"rulebook.documentversion": "versions", "organisation.unit": "unit"},
    ),
    Source(
        Process,
        Kind.PROCESSES,
        process,
        ("unit", "versions__activities"),
        {"organisation.unit": "unit"},
    ),
    Source(Agreement, Kind.AGREEMENTS, agreement, ("unit", "parties", "requirements")),
    Source(
        AgreementFollowUp,
        Kind.AGREEMENTS,
        agreement_follow_up,
        ("agreement__unit", "verdicts"),
        {"rulebook.agreement": "agreement"},
    ),
    Source(QualityArea, Kind.AREAS, quality_area),
    Source(Law, Kind.LAWS, law),
    Source(Provision, Kind.LAWS, provision, ("law",), {"rulebook.law": "law"}),
)
