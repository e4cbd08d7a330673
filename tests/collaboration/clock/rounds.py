"""The clock as a test turns it."""

from hjulet.collaboration.clock.running import run_duties
from hjulet.organisation.models import Person


def machine():
    """The account of the clock; a test that commits leaves a database without it."""
    made = {"email": "maskin@kvalitetshjulet.invalid", "name": "Kvalitetshjulet"}
    return Person.objects.get_or_create(is_machine=True, defaults=made)[0]


def run(**given):
    """One round: what each duty did, by its key, or why it failed; what did nothing is left out."""
    outcomes = run_duties(by=machine(), **given)
    return {outcome.duty.key: outcome.fault or outcome.count for outcome in outcomes if outcome.fault or outcome.count}
