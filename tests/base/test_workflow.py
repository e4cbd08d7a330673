import pytest
from django.db import models

from hjulet.actions.states import WORKFLOW
from hjulet.base.operations import Refused
from hjulet.base.workflow import Workflow, history, move, perform
from tests.actions.walks import plan
from tests.factories import committee, person, unit


class Light(models.TextChoices):
    RED = "red", "Rött"
    GREEN = "green", "Grönt"


def test_a_state_that_no_move_leads_to_is_a_hole():
    with pytest.raises(ValueError, match=r"no move leads to \['green'\]"):
        Workflow(Light, Light.RED, (move("stay", sources=[Light.RED], target=Light.RED, label="Stanna"),))


def test_two_moves_of_one_name_are_refused():
    go = move("go", sources=[Light.RED], target=Light.GREEN, label="Gå")
    with pytest.raises(ValueError, match="two moves share a name"):
        Workflow(Light, Light.RED, (go, go))


def test_a_move_that_needs_a_reason_asks():
    assert move("go", sources=[], target="green", label="Gå", needs_reason=True).asks is True


def test_obstacle_names_the_state():
    lights = Workflow(Light, Light.RED, (move("go", sources=[Light.RED], target=Light.GREEN, label="Gå"),))

    assert lights.obstacle_to("go", Light.RED) is None
    assert lights.obstacle_to("go", Light.GREEN) == "Det går inte att göra detta när läget är ”Grönt”."


@pytest.mark.django_db
def test_perform_goes_by_where_the_row_stands_now_and_not_by_what_was_read():
    home_care = unit(committee())
    manager = person(unit_manager=home_care)
    action = plan(manager, home_care)
    stale = type(action).objects.get()
    perform(action, WORKFLOW, "start", by=manager)

    with pytest.raises(Refused):
        perform(stale, WORKFLOW, "start", by=manager)

    told = [(step.what, step.who, step.reason) for step in history(WORKFLOW, action.steps.all())]
    assert told == [("Påbörja åtgärden → Pågår", "Karin Ek", "")]
