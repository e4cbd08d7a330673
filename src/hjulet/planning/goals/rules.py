"""Who may, and what stands in the way: the chain leads from the whole to the part, and never breaks off unseen."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from hjulet.monitoring.models import Indicator
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.planning.goals.models import Goal, GoalLevel


def may_set(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.GOALS_EDIT, unit)


def may_change(person: Person, goal: Goal) -> bool:
    return may_set(person, goal.unit)


def obstacle_to_changing(goal: Goal) -> str | None:
    if goal.is_in_force:
        return None
    return _("Målet är upphävt och kan inte längre ändras.")


def obstacle_to_withdrawing(goal: Goal) -> str | None:
    """A goal that others in force contribute to stays until they have been withdrawn or moved."""
    if not goal.is_in_force:
        return _("Målet är redan upphävt.")
    if children := list(goal.children.in_force()[:4]):
        return _("Upphäv eller flytta först de mål som bidrar till det här målet: %(goals)s.") % {
            "goals": named(children)
        }
    return None


def obstacle_to_measuring(goal: Goal, indicator: Indicator) -> str | None:
    """A goal is measured by what its own nämnd measures; one of the whole municipality by what any nämnd does."""
    if obstacle := obstacle_to_changing(goal):
        return obstacle
    if not indicator.is_in_use:
        return _("Nyckeltalet är upphävt. Det mäts inte längre.")
    if goal.unit.committee_id not in {None, indicator.unit.committee_id}:
        return _("”%(indicator)s” hör till en annan nämnd.") % {"indicator": indicator.name}
    return None


def obstacle_to_parent(parent: Goal, *, unit: Unit, level: GoalLevel, first_year: int, last_year: int) -> str | None:
    """Why a goal of this unit, level and period cannot contribute to the parent."""
    if not parent.is_in_force:
        return _("”%(goal)s” är upphävt. Välj ett mål som gäller.") % {"goal": short(parent)}
    if parent.level.order >= level.order:
        return _("Ett mål på nivån %(level)s kan inte bidra till ett mål på nivån %(parent)s. Välj ett högre mål.") % {
            "level": level.name.lower(),
            "parent": parent.level.name.lower(),
        }
    if not unit.path.startswith(parent.unit.path):
        return _("Målet hör till %(parent)s, som inte ligger över %(unit)s. Välj ett mål i %(unit)s eller ovanför.") % {
            "parent": parent.unit.name,
            "unit": unit.name,
        }
    if parent.first_year > last_year or parent.last_year < first_year:
        return _("”%(goal)s” gäller %(period)s. Välj ett mål som gäller under samma tid.") % {
            "goal": short(parent),
            "period": parent.period,
        }
    return None


def obstacle_from_children(goal: Goal, *, level: GoalLevel, first_year: int, last_year: int) -> str | None:
    """Why the goal cannot get this level and period: those that contribute to it would be left without it."""
    children = list(goal.children.in_force().select_related("level"))
    if not_below := [child for child in children if child.level.order <= level.order]:
        return _("Målet måste ligga högre än de mål som bidrar till det: %(goals)s.") % {"goals": named(not_below)}
    if outside := [child for child in children if child.first_year > last_year or child.last_year < first_year]:
        return _("Målet måste gälla under samma tid som de mål som bidrar till det: %(goals)s.") % {
            "goals": named(outside)
        }
    return None


def named(goals: Iterable[Goal]) -> str:
    """The first three goals by title, and whether there are more."""
    titles = [f"”{short(goal)}”" for goal in goals]
    first = ", ".join(titles[:3])
    return _("%(goals)s och fler") % {"goals": first} if len(titles) > 3 else first


def short(goal: Goal) -> str:
    return Truncator(goal.title).chars(60)
