from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.audit.models import How, Read
from hjulet.base.operations import operation, require
from hjulet.collaboration.read_log.extract import AskedBy, Extract, File, file_of
from hjulet.collaboration.read_log.queries import readings_visible_to, reviewed_units, within
from hjulet.organisation.change_log.queries import name_of
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.queries import role_that_grants

MOST_ROWS = 2000


@operation
def make_extract(
    *,
    by: Person,
    first: date,
    last: date,
    asked_by: str,
    purpose: str,
    format: str,
    with_names: bool = False,
    reader: Person | None = None,
    kind: str = "",
    number: int | None = None,
) -> File:
    """A document of what `reader` has read, or of who has read the row; that it was made is itself a reading."""
    require(holds_anywhere(by, Permission.READ_LOG_REVIEW))
    about = str(reader) if reader else f"{name_of(kind)} {number}"
    wanted = {"person_id": reader.pk} if reader else {"target_type": kind, "target_id": number}
    readings = list(within(readings_visible_to(by).filter(**wanted), first, last).order_by("at", "pk")[: MOST_ROWS + 1])
    if len(readings) > MOST_ROWS:
        raise ValidationError(
            {"first": _("Det är mer än %(most)s läsningar. Välj en kortare tid.") % {"most": MOST_ROWS}}
        )
    units = reviewed_units(by)
    extract = Extract(
        about=about[:1].upper() + about[1:],
        first=first,
        last=last,
        asked_by=asked_by,
        purpose=purpose,
        with_names=with_names,
        made_by=f"{by.name}, {by.title}" if by.title else by.name,
        organisation=", ".join(str(unit) for unit in units),
        day=timezone.localdate(),
    )
    details = f"{about}, {first}–{last}, {AskedBy(asked_by).label}"
    reads = [
        Read(
            unit,
            unit.pk,
            unit.committee_id,
            How.EXTRACT,
            role_that_grants(by, Permission.READ_LOG_REVIEW, unit),
            reason=purpose,
            details=details,
        )
        for unit in units
    ]
    audit.log_readings(reads, by=by)
    audit.record(
        "person.readings_extracted", by=by, target=by, unit=units[0], after={"reason": purpose, "rows": len(readings)}
    )
    return file_of(extract, readings, format)
