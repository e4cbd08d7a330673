"""Who may change the scale that risks are judged by, and what a version must have before it is used."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.planning.risk_matrix.models import SCALE, Axis, MatrixCell, RiskMatrix
from hjulet.planning.risk_matrix.states import MatrixState, Tone


def may_read(person: Person) -> bool:
    return holds_anywhere(person, Permission.RISKS_READ) or may_edit(person)


def may_edit(person: Person) -> bool:
    """The matrix is one for the whole municipality, as every register is."""
    return holds_anywhere(person, Permission.REGISTERS_MANAGE)


def obstacle_to_drafting() -> str | None:
    if draft := RiskMatrix.objects.filter(state=MatrixState.DRAFT).first():
        return _("Version %(number)s är redan ett utkast. Fortsätt med den.") % {"number": draft.number}
    return None


def obstacle_to_setting_up(matrix: RiskMatrix) -> str | None:
    if matrix.state == MatrixState.DRAFT:
        return None
    return _("Version %(number)s har börjat gälla och ändras aldrig. Gör ett utkast till en ny version.") % {
        "number": matrix.number
    }


def obstacle_to_putting_in_force(matrix: RiskMatrix) -> str | None:
    """Why the version cannot be used yet: a pair without a band, a step without a name, or a severe risk left low.

    `severe_never_low` guards the cells instead of overruling them, so that the matrix on the wall is the one that
    every assessment follows.
    """
    if obstacle := obstacle_to_setting_up(matrix):
        return obstacle
    cells = list(matrix.cells.select_related("band"))
    if unbanded := [cell for cell in cells if cell.band is None]:
        return _("Välj nivå för varje ruta. Nivå saknas för: %(cells)s.") % {"cells": named(unbanded)}
    if matrix.axis_labels.count() < len(Axis) * len(SCALE):
        return _("Ge varje steg på båda axlarna ett namn.")
    low = [cell for cell in cells if cell.severity == SCALE[-1] and cell.band and cell.band.tone == Tone.GREEN]
    if matrix.severe_never_low and low:
        return _("Allvarlighetsgrad 4 får inte ha lägsta nivån. Höj nivån för: %(cells)s.") % {"cells": named(low)}
    return None


def named(cells: Iterable[MatrixCell]) -> str:
    return ", ".join(
        _("sannolikhet %(probability)s och allvarlighetsgrad %(severity)s")
        % {"probability": cell.probability, "severity": cell.severity}
        for cell in cells
    )
