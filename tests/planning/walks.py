"""What planning starts from, reached by the real operations: a matrix in force, an analysis, a judged risk."""

from datetime import date

from hjulet.organisation.models import Person
from hjulet.planning.models import RiskMatrix
from hjulet.planning.risk_analyses import operations as analyses
from hjulet.planning.risk_matrix import operations as matrices
from hjulet.planning.risk_matrix import queries
from hjulet.planning.risk_matrix.models import SCALE, Axis
from hjulet.planning.risks import operations as risks
from hjulet.planning.risks.models import Occasion
from hjulet.rulebook.models import QualityArea
from tests.factories import municipality, person

TODAY = date(2026, 3, 16)
BANDS = {
    "green": ("Låg", "Risken är acceptabel."),
    "yellow": ("Medel", "Risken analyseras djupare innan något görs."),
    "red": ("Hög", "Något görs genast."),
}
STEPS = {
    Axis.PROBABILITY: ("Osannolik", "Mindre sannolik", "Möjlig", "Sannolik"),
    Axis.SEVERITY: ("Mindre", "Måttlig", "Betydande", "Allvarlig"),
}
LABELS = {(axis, value): (name, "") for axis, names in STEPS.items() for value, name in zip(SCALE, names, strict=True)}


def tone(score):
    return "green" if score <= 3 else "yellow" if score <= 6 else "red"


CELLS = {(probability, severity): tone(probability * severity) for probability in SCALE for severity in SCALE}
CONTENT = {"bands": BANDS, "axis_labels": LABELS, "cells": CELLS}


def drafted_matrix(by, **content):
    matrix = RiskMatrix.objects.filter(state="draft").first() or matrices.draft_matrix(by=by)
    return matrices.set_up_matrix(matrix, by=by, **CONTENT | content)


def matrix_in_force(by=None, **content):
    """Green 1–3, yellow 4–6, red 8–16. The one in force if there is one and nothing else is asked for."""
    if not content and (standing := queries.matrix_in_force()):
        return standing
    by = by or registrar()
    return matrices.put_matrix_in_force(drafted_matrix(by, **content), by=by, from_date=TODAY)


def registrar():
    """Somebody who may change the registers."""
    return Person.objects.filter(name="Rut Register").first() or person(
        "Rut Register", system_administrator=municipality()
    )


def quality_area(key="sakerhet"):
    area, _created = QualityArea.objects.get_or_create(
        key=key, defaults={"name": key.capitalize(), "explanation": "Vad som menas.", "valid_from": date(2020, 1, 1)}
    )
    return area


def analysis(by, unit, year=2026):
    if not queries.matrix_in_force():
        matrix_in_force()
    return analyses.start_analysis(by=by, unit=unit, year=year)


def risk(by, analysis, probability=3, severity=3, **given):
    """A risk judged for the first time today; without a probability nobody has judged it."""
    given = {"title": "Sena besök", "deficiency": "Schemat stämmer inte.", "quality_area": quality_area()} | given
    row = risks.identify_risk(by=by, analysis=analysis, **given)
    if probability:
        assess(row, by, probability, severity, occasion=Occasion.INITIAL)
    return row


def assess(row, by, probability, severity, *, occasion=Occasion.FOLLOW_UP, assessed_date=TODAY, **given):
    return risks.assess_risk(
        row,
        by=by,
        occasion=occasion,
        assessed_date=assessed_date,
        probability=probability,
        severity=severity,
        **given,
    )
