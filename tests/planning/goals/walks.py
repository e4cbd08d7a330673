"""A goal chain made by the real operations."""

from hjulet.organisation.models import Unit
from hjulet.planning.goals import operations
from hjulet.planning.models import Goal, GoalLevel

LEVELS = ("Vision", "Övergripande mål", "Strategiskt mål", "Fokusområde", "Operativt mål")


def level(name="Operativt mål"):
    order = LEVELS.index(name) + 1
    return GoalLevel.objects.get_or_create(key=f"level-{order}", name=name, order=order)[0]


def goal(by, unit: Unit, level_name="Operativt mål", **given) -> Goal:
    return operations.set_goal(
        **{
            "by": by,
            "unit": unit,
            "level": level(level_name),
            "title": "Alla möter högst tolv personer under två veckor",
            "first_year": 2026,
            "last_year": 2026,
        }
        | given
    )


def withdraw(goal, by):
    return operations.withdraw_goal(goal, by=by, reason="Ersatt av ett annat mål.")


def chain(by, municipality, committee, unit) -> list[Goal]:
    """From the vision down to the unit's own goal, one goal on each level."""
    goals: list[Goal] = []
    places = (municipality, municipality, committee, committee, unit)
    for name, place in zip(LEVELS, places, strict=True):
        goals.append(goal(by, place, name, title=f"{name} i {place}", parent=goals[-1] if goals else None))
    return goals
