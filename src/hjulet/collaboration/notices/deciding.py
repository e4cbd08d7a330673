from typing import Any

from django.utils import timezone

from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import Telling
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import people_who


def tell_whoever_records_decisions(target: Any, *, by: Person) -> None:
    """That something of the nämnd's lies before it, and its decision is to be entered."""
    today = timezone.localdate()
    people = people_who(Permission.DECISIONS_RECORD, target.unit)
    tell("decision_awaited", [Telling(person, target, today) for person in people], by=by)
