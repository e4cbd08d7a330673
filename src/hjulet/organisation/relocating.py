"""The one way a row changes unit: what an app's own operation does when its rows follow in a reorganisation."""

from typing import Any

from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, require, require_no
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.rules import may_manage


def relocate(row: Any, *, by: Person, to: Unit) -> None:
    """Let the row belong to another unit of the same nämnd; what it says is untouched."""
    standing = locked(row)
    require(may_manage(by, standing.unit) and may_manage(by, to))
    require_no(obstacle_to_relocating(standing.unit, to))
    row.unit, row.revision = to, standing.revision + 1
    row.save(update_fields=["unit", "revision"])
    verb = f"{row._meta.model_name}.relocated"
    audit.record(verb, by=by, target=row, unit=to, before={"unit": standing.unit}, after={"unit": to})


def obstacle_to_relocating(unit: Unit, to: Unit) -> str | None:
    """Secrecy runs between nämnder, and between those who have none: nothing made by one goes over to another."""
    if unit.committee_id == to.committee_id is not None:
        return None
    return _("%(to)s hör till en annan nämnd än %(unit)s.") % {"to": to.name, "unit": unit.name}
