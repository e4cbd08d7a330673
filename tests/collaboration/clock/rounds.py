"""The clock as a test turns it."""

from hjulet.collaboration.clock.duties import duties
from hjulet.collaboration.clock.running import run_duties
from hjulet.organisation.models import Person


def machine():
    """The account of the clock; a test that commits leaves a database without it."""
    made = {"email": "maskin@kvalitetshjulet.invalid", "name": "Kvalitetshjulet"}
    return Person.objects.get_or_create(is_machine=True, defaults=made)[0]


def run(*of, **given):
    """One round: what each duty did, by its key, or why it failed; what did nothing is left out.

    A test that goes through many days names the duties it is `of`, by how their keys begin: the rest take their time.
    """
    if of:
        given["without"] = frozenset(duty.key for duty in duties() if not duty.key.startswith(of))
    outcomes = run_duties(by=machine(), **given)
    return {outcome.duty.key: outcome.fault or outcome.count for outcome in outcomes if outcome.fault or outcome.count}
