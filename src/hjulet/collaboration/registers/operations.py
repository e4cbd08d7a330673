from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import EditConflict, locked, operation, require
from hjulet.collaboration.registers import rules
from hjulet.collaboration.registers.models import RegisterVersion
from hjulet.collaboration.registers.queries import latest_version
from hjulet.collaboration.registers.register import Register
from hjulet.organisation.models import Person


@operation
def save_register_row(
    row: Model, *, by: Person, register: Register, revision: int = 0, reason: str = "", **values: Any
) -> Model:
    """Add the row, or change it; `values` are the register's fields, `revision` the version the person saw.

    Each save is a version. The first change of a row from the library also keeps how it was as version 1.
    """
    require(rules.may_manage(by, register))
    before: dict[str, Any] = {}
    if row.pk:
        standing = locked(row)
        number = standing.revision = latest_version(register, standing)
        if number != revision:
            raise EditConflict(standing)
        before = register.values_of(standing)
        if before == values:
            return row
        if number == 0:
            add_version(register, standing, 1, by=Person.objects.machine(), reason=_("Så som raden var från början."))
            revision = 1
    for name, value in values.items():
        setattr(row, name, value)
    if getattr(row, "key", None) == "":
        row.key = free_key(row)
    row.full_clean()
    row.save()
    add_version(register, row, revision + 1, by=by, reason=reason)
    changed = {name: value for name, value in values.items() if not before or before[name] != value}
    audit.record(
        f"{row._meta.model_name}.{'changed' if before else 'added'}",
        by=by,
        target=row,
        before={name: before[name] for name in changed if before},
        after=changed,
    )
    return row


def add_version(register: Register, row: Model, number: int, *, by: Person, reason: str) -> RegisterVersion:
    return RegisterVersion.objects.create(
        register=register.key,
        row_id=row.pk,
        number=number,
        values=audit.plain(register.values_of(row)),
        reason=reason,
        by=by,
        at=timezone.now(),
    )


def free_key(row: Model) -> str:
    """A key made of the row's name that no other row has."""
    wanted = slugify(str(row))[:40] or "rad"
    taken = set(type(row)._default_manager.filter(key__startswith=wanted).values_list("key", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)
