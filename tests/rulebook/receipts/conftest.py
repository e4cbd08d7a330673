import pytest

from tests.factories import unit
from tests.rulebook.receipts.walks import version_in_force


@pytest.fixture
def home_care(board):
    return unit(board)


@pytest.fixture
def version(board):
    return version_in_force(board)
