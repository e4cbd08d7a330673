"""What whoever is responsible for an action is told, and when."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from hjulet.actions.models import Action, EffectCheck
from hjulet.actions.states import ActionState
from hjulet.collaboration.notices.kinds import WEEK, reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, one_by_one, to_owners
from hjulet.organisation.models import Person

DAY = timedelta(days=1)


def tell_owner(action: Action, *, by: Person) -> None:
    """That the action is theirs now."""
    today = timezone.localdate()
    for part in in_parts(to_owners([action], day=today, about=lambda _: today)):
        tell("action_given", part, by=by)


def remind_of_due(by: Person, day: date) -> int:
    rows = owned().open().filter(due_date__range=(day, day + WEEK))
    tellings = to_owners(one_by_one(rows, by="owner_person_id"), day=day, about=lambda action: action.due_date)
    return sum(tell("action_due", part, by=by) for part in in_parts(tellings))


def remind_of_overdue(by: Person, day: date) -> int:
    rows = owned().overdue(day)
    tellings = to_owners(
        one_by_one(rows, by="owner_person_id"), day=day, about=lambda action: reminder_date(action.due_date + DAY, day)
    )
    return sum(tell("action_overdue", part, by=by) for part in in_parts(tellings))


def remind_of_effect(by: Person, day: date) -> int:
    """From the day that was set, or from when the action was carried out; until the effect has been judged."""
    judged = EffectCheck.objects.filter(action=OuterRef("pk"), checked_date__gte=OuterRef("completed_date"))
    rows = owned().annotate(effect_day=Coalesce(F("effect_due_date"), F("completed_date")))
    rows = rows.filter(~Exists(judged.order_by()), state=ActionState.DONE, effect_day__lte=day)
    tellings = to_owners(
        one_by_one(rows, by="owner_person_id"), day=day, about=lambda action: reminder_date(action.effect_day, day)
    )
    return sum(tell("effect_due", part, by=by) for part in in_parts(tellings))


def owned() -> QuerySet[Action]:
    owned = Action.objects.filter(Q(owner_person__isnull=False) | ~Q(owner_role=""))
    return owned.select_related("unit", "owner_person")
