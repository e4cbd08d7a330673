"""Who may, what stands in the way, and where the thread from a risk to its answer is broken."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.planning.goals.models import Goal
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks.models import Change, Lack, Occasion, Risk, RiskAnalysis, answering_actions
from hjulet.planning.risks.states import AnalysisState


@dataclass(frozen=True)
class Break:
    """Something that a risk asks for and does not have, and the page where it is mended."""

    sentence: str
    url: str


MENDED = {
    Lack.ASSESSMENT: (gettext_lazy("Risken är inte bedömd."), "risks:assess"),
    Lack.ACTION: (gettext_lazy("Röd risk utan åtgärd med ansvarig och sista dag."), "risks:plan_action"),
    Lack.ANALYSIS: (gettext_lazy("Gul risk utan fördjupad analys."), "risks:analyse_deeper"),
    Lack.ACCEPTANCE: (gettext_lazy("Tiden som risken var accepterad har gått ut."), "risks:accept"),
}


def may_edit(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.RISKS_EDIT, unit)


def may_work_on(person: Person, risk: Risk) -> bool:
    return may_edit(person, risk.analysis.unit)


def may_accept(person: Person, risk: Risk) -> bool:
    return holds(person, Permission.RISKS_ACCEPT, risk.analysis.unit)


def obstacle_to_describing(analysis: RiskAnalysis) -> str | None:
    """A concluded analysis keeps its risks as described; the year's follow-ups and answers go on."""
    if analysis.state == AnalysisState.ONGOING:
        return None
    return _("Riskanalysen är klar. Öppna den igen om riskerna behöver ändras.")


def obstacle_to_identifying(analysis: RiskAnalysis) -> str | None:
    return obstacle_to_describing(analysis) or obstacle_to_beginning_in(analysis.unit)


def obstacle_to_changing(risk: Risk) -> str | None:
    return obstacle_to_describing(risk.analysis)


def obstacle_to_goal(goal: Goal | None, unit: Unit) -> str | None:
    if goal is None or unit.path.startswith(goal.unit.path):
        return None
    return _("Målet hör till %(goals)s, som inte ligger över %(unit)s. Välj ett mål i %(unit)s eller ovanför.") % {
        "goals": goal.unit.name,
        "unit": unit.name,
    }


def obstacle_to_working_on(risk: Risk) -> str | None:
    if risk.is_gone:
        return _("Risken är markerad som borta. Ändra det först om den finns kvar.")
    return None


def obstacle_to_assessing(risk: Risk, occasion: str) -> str | None:
    """First judged while the analysis is made; followed up, and given a target, from then on."""
    if obstacle := obstacle_to_working_on(risk):
        return obstacle
    if occasion == Occasion.INITIAL:
        return obstacle_to_describing(risk.analysis)
    if risk.band is None:
        return _("Gör den första bedömningen av risken först.")
    return None


def obstacle_to_accepting(risk: Risk) -> str | None:
    """Only a risk in the lowest band may be lived with: the others ask for something to be done."""
    if obstacle := obstacle_to_working_on(risk):
        return obstacle
    if risk.band is None:
        return _("Bedöm risken innan den accepteras.")
    if risk.is_in_band(Tone.YELLOW):
        return _("Bara en grön risk kan accepteras. En gul risk ska analyseras djupare.")
    if risk.is_in_band(Tone.RED):
        return _("Bara en grön risk kan accepteras. En röd risk ska ha en åtgärd nu.")
    if risk.accepted_until and risk.is_accepted_on(timezone.localdate()):
        return _("Risken är redan accepterad till och med %(day)s.") % {"day": risk.accepted_until.isoformat()}
    return None


def obstacle_to_withdrawing_acceptance(risk: Risk) -> str | None:
    return None if risk.accepted_until else _("Risken är inte accepterad.")


def obstacle_to_marking(risk: Risk, change: str) -> str | None:
    """What became of a risk can only be said of one that was there last year."""
    if obstacle := obstacle_to_describing(risk.analysis):
        return obstacle
    if risk.previous_id is None and change in (Change.CHANGED, Change.UNCHANGED):
        return _("Risken fanns inte i förra årets analys. Den är ny, eller borta.")
    if risk.previous_id and change == Change.NEW:
        return _("Risken fanns i förra årets analys. Den är ändrad, oförändrad eller borta.")
    return None


def obstacle_to_answering(risk: Risk, unit: Unit) -> str | None:
    """Secrecy runs between nämnder: a risk is answered within its own."""
    if obstacle := obstacle_to_working_on(risk):
        return obstacle
    if unit.committee_id != risk.analysis.unit.committee_id:
        return _("%(unit)s hör till en annan nämnd än risken.") % {"unit": unit.name}
    return None


def is_answered(risk: Risk) -> bool:
    """No statement when the risk was read `with_answers`."""
    return risk.is_answered if hasattr(risk, "is_answered") else answering_actions().filter(risks=risk).exists()


def lacks_action(risk: Risk) -> bool:
    return risk.is_in_band(Tone.RED) and not is_answered(risk)


def lacks_of(risk: Risk) -> list[Lack]:
    """What `RiskQuerySet.lacking` would find this risk by. No statement when it was read `with_answers`."""
    if risk.is_gone:
        return []
    lacks = {
        Lack.ASSESSMENT: risk.band is None,
        Lack.ACTION: lacks_action(risk),
        Lack.ANALYSIS: risk.is_in_band(Tone.YELLOW) and not risk.deeper_analysis,
        Lack.ACCEPTANCE: risk.accepted_until is not None and not risk.is_accepted_on(timezone.localdate()),
    }
    return [what for what, is_so in lacks.items() if is_so]


def breaks_of(risk: Risk) -> list[Break]:
    """What this risk asks for now, each with the page where it is done."""
    return [Break(str(sentence), reverse(page, args=[risk.pk])) for sentence, page in map(MENDED.get, lacks_of(risk))]
