"""Governing documents with their versions, and who has read them: five hundred, or ten times as many."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice

from django.utils import timezone
from tqdm import tqdm

from hjulet.organisation.models import Person
from hjulet.rulebook.models import DocumentKind, DocumentVersion, GoverningDocument, ReadingRequest, ReadReceipt
from hjulet.search.operations import index_rows
from hjulet.search.sources import SOURCES
from tests.bench.place import Place
from tests.search.rulebook import DATA

FEW, MANY = 500, 5_000
VERSIONS = 20
RECEIPTS = 40  # of each document
AT_A_TIME = 500
FIRST_DAY = date(2020, 1, 1)
LASTING = timedelta(days=120)


def fill(place: Place, count: int) -> None:
    """So many documents in all, each with twenty versions, the last of which applies; and forty who have read it."""
    there = GoverningDocument.objects.count()
    kind, _new = DocumentKind.objects.get_or_create(key="routine", defaults={"name": "Rutin"})
    machine = Person.objects.machine()
    source = next(source for source in SOURCES if source.model is GoverningDocument)
    for numbers in tqdm(list(chunks(there, count)), desc="documents", unit=f"{AT_A_TIME}", file=sys.stderr):
        made = GoverningDocument.objects.bulk_create(document(place, kind, number) for number in numbers)
        versions = DocumentVersion.objects.bulk_create(in_order_of_time(made), AT_A_TIME)
        applying = versions[-len(made) :]
        ReadingRequest.objects.bulk_create(request(place, row) for row in applying[::10])
        ReadReceipt.objects.bulk_create(receipts(place, applying), 2 * AT_A_TIME)
        index_rows(source, [row.pk for row in made], by=machine)


def chunks(first: int, end: int) -> Iterator[range]:
    return (range(start, min(start + AT_A_TIME, end)) for start in range(first, end, AT_A_TIME))


def in_order_of_time(documents: list[GoverningDocument]) -> Iterator[DocumentVersion]:
    """As they were written: the versions of a document lie years apart."""
    return (version(row, number) for number in range(1, VERSIONS + 1) for row in documents)


def document(place: Place, kind: DocumentKind, number: int) -> GoverningDocument:
    """Every tenth belongs to a nämnd, the others to its units; each tells the others' story with a name of its own."""
    unit = place.committee if number % 10 == 0 else place.units[number % len(place.units)]
    said = DATA["documents"][number % len(DATA["documents"])]
    return GoverningDocument(
        unit=unit,
        kind=kind,
        title=f"{said['title']}, {number}",
        summary=said["summary"],
        owner_role="unit_manager",
        decider_role="unit_manager",
        was_decided=True,
        next_review_date=timezone.localdate() + timedelta(days=number % 400 - 30),
    )


def version(row: GoverningDocument, number: int) -> DocumentVersion:
    said = next(said for said in DATA["documents"] if row.title.startswith(said["title"]))
    begins = FIRST_DAY + LASTING * (number - 1)
    is_last = number == VERSIONS
    return DocumentVersion(
        document=row,
        number=number,
        state="in_force" if is_last else "superseded",
        title=row.title,
        body=f"# {said['title']}\n\n{said['text']}\n\nI utgåva {number} är ordningen en annan än förut. {said['text']}",
        changes="" if number == 1 else "Ordningen är ändrad.",
        valid_from=begins,
        valid_to=None if is_last else begins + LASTING - timedelta(days=1),
        decided_before="Enhetschefen",
        decided_before_date=begins,
    )


def request(place: Place, row: DocumentVersion) -> ReadingRequest:
    today = timezone.localdate()
    return ReadingRequest(
        version=row,
        unit=row.document.unit,
        due_date=today + timedelta(days=14),
        asked_by=place.local,
        asked_by_name=place.local.name,
        asked_date=today,
    )


def receipts(place: Place, versions: list[DocumentVersion]) -> Iterator[ReadReceipt]:
    now, people = timezone.now(), cycle(place.people)
    for row in versions:
        for person in islice(people, RECEIPTS):
            yield ReadReceipt(
                version=row,
                person=person,
                unit=row.document.unit,
                role="employee",
                read_date=timezone.localdate(now),
                at=now,
            )
