from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.planning.models import MatrixCell, RiskMatrix
from hjulet.planning.risk_matrix import operations, queries
from hjulet.planning.risk_matrix.models import SCALE
from hjulet.planning.risk_matrix.states import MatrixState, Tone
from tests.factories import committee, municipality, person
from tests.planning.walks import BANDS, CELLS, CONTENT, LABELS, TODAY, drafted_matrix, matrix_in_force, tone

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return person("Rut Register", system_administrator=municipality())


def tones(matrix):
    return queries.content_of(matrix)["cells"]


def test_the_first_draft_has_sixteen_cells_and_no_band(keeper):
    matrix = operations.draft_matrix(by=keeper)

    assert (matrix.number, matrix.state) == (1, MatrixState.DRAFT)
    assert tones(matrix) == {(probability, severity): None for probability in SCALE for severity in SCALE}


def test_a_later_draft_copies_the_one_in_force(keeper):
    matrix_in_force(keeper, note="8 och 16 är våra egna val.")

    matrix = operations.draft_matrix(by=keeper)

    assert matrix.number == 2
    assert queries.content_of(matrix) == {
        "note": "8 och 16 är våra egna val.",
        "severe_never_low": False,
        "bands": BANDS,
        "axis_labels": LABELS,
        "cells": CELLS,
    }


def test_one_draft_at_a_time(keeper):
    operations.draft_matrix(by=keeper)

    with pytest.raises(Refused) as refusal:
        operations.draft_matrix(by=keeper)

    assert refusal.value.sentence == "Version 1 är redan ett utkast. Fortsätt med den."
    assert RiskMatrix.objects.count() == 1


def test_set_up_writes_all_and_audits_before_and_after(keeper):
    matrix = operations.draft_matrix(by=keeper)

    operations.set_up_matrix(matrix, by=keeper, **CONTENT | {"note": "Prövas ett år."}, revision=1)

    event = Event.objects.get(verb="risk_matrix.set_up")
    assert (tones(matrix), matrix.note, matrix.revision) == (CELLS, "Prövas ett år.", 2)
    assert [(band.order, band.tone) for band in matrix.bands.all()] == [(1, "green"), (2, "yellow"), (3, "red")]
    assert (event.before["note"], event.after["note"]) == ("", "Prövas ett år.")


def test_set_up_of_an_older_revision_is_a_conflict(keeper):
    matrix = drafted_matrix(keeper)

    with pytest.raises(EditConflict):
        operations.set_up_matrix(matrix, by=keeper, **CONTENT | {"note": "Sent"}, revision=1)

    assert RiskMatrix.objects.get().note == ""


def test_a_band_needs_its_words(keeper):
    matrix = operations.draft_matrix(by=keeper)

    with pytest.raises(ValidationError) as error:
        operations.set_up_matrix(matrix, by=keeper, **CONTENT | {"bands": {"green": ("Låg", "")}})

    assert error.value.message_dict == {"meaning": ["Detta fält får inte vara tomt."]}


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (
            [(4, 2)],
            "Välj nivå för varje ruta. Nivå saknas för: sannolikhet 4 och allvarlighetsgrad 2.",
        ),
        (
            [(4, 2), (4, 4)],
            "Välj nivå för varje ruta. Nivå saknas för: sannolikhet 4 och allvarlighetsgrad 2, sannolikhet 4 och allvarlighetsgrad 4.",
        ),
    ],
)
def test_an_unbanded_cell_is_named_and_keeps_the_version_out_of_force(keeper, missing, sentence):
    matrix = drafted_matrix(keeper, cells=CELLS | dict.fromkeys(missing))

    with pytest.raises(Refused) as refusal:
        operations.put_matrix_in_force(matrix, by=keeper, from_date=TODAY)

    assert (refusal.value.sentence, RiskMatrix.objects.get().state) == (sentence, MatrixState.DRAFT)


def test_a_step_without_a_name_keeps_the_version_out_of_force(keeper):
    labels = {step: words for step, words in LABELS.items() if step != ("severity", 4)}
    matrix = drafted_matrix(keeper, axis_labels=labels)

    with pytest.raises(Refused, match="Ge varje steg på båda axlarna ett namn"):
        operations.put_matrix_in_force(matrix, by=keeper, from_date=TODAY)


LOW = CELLS | {(1, 4): "green", (2, 4): "green"}


def test_severity_four_may_not_be_low_while_the_rule_is_on(keeper):
    matrix = drafted_matrix(keeper, cells=LOW, severe_never_low=True)

    with pytest.raises(Refused) as refusal:
        operations.put_matrix_in_force(matrix, by=keeper, from_date=TODAY)

    assert refusal.value.sentence == (
        "Allvarlighetsgrad 4 får inte ha lägsta nivån. Höj nivån för: "
        "sannolikhet 2 och allvarlighetsgrad 4, sannolikhet 1 och allvarlighetsgrad 4."
    )


@pytest.mark.parametrize(("cells", "rule"), [(LOW, False), (CELLS, True)])
def test_the_rule_stands_in_the_way_only_when_on_and_broken(keeper, cells, rule):
    matrix = matrix_in_force(keeper, cells=cells, severe_never_low=rule)

    assert (matrix.state, tones(matrix)) == (MatrixState.IN_FORCE, cells)


def test_putting_in_force_supersedes_the_earlier_version(keeper):
    first = matrix_in_force(keeper)

    second = matrix_in_force(keeper, note="Ny")

    first.refresh_from_db()
    assert (first.state, second.state, second.in_force_from) == (MatrixState.SUPERSEDED, MatrixState.IN_FORCE, TODAY)
    assert queries.matrix_in_force() == second
    assert Event.objects.filter(verb="risk_matrix.put_in_force").latest("number").before == {
        "in_force": {"id": first.pk, "name": "Riskmatris 1"}
    }


@pytest.mark.parametrize("day", [date(2026, 3, 15), date(2026, 3, 17)])
def test_in_force_from_a_day_between_the_earlier_version_and_today(keeper, day):
    matrix_in_force(keeper)

    with pytest.raises(ValidationError) as error:
        operations.put_matrix_in_force(drafted_matrix(keeper), by=keeper, from_date=day)

    assert list(error.value.message_dict) == ["from_date"]


def test_the_first_version_may_have_been_in_force_for_long(keeper):
    matrix = operations.put_matrix_in_force(drafted_matrix(keeper), by=keeper, from_date=date(2023, 1, 1))

    assert matrix.in_force_from == date(2023, 1, 1)


@pytest.mark.parametrize("state", [MatrixState.IN_FORCE, MatrixState.SUPERSEDED])
def test_what_has_been_in_force_is_never_changed(keeper, state):
    matrix = matrix_in_force(keeper)
    if state == MatrixState.SUPERSEDED:
        matrix_in_force(keeper, note="Ny")
    before = queries.content_of(matrix)
    matrix.refresh_from_db()

    for change in (
        lambda: operations.set_up_matrix(matrix, by=keeper, **CONTENT | {"note": "Ändrad"}),
        lambda: operations.put_matrix_in_force(matrix, by=keeper, from_date=TODAY),
    ):
        with pytest.raises(Refused, match="Version 1 har börjat gälla och ändras aldrig"):
            change()

    matrix.refresh_from_db()
    assert (matrix.state, queries.content_of(matrix)) == (state, before)


MAY_EDIT = {
    "committee_member": False,
    "committee_secretary": False,
    "social_director": False,
    "quality_developer": True,
    "unit_manager": False,
    "group_manager": False,
    "employee": False,
    "lawyer": False,
    "staff_strategist": False,
    "web_editor": False,
    "medically_responsible": False,
    "lex_sarah_investigator": False,
    "provider_contact": False,
    "auditor": False,
    "system_administrator": True,
}


@pytest.mark.parametrize(("role", "may"), MAY_EDIT.items())
def test_role_and_draft(role, may):
    somebody = person("Robin Ask", **{role: committee()})

    if may:
        assert operations.draft_matrix(by=somebody).number == 1
    else:
        with pytest.raises(PermissionDenied):
            operations.draft_matrix(by=somebody)
        assert RiskMatrix.objects.count() == 0


class TestAnyMatrix(TestCase):
    """Whatever is chosen: a version in force has a band for every pair, and only a whole one gets there."""

    @settings(max_examples=30, deadline=None)
    @given(
        cells=st.fixed_dictionaries({pair: st.sampled_from([*Tone.values, Tone.RED, None]) for pair in CELLS}),
        rule=st.booleans(),
    )
    def test_in_force_means_banded(self, cells, rule):
        keeper = person("Rut Register", system_administrator=municipality())
        matrix = drafted_matrix(keeper, cells=cells, severe_never_low=rule)
        low = rule and "green" in {cells[probability, 4] for probability in SCALE}

        if None in cells.values() or low:
            with pytest.raises(Refused):
                operations.put_matrix_in_force(matrix, by=keeper, from_date=TODAY)
        else:
            operations.put_matrix_in_force(matrix, by=keeper, from_date=TODAY)

        in_force = MatrixCell.objects.filter(matrix__state=MatrixState.IN_FORCE)
        assert not in_force.filter(band=None).exists()
        assert {(c.probability, c.severity): c.band.tone for c in in_force} in ({}, cells)


def test_the_default_follows_the_product():
    assert {score: tone(score) for score in (1, 2, 3, 4, 6, 8, 9, 12, 16)} == {
        1: "green",
        2: "green",
        3: "green",
        4: "yellow",
        6: "yellow",
        8: "red",
        9: "red",
        12: "red",
        16: "red",
    }
