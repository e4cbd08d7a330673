"""The way out: everything as open formats, readable without Kvalitetshjulet."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import BinaryField, Field, FileField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.backup.archive import Writer, as_text, whole_file, writing
from hjulet.backup.operations import note_export
from hjulet.backup.tables import LEFT_OUT, Table, as_json, snapshot
from hjulet.backup.taking import checksum
from hjulet.base.models import FrozenFile
from hjulet.base.operations import Refused
from hjulet.collaboration.models import Attachment
from hjulet.organisation.models import Person
from hjulet.organisation.units.queries import municipality

# What only opens doors here. Whoever leaves has no use for it, and whoever steals the file has.
SECRET_TABLES = LEFT_OUT | {
    "account_emailconfirmation",
    "mfa_authenticator",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
}
SECRET_COLUMNS = {("organisation_person", "password"), ("reporting_calendarfeed", "token_hash")}

README = """\
Allt ur Kvalitetshjulet
=======================

Uttaget {created:%Y-%m-%d %H:%M} ur version {version} för {municipality}.
Filen är ett vanligt zip-arkiv och innehållet är öppna format. Inget av det kräver Kvalitetshjulet.

Vad som finns
-------------

tabeller/     En fil per tabell, i JSON Lines: UTF-8, en rad per post, fältens namn på varje rad.
              Tider står i UTC enligt ISO 8601. Ett fält som slutar på _id pekar på id i en annan tabell.
bilagor/      Bilagorna, i en mapp per rad i tabellen collaboration_attachment, med sina riktiga namn.
              Återtagna bilagor finns med; raden säger att de är återtagna, och varför.
dokument/     Beslutade dokument så som de frystes: webbsida, Word, PDF och Excel,
              i en mapp per tabell och rad.
manifest.json Vad tabellerna och fälten heter i klartext, vad koderna betyder och vart fälten pekar,
              antal rader, och storlek och SHA-256 för varje fil i arkivet.

Vad som inte finns
------------------

Hemligheter som bara hör till inloggningen är utelämnade: lösenordens kontrollsummor, den andra faktorn vid
inloggning, koder för att bekräfta e-postadresser, vem som är vem i kommunens inloggningstjänst, och pågående
inloggningar.

Arkivet innehåller uppgifter från alla nämnder, också sådant som är sekretessbelagt. Förvara det därefter.

Tabeller
--------

{tables}
"""


@dataclass
class Exported:
    path: Path
    rows: int = 0
    files: int = 0
    missing_files: list[str] = field(default_factory=list)


def export_all(path: Path) -> Exported:
    """Write everything to one zip of open formats, and say so in the log.

    All rows are read from one moment. Raises `Refused` when the file exists or cannot be written.
    """
    if path.exists():
        raise Refused(_("%(path)s finns redan. Välj ett annat namn.") % {"path": path})
    place = municipality()
    if place is None:
        raise Refused(_("Databasen är tom. Det finns inget att ta ut."))
    exported, told = Exported(path), {}
    with whole_file(path) as file, writing(file) as writer:
        with snapshot():
            for table in open_tables():
                told[table.name] = described(table) | {"rows": write_table(table, writer)}
                exported.rows += told[table.name]["rows"]
            write_documents(writer)
            write_attachments(writer, exported)
        writer.add("LÄS MIG.txt", readme(place, told))
        exported.files = sum(not name.startswith("tabeller/") for name in writer.members) - 1
        writer.add("manifest.json", as_text(manifest(told, writer, exported)))
        writer.zip.close()
    note_export(
        place,
        by=Person.objects.machine(),
        file=path.name,
        sha256=checksum(path),
        rows=exported.rows,
        files=exported.files,
    )
    return exported


def open_tables() -> list[Table]:
    models = apps.get_models(include_auto_created=True)
    tables = [Table(model) for model in models if model._meta.managed and not model._meta.proxy]
    return sorted((table for table in tables if table.name not in SECRET_TABLES), key=lambda table: table.name)


def open_fields(table: Table) -> list[Field]:
    """The columns but for secrets; what a document's content was becomes the name of its file."""
    return [field for field in table.fields if (table.name, field.column) not in SECRET_COLUMNS]


def write_table(table: Table, writer: Writer) -> int:
    fields, count = open_fields(table), 0
    with writer.member(f"tabeller/{table.name}.jsonl") as member:
        for row in table.model._base_manager.order_by("pk").iterator(chunk_size=500):
            said = {field.column: value_of(field, row) for field in fields}
            member.write(json.dumps(said, default=as_json, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def value_of(field: Field, row: Model) -> Any:
    if isinstance(field, FileField) and isinstance(row, Attachment):
        return attachment_name(row)
    if isinstance(field, BinaryField) and isinstance(row, FrozenFile):
        return document_name(row)
    return field.value_from_object(row)


def described(table: Table) -> dict[str, Any]:
    """The table in words, for whoever reads it without us."""
    meta = table.model._meta
    return {
        "name": str(meta.verbose_name),
        "columns": {
            field.column: {
                "name": str(field.verbose_name),
                "kind": field.get_internal_type(),
                "points_to": field.related_model._meta.db_table if field.is_relation else None,
                "choices": {str(value): str(label) for value, label in field.flatchoices},
            }
            for field in open_fields(table)
        },
    }


def write_documents(writer: Writer) -> None:
    for model in frozen_models():
        for row in model._base_manager.order_by("pk").iterator(chunk_size=1):
            writer.add(document_name(row), bytes(row.content))


def frozen_models() -> Iterator[type[FrozenFile]]:
    return (model for model in apps.get_models() if issubclass(model, FrozenFile))


def write_attachments(writer: Writer, exported: Exported) -> None:
    for row in Attachment._base_manager.order_by("pk").iterator(chunk_size=500):
        try:
            source = default_storage.open(row.file.name)
        except FileNotFoundError:
            exported.missing_files.append(attachment_name(row))
        else:
            with source:
                writer.copy(attachment_name(row), source)


def attachment_name(row: Attachment) -> str:
    return f"bilagor/{row.pk}/{real_name(row.name)}"


def document_name(row: FrozenFile) -> str:
    return f"dokument/{row._meta.db_table}/{row.pk}/{real_name(row.name)}"


def real_name(name: str) -> str:
    """The name as people know it, but nothing in it that means a folder or is forbidden on some system."""
    kept = "".join("_" if sign in '/\\:*?"<>|' or unicodedata.category(sign) == "Cc" else sign for sign in name)
    return kept.strip(" .") or "fil"


def readme(place: Any, told: dict[str, dict[str, Any]]) -> bytes:
    width = max(map(len, told))
    lines = [f"{name:{width}}  {table['rows']:>7} rader" for name, table in told.items()]
    text = README.format(
        created=timezone.localtime(), version=version("hjulet"), municipality=place.name, tables="\n".join(lines)
    )
    return text.encode()


def manifest(told: dict[str, Any], writer: Writer, exported: Exported) -> dict[str, Any]:
    return {
        "product": "Kvalitetshjulet",
        "version": version("hjulet"),
        "created": timezone.now().isoformat(),
        "tables": told,
        "missing_files": exported.missing_files,
        "files": {name: {"size": said.size, "sha256": said.sha256} for name, said in writer.members.items()},
    }
