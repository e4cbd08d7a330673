"""What is large is built in one of the processes that share the tests between them."""

import os

import pytest


@pytest.mark.xdist_group("large")
def test_tests_of_a_group_stay_together(request):
    """They are known by the group in their names: a name without it is given to whoever is free."""
    assert request.node.nodeid.endswith("@large") == ("PYTEST_XDIST_WORKER" in os.environ)
