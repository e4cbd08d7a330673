import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.base.addresses import address, address_of, address_of_row, with_gaps


@pytest.mark.parametrize(
    ("name", "keys"),
    [("risks:detail", (7,)), ("risks:detail", (10**17,)), ("documents:version", (3, 14)), ("risks:list", ())],
)
def test_the_same_as_by_django(name, keys):
    assert address_of(name, *keys) == reverse(name, args=keys)


def test_of_a_list_and_of_a_row():
    assert (address("risks:list"), address_of_row(Action, 17)) == ("/risker/", "/atgarder/17/")


def test_a_sign_that_is_written_as_a_number_stays():
    assert with_gaps(f"/a%20b/{10**17}/") % 5 == "/a%20b/5/"
