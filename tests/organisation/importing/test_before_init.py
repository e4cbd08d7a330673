import pytest

from hjulet.base.intake.faults import FaultyFile
from tests.organisation.importing.walks import UNIT_ROWS, book, take_in


@pytest.mark.django_db
def test_without_a_municipality_one_is_told_to_make_it():
    with pytest.raises(FaultyFile) as error:
        take_in(book(UNIT_ROWS[2:], None))

    assert error.value.messages == ["Enheter D2: kommunen är inte upplagd än. Kör ”hjulet init” först."]
