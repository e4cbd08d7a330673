from dataclasses import dataclass

from django.db.models import QuerySet

from hjulet.organisation.models import Person
from hjulet.planning.risk_matrix import rules
from hjulet.planning.risk_matrix.models import SCALE, Axis, MatrixAxisLabel, MatrixBand, MatrixCell, RiskMatrix
from hjulet.planning.risk_matrix.states import MatrixState


@dataclass(frozen=True)
class Row:
    """One probability with its four cells, mildest first."""

    label: MatrixAxisLabel | None
    value: int
    cells: list[MatrixCell]


@dataclass(frozen=True)
class Sheet:
    """A version of the matrix as it hangs on the wall: the most probable row on top, then the severities beneath."""

    rows: list[Row]
    severities: list[tuple[int, MatrixAxisLabel | None]]
    bands: list[MatrixBand]


@dataclass(frozen=True)
class MatrixPage:
    """What the page of one version shows to one person."""

    matrix: RiskMatrix
    sheet: Sheet
    may_edit: bool
    is_draft: bool
    obstacle_to_putting_in_force: str | None


@dataclass(frozen=True)
class VersionsPage:
    """All versions, latest first, and whether another may be begun."""

    versions: list[RiskMatrix]
    may_edit: bool
    obstacle_to_drafting: str | None


def matrices_visible_to(person: Person) -> QuerySet[RiskMatrix]:
    """All of them, for whoever has to do with risks: the scale holds no secrets of a nämnd."""
    return RiskMatrix.objects.all() if rules.may_read(person) else RiskMatrix.objects.none()


def matrix_in_force() -> RiskMatrix | None:
    """The version that new analyses are scored on; None before one has been put in force."""
    return RiskMatrix.objects.filter(state=MatrixState.IN_FORCE).first()


def sheet_of(matrix: RiskMatrix) -> Sheet:
    """Three statements, whatever the matrix holds."""
    labels = {(label.axis, label.value): label for label in matrix.axis_labels.all()}
    cells = {(cell.probability, cell.severity): cell for cell in matrix.cells.select_related("band")}
    return Sheet(
        rows=[
            Row(labels.get((Axis.PROBABILITY, p)), p, [cells[p, severity] for severity in SCALE]) for p in SCALE[::-1]
        ],
        severities=[(value, labels.get((Axis.SEVERITY, value))) for value in SCALE],
        bands=list(matrix.bands.all()),
    )


def matrix_page(person: Person, matrix: RiskMatrix) -> MatrixPage:
    may_edit = rules.may_edit(person)
    is_draft = matrix.state == MatrixState.DRAFT
    return MatrixPage(
        matrix=matrix,
        sheet=sheet_of(matrix),
        may_edit=may_edit,
        is_draft=is_draft,
        obstacle_to_putting_in_force=rules.obstacle_to_putting_in_force(matrix) if may_edit and is_draft else None,
    )


def versions_page(person: Person) -> VersionsPage:
    return VersionsPage(
        versions=list(matrices_visible_to(person)),
        may_edit=rules.may_edit(person),
        obstacle_to_drafting=rules.obstacle_to_drafting(),
    )
