"""Who may do what with a plan, what stands in the way, and what is missing before it can be put to the nämnd."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.organisation.decisions.rules import why_not_record
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.units.models import UnitKind
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.planning.quality_plan.gathering import Material
from hjulet.planning.quality_plan.models import QualityPlan
from hjulet.planning.quality_plan.states import UNDECIDED, WORKFLOW, PlanState
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks.rules import Break, breaks_of

OPEN_FOR_CHANGE = (PlanState.DRAFT, PlanState.ON_REFERRAL)
REVISABLE = (PlanState.ADOPTED, PlanState.FOLLOWED_UP)
MOVED_BY = {"propose": Permission.PLANS_PROPOSE, "adopt": Permission.DECISIONS_RECORD}


def may_start(person: Person, committee: Unit) -> bool:
    return holds(person, Permission.PLANS_EDIT, committee)


def may_edit(person: Person, plan: QualityPlan) -> bool:
    return may_start(person, plan.unit)


def may_move(person: Person, plan: QualityPlan, move: str) -> bool:
    return holds(person, MOVED_BY.get(move, Permission.PLANS_EDIT), plan.unit)


def is_shown(person: Person, plan: QualityPlan, move: str) -> bool:
    """Whether the move has a button: adopting also for those who work with the plan, who then read why it is grey.

    That a plan is superseded follows from the adoption of the next version, and is nobody's button.
    """
    if move == "supersede":
        return False
    return may_move(person, plan, move) or (move == "adopt" and may_edit(person, plan))


def obstacle_to_starting(committee: Unit, year: int) -> str | None:
    if committee.kind != UnitKind.COMMITTEE:
        return _("%(unit)s är ingen nämnd. Välj den nämnd som ska besluta om planen.") % {"unit": committee.name}
    if QualityPlan.objects.filter(unit=committee, year=year).exists():
        return _("%(unit)s har redan en kvalitetsplan för %(year)s.") % {"unit": committee.name, "year": year}
    return obstacle_to_beginning_in(committee)


def obstacle_to_changing(plan: QualityPlan) -> str | None:
    """Why the texts cannot be written and nothing be imported now."""
    if plan.state in OPEN_FOR_CHANGE:
        return None
    if plan.state == PlanState.PROPOSED:
        return _("Planen är föreslagen för nämnden. Ta tillbaka den till utkast för att ändra den.")
    return _("Planen är beslutad och ändras inte. Gör en ny version av den.")


def obstacle_to_revising(plan: QualityPlan) -> str | None:
    if plan.state not in REVISABLE:
        return _("Bara en plan som är antagen och inte avslutad kan få en ny version.")
    if QualityPlan.objects.filter(unit=plan.unit_id, year=plan.year, state__in=UNDECIDED).exists():
        return _("Det finns redan ett utkast till en ny version.")
    return obstacle_to_beginning_in(plan.unit)


def obstacle_to_move(
    plan: QualityPlan, move: str, breaks: Iterable[Break] = (), by: Person | None = None
) -> str | None:
    """`breaks` are what the plan lacks; they stop it from being proposed."""
    if obstacle := WORKFLOW.obstacle_to(move, plan.state):
        return obstacle
    if move == "adopt" and by is not None:
        return why_not_record(by, plan.unit)
    if move == "propose" and (count := len(list(breaks))):
        return ngettext(
            "En sak måste rättas innan planen kan föreslås.",
            "%(count)s saker måste rättas innan planen kan föreslås.",
            count,
        ) % {"count": count}
    return None


def breaks_in(material: Material) -> list[Break]:
    """Everything that must be mended before the plan can be proposed. No statement: the rows have been gathered."""
    plan, found = material.plan, []
    if not any(not risk.is_gone for risk in material.risks):
        sentence = _("Det finns inga risker för %(year)s. Gör riskanalysen först.") % {"year": plan.year}
        found.append(Break(sentence, reverse("risk_analyses:list")))
    for risk in material.risks:
        if not risk.is_in_band(Tone.GREEN):
            found += [Break(f"{material.number(risk)} {broken.sentence}", broken.url) for broken in breaks_of(risk)]
    for text in material.texts:
        if not text.body.strip():
            sentence = _("Texten ”%(title)s” är tom.") % {"title": text.title}
            found.append(Break(sentence, reverse("quality_plan:text", args=[plan.pk, text.key])))
    return found
