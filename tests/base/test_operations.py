import pytest
from django.core.exceptions import PermissionDenied

from hjulet.actions.models import Action
from hjulet.base.operations import Refused, operation, require, require_no
from tests.actions.walks import plan
from tests.factories import committee, person, unit

pytestmark = pytest.mark.django_db


def test_an_operation_saves_all_or_nothing():
    home_care = unit(committee())
    manager = person(unit_manager=home_care)

    @operation
    def plan_and_fail():
        plan(manager, home_care)
        raise Refused("nej")

    with pytest.raises(Refused, match="nej"):
        plan_and_fail()
    assert (Action.objects.count(), plan_and_fail.is_operation) == (0, True)


def test_require():
    require(True)
    with pytest.raises(PermissionDenied):
        require(False)


def test_require_no():
    require_no(None)
    with pytest.raises(Refused) as refusal:
        require_no("Bedöm först.")
    assert refusal.value.sentence == "Bedöm först."
