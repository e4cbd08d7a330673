from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max
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
        for probability in SCALE
        for severity in SCALE
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
    if from_date > timezone.localdate() or (earlier and from_date < earlier.in_force_from):
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


def write(matrix: RiskMatrix, *, bands: Mapping, axis_labels: Mapping, cells: Mapping) -> None:
    """Bands in the order of their tones; a cell's band is found by its tone."""
    for order, tone in enumerate(Tone, start=1):
        name, meaning = bands.get(tone, ("", ""))
        put(MatrixBand, {"matrix": matrix, "tone": tone}, order=order, name=name, meaning=meaning)
    for (axis, value), (name, meaning) in axis_labels.items():
        put(MatrixAxisLabel, {"matrix": matrix, "axis": axis, "value": value}, name=name, meaning=meaning)
    by_tone = {band.tone: band for band in matrix.bands.all()}
    for (probability, severity), tone in cells.items():
        place = {"matrix": matrix, "probability": probability, "severity": severity}
        put(MatrixCell, place, band=by_tone[tone] if tone else None)


def put(model: type, place: dict, **values) -> None:
    """The row of that place, there before or not, with these values."""
    row = model.objects.filter(**place).first() or model(**place)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
