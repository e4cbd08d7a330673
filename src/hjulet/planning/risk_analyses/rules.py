from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.organisation.models import Person
from hjulet.planning.risk_matrix.queries import matrix_in_force
from hjulet.planning.risks import rules as risk_rules
from hjulet.planning.risks.models import Lack, RiskAnalysis
from hjulet.planning.risks.queries import missing_in
from hjulet.planning.risks.states import WORKFLOW


def may_edit(person: Person, analysis: RiskAnalysis) -> bool:
    return risk_rules.may_edit(person, analysis.unit)


def obstacle_to_identifying(analysis: RiskAnalysis) -> str | None:
    return risk_rules.obstacle_to_identifying(analysis)


def obstacle_to_starting() -> str | None:
    if matrix_in_force():
        return None
    return _("Ingen riskmatris gäller. Be den som sköter registren att sätta en version i kraft.")


def obstacle_to_starting_next(analysis: RiskAnalysis) -> str | None:
    """One analysis per unit and year, whether begun from the year before or empty."""
    if analysis.unit.valid_to is not None:
        return _("%(unit)s är stängd. Riskerna går vidare i den enhet som tog över.") % {"unit": analysis.unit.name}
    following = RiskAnalysis.objects.filter(unit=analysis.unit_id, year=analysis.year + 1)
    if following.exists():
        return _("Det finns redan en riskanalys för %(year)s.") % {"year": analysis.year + 1}
    return obstacle_to_starting()


def obstacle_to_concluding(analysis: RiskAnalysis, *, missing: dict[Lack, int] | None = None) -> str | None:
    """An analysis is done when every risk has been judged and has got what its level asks for at once.

    `missing` is for a page that has counted already. A marked risk stops nobody: who concludes may not know of it.
    """
    if missing is None:
        missing = missing_in(analysis.risks.unmarked())
    if sentences := [lack_sentence(what, count) for what, count in missing.items() if count]:
        return " ".join(sentences)
    return None if analysis.risks.present().exists() else _("Riskanalysen har inga risker ännu.")


def obstacle_to_move(analysis: RiskAnalysis, move: str, *, missing: dict[Lack, int] | None = None) -> str | None:
    if obstacle := WORKFLOW.obstacle_to(move, analysis.state):
        return obstacle
    return obstacle_to_concluding(analysis, missing=missing) if move == "conclude" else None


def lack_sentence(what: Lack, count: int) -> str:
    """What so many risks are without, as a sentence."""
    sentences = {
        Lack.ASSESSMENT: ngettext("%(n)s risk är inte bedömd.", "%(n)s risker är inte bedömda.", count),
        Lack.ACTION: ngettext(
            "%(n)s röd risk saknar åtgärd med ansvarig och sista dag.",
            "%(n)s röda risker saknar åtgärd med ansvarig och sista dag.",
            count,
        ),
        Lack.ANALYSIS: ngettext(
            "%(n)s gul risk saknar fördjupad analys.", "%(n)s gula risker saknar fördjupad analys.", count
        ),
        Lack.ACCEPTANCE: ngettext(
            "%(n)s risk är accepterad till en dag som har passerat.",
            "%(n)s risker är accepterade till en dag som har passerat.",
            count,
        ),
    }
    return sentences[what] % {"n": count}
