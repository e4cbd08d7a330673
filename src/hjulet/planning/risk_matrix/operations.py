from collections.abc import Mapping
from datetime import date
from itertools import product

from django.core.exceptions import ValidationError
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.organisation.models import Person
from hjulet.planning.risk_matrix import rules
from hjulet.planning.risk_matrix.models import SCALE, MatrixAxisLabel, MatrixBand, MatrixCell, RiskMatrix
from hjulet.planning.risk_matrix.queries import content_of, matrix_in_force
from hjulet.planning.risk_matrix.states import MatrixState, Tone

Words = tuple[str, str]
Pair = tuple[int, int]


@operation
def draft_matrix(*, by: Person) -> RiskMatrix:
    """A new version: a copy of the one in force, or sixteen cells that wait for a band."""
    require(rules.may_edit(by))
    require_no(rules.obstacle_to_drafting())
    model = matrix_in_force()
    latest = RiskMatrix.objects.aggregate(number=Max("number"))["number"] or 0
    matrix = RiskMatrix.objects.create(number=latest + 1)
    MatrixCell.objects.bulk_create(
        MatrixCell(matrix=matrix, probability=probability, severity=severity)
        for probability, severity in product(SCALE, SCALE)
    )
    if model:
        copy(model, matrix)
    audit.record("risk_matrix.drafted", by=by, target=matrix, after={"number": matrix.number, "copy_of": model})
    return matrix


@operation
def set_up_matrix(
    matrix: RiskMatrix,
    *,
    by: Person,
    bands: Mapping[str, Words],
    axis_labels: Mapping[tuple[str, int], Words],
    cells: Mapping[Pair, str | None],
    note: str = "",
    severe_never_low: bool = False,
    revision: int | None = None,
) -> RiskMatrix:
    """Write the whole draft anew.

    `bands` gives name and meaning per tone, `axis_labels` per (axis, step), `cells` the tone per (probability,
    severity) or None where nobody has chosen yet. `revision` is the one the person saw, when a person did.
    """
    require(rules.may_edit(by))
    current = locked(matrix, revision=revision)
    require_no(rules.obstacle_to_setting_up(current))
    before = content_of(current)
    current.note, current.severe_never_low = note, severe_never_low
    current.revision += 1
    current.full_clean()
    current.save()
    write(current, bands=bands, axis_labels=axis_labels, cells=cells)
    matrix.refresh_from_db()
    audit.record("risk_matrix.set_up", by=by, target=matrix, before=before, after=content_of(matrix))
    return matrix


@operation
def put_matrix_in_force(matrix: RiskMatrix, *, by: Person, from_date: date) -> RiskMatrix:
    """From now on new analyses use this version; those already begun keep theirs."""
    require(rules.may_edit(by))
    locked(matrix)
    matrix.refresh_from_db()
    require_no(rules.obstacle_to_putting_in_force(matrix))
    earlier = matrix_in_force()
    earliest = (earlier and earlier.in_force_from) or date.min
    if not earliest <= from_date <= timezone.localdate():
        raise ValidationError(
            {"from_date": _("Välj en dag från det att den förra versionen började gälla till i dag.")}
        )
    if earlier:
        earlier.state = MatrixState.SUPERSEDED
        earlier.save(update_fields=["state"])
    matrix.state, matrix.in_force_from = MatrixState.IN_FORCE, from_date
    matrix.save(update_fields=["state", "in_force_from"])
    audit.record(
        "risk_matrix.put_in_force", by=by, target=matrix, before={"in_force": earlier}, after={"from": from_date}
    )
    return matrix


def copy(model: RiskMatrix, matrix: RiskMatrix) -> None:
    matrix.note, matrix.severe_never_low = model.note, model.severe_never_low
    matrix.save()
    content = content_of(model)
    write(matrix, bands=content["bands"], axis_labels=content["axis_labels"], cells=content["cells"])


def write(
    matrix: RiskMatrix,
    *,
    bands: Mapping[str, Words],
    axis_labels: Mapping[tuple[str, int], Words],
    cells: Mapping[Pair, str | None],
) -> None:
    """All of a draft's rows anew: nothing outside it points at them yet. Bands stand in the order of their tones."""
    for rows in (matrix.cells, matrix.bands, matrix.axis_labels):
        rows.all().delete()
    by_tone = {
        tone.value: MatrixBand(matrix=matrix, order=order, tone=tone, name=name, meaning=meaning)
        for order, tone in enumerate(Tone, start=1)
        for name, meaning in [bands.get(tone, ("", ""))]
    }
    save_valid(MatrixBand, list(by_tone.values()))
    save_valid(
        MatrixAxisLabel,
        [
            MatrixAxisLabel(matrix=matrix, axis=axis, value=value, name=name, meaning=meaning)
            for (axis, value), (name, meaning) in axis_labels.items()
        ],
    )
    save_valid(
        MatrixCell,
        [
            MatrixCell(matrix=matrix, probability=p, severity=s, band=by_tone.get(cells.get((p, s)) or ""))
            for p, s in product(SCALE, SCALE)
        ],
    )


def save_valid(model: type[Model], rows: list) -> None:
    for row in rows:
        row.clean_fields(exclude={"matrix", "band"})
    model.objects.bulk_create(rows)
