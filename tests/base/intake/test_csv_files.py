import pytest

from hjulet.base.intake.csv_files import read_csv


def rows(data):
    return [[(cell.address, cell.value) for cell in row] for row in read_csv(data)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_usual_way_of_writing_it(encoding, delimiter, newline):
    data = newline.join([f"Id{delimiter}Namn", "", f'1{delimiter}"Åsa{delimiter} Öst"']).encode(encoding)

    assert rows(data) == [[("A1", "Id"), ("B1", "Namn")], [("A3", "1"), ("B3", f"Åsa{delimiter} Öst")]]


def test_short_rows_are_filled_and_space_is_left_out():
    assert rows(b"a;b\n 1 \n") == [[("A1", "a"), ("B1", "b")], [("A2", "1"), ("B2", None)]]


def test_what_looks_like_a_formula_is_text():
    assert rows(b"a\n=1+1\n")[1] == [("A2", "=1+1")]
