"""The governing documents of a municipality, and what is asked of them."""

from datetime import date
from pathlib import Path

import yaml

from hjulet.rulebook.models import DocumentVersion, GoverningDocument
from hjulet.search.keeping import index_anew
from tests.rulebook.documents.walks import kind

DATA = yaml.safe_load((Path(__file__).parent / "data" / "rulebook.yaml").read_text(encoding="utf-8"))
QUESTIONS = [(question, set(keys)) for question, keys in DATA["questions"]]


def keep_all(unit):
    """Each as it is when it was decided before it was read in, and indexed; their keys in the file by title."""
    routine = kind()
    for said in DATA["documents"]:
        document = GoverningDocument.objects.create(
            unit=unit,
            kind=routine,
            title=said["title"],
            summary=said["summary"],
            search_words=said.get("words", ""),
            was_decided=True,
        )
        DocumentVersion.objects.create(
            document=document,
            title=said["title"],
            body=said["text"],
            state="in_force",
            valid_from=date(2026, 1, 1),
            decided_before="Enhetschefen",
            decided_before_date=date(2025, 12, 1),
        )
    index_anew()
    return {said["title"]: said["key"] for said in DATA["documents"]}
