from dataclasses import dataclass
from typing import cast

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hjulet.base.documents.html import render_table
from hjulet.base.documents.model import Cell, Column, Row, Table
from hjulet.base.documents.tones import ToneName
from hjulet.base.statements import about_one, beside
from hjulet.organisation.models import Person
from hjulet.planning.risk_matrix import rules
from hjulet.planning.risk_matrix.models import SCALE, Axis, MatrixAxisLabel, MatrixBand, MatrixCell, RiskMatrix
from hjulet.planning.risk_matrix.states import MatrixState


@dataclass(frozen=True)
class MatrixPage:
    """What the page of one version shows to one person."""

    matrix: RiskMatrix
    cells: SafeString
    bands: list[MatrixBand]
    labels: list[MatrixAxisLabel]
    may_change: bool
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


def content_of(matrix: RiskMatrix) -> dict:
    """All that `set_up_matrix` takes, as it stands in the database."""
    return {
        "note": matrix.note,
        "severe_never_low": matrix.severe_never_low,
        "bands": {band.tone: (band.name, band.meaning) for band in matrix.bands.all()},
        "axis_labels": {(label.axis, label.value): (label.name, label.meaning) for label in matrix.axis_labels.all()},
        "cells": {(cell.probability, cell.severity): cell.band and cell.band.tone for cell in cells_of(matrix.pk)},
    }


def words_of(matrix: RiskMatrix) -> dict[tuple[str, int], str]:
    """What each step of the axes is called, by (axis, step); empty where a draft has no word yet."""
    steps = {(axis.value, value): "" for axis in Axis for value in SCALE}
    return steps | {(label.axis, label.value): label.name for label in beside(matrix, "axis_labels")}


def bands_of(matrix: RiskMatrix) -> dict[tuple[int, int], MatrixBand]:
    """The band of every (probability, severity), for a matrix in force."""
    return {(cell.probability, cell.severity): cell.band for cell in cells_of(matrix.pk)}


@about_one
def cells_of(matrix: int) -> QuerySet[MatrixCell]:
    return MatrixCell.objects.filter(matrix=matrix).select_related("band")


def table_of(matrix: RiskMatrix) -> Table:
    """The version as it hangs on the wall: the most probable on top, the most severe to the right."""
    words = words_of(matrix)
    cells = {(cell.probability, cell.severity): cell for cell in cells_of(matrix.pk)}
    top = Row((Cell(str(Axis.PROBABILITY.label), rowspan=2), Cell(str(Axis.SEVERITY.label), colspan=len(SCALE))))
    steps = Row(tuple(f"{value} {words[Axis.SEVERITY, value]}" for value in SCALE))
    rows = (
        Row(
            (
                Cell(f"{step} {words[Axis.PROBABILITY, step]}", header=True),
                *(as_cell(cells[step, value]) for value in SCALE),
            )
        )
        for step in SCALE[::-1]
    )
    return Table(str(matrix), (Column(1.2), *[Column()] * len(SCALE)), (top, steps), tuple(rows))


def as_cell(cell: MatrixCell) -> Cell:
    if cell.band is None:
        missing = _("nivå saknas")
        return Cell(f"{cell.score} {missing}", tone="neutral")
    return Cell(f"{cell.score} {cell.band.name}", tone=cast("ToneName", cell.band.tone))


def matrix_page(person: Person, matrix: RiskMatrix) -> MatrixPage:
    may_change = rules.may_edit(person) and matrix.state == MatrixState.DRAFT
    return MatrixPage(
        matrix=matrix,
        cells=render_table(table_of(matrix)),
        bands=list(matrix.bands.all()),
        labels=list(matrix.axis_labels.all()),
        may_change=may_change,
        obstacle_to_putting_in_force=rules.obstacle_to_putting_in_force(matrix) if may_change else None,
    )


def versions_page(person: Person) -> VersionsPage:
    return VersionsPage(
        versions=list(matrices_visible_to(person)),
        may_edit=rules.may_edit(person),
        obstacle_to_drafting=rules.obstacle_to_drafting(),
    )
