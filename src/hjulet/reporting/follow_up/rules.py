from collections.abc import Iterable

from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.planning.models import QualityPlan
from hjulet.planning.quality_plan.states import PlanState
from hjulet.reporting.follow_up.models import FollowUp, Period
from hjulet.reporting.follow_up.states import WORKFLOW, FollowUpState

FOLLOWED = (PlanState.ADOPTED, PlanState.FOLLOWED_UP)


def may_edit(person: Person, committee: Unit) -> bool:
    return holds(person, Permission.FOLLOW_UPS_EDIT, committee)


def may_report(person: Person, committee: Unit) -> bool:
    """Only the role that enters the nämnd's decisions (KL 6 kap. 38 §: what concerns quality is not delegated)."""
    return holds(person, Permission.DECISIONS_RECORD, committee)


def may_move(person: Person, follow_up: FollowUp, move: str) -> bool:
    return (may_report if move == "report" else may_edit)(person, follow_up.unit)


def may_open_rows(person: Person, follow_up: FollowUp) -> bool:
    """Whether risks, actions and controls are linked: they are read by fewer than the follow-up is."""
    return holds(person, Permission.RISKS_READ, follow_up.unit)


def obstacle_to_starting(plan: QualityPlan) -> str | None:
    if plan.state in FOLLOWED:
        return None
    return _("Bara en antagen plan som inte är avslutad kan följas upp. Planen är: %(state)s.") % {
        "state": plan.get_state_display().lower()
    }


def obstacle_to_writing(follow_up: FollowUp) -> str | None:
    if follow_up.state == FollowUpState.DRAFT:
        return None
    return _("Uppföljningen är lämnad till nämnden. Ta tillbaka den till utkast för att ändra.")


def obstacle_to_move(follow_up: FollowUp, move: str, *, lacking: Iterable[str] = ()) -> str | None:
    """`lacking` is what the content still lacks before it can go to the nämnd."""
    if obstacle := WORKFLOW.obstacle_to(move, follow_up.state):
        return obstacle
    return " ".join(lacking) or None if move == "propose" else None


def obstacle_to_next_year(follow_up: FollowUp, *, is_started: bool) -> str | None:
    if follow_up.period != Period.YEAR:
        return _("Nästa års riskanalys börjar från uppföljningen av helåret.")
    if follow_up.state != FollowUpState.REPORTED:
        return _("Redovisa uppföljningen i nämnden först.")
    return _("Nästa års riskanalys är redan påbörjad.") if is_started else None


def sentences_of_what_is_lacking(
    *, has_summary: bool, areas_without_text: list[str], risks_not_assessed: list[str], needs_lesson: bool
) -> list[str]:
    found = []
    if not has_summary:
        found.append(_("Skriv sammanfattningen."))
    if areas_without_text:
        found.append(_("Skriv text om: %(areas)s.") % {"areas": ", ".join(areas_without_text)})
    if risks_not_assessed:
        found.append(_("Bedöm på nytt: risk %(risks)s.") % {"risks": ", ".join(risks_not_assessed)})
    if needs_lesson:
        found.append(_("Skriv minst en lärdom av året."))
    return found
