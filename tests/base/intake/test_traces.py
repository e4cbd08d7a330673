import pytest

from hjulet.base.intake.traces import Trace, mark, read_trace
from hjulet.base.tables import Column

COLUMN = Column("title", "Rubrik", str)


@pytest.mark.parametrize("trace", [Trace(17, 3, {"title": "1f3a90c2", "owner": "09bc77e1"}), Trace(1, 1, {})])
def test_a_trace_is_read_as_it_was_written(trace):
    assert read_trace(str(trace)) == trace


@pytest.mark.parametrize("text", ["", "x", "17", "17 x", "x 3", "-17 3", "17 -3", "1" * 19 + " 1", "17.0 3", "²  3"])
def test_what_is_no_trace_of_ours_is_none(text):
    assert read_trace(text) is None


def test_a_cell_is_edited_when_it_says_something_else_than_it_did():
    trace = Trace(1, 1, {"title": mark("Bygg ramp")})

    assert [trace.is_edited(COLUMN, text) for text in ("Bygg ramp", "Bygg två ramper", "")] == [False, True, True]
    assert Trace(1, 1, {}).is_edited(COLUMN, "Bygg ramp") is True
