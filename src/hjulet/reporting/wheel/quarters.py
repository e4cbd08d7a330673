"""The four quarters of the wheel, made from counts: what each counts, and the sentences of what is broken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from hjulet.actions.states import ActionState
from hjulet.organisation.models import Unit
from hjulet.planning.models import QualityPlan
from hjulet.planning.quality_plan.states import DECIDED, PlanState
from hjulet.planning.risks.models import Lack
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.periods import period_ends


@dataclass(frozen=True)
class Break:
    """A place where the thread has come apart, and the page where it is mended."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Part:
    """One thing a quarter counts: so many done of so many."""

    label: str
    done: int
    total: int
    url: str


@dataclass(frozen=True)
class Quarter:
    key: str
    title: str
    question: str
    parts: tuple[Part, ...]
    breaks: tuple[Break, ...]

    @property
    def share(self) -> float | None:
        """Done of all that the quarter counts, each part weighing the same; None when there is nothing to count."""
        shares = [part.done / part.total for part in self.parts if part.total]
        return sum(shares) / len(shares) if shares else None


@dataclass(frozen=True)
class RiskCount:
    """The risks that are there, and how many of them lack what."""

    all: int
    missing: dict[Lack, int]

    @classmethod
    def of(cls, all: int = 0, *missing: int) -> "RiskCount":
        """`missing` in the order of `Lack`."""
        return cls(all, dict.fromkeys(Lack, 0) | dict(zip(Lack, missing, strict=False)))


@dataclass(frozen=True)
class ActionCount:
    """The year's actions; `done` are carried out, `unchecked` those of them whose effect nobody has judged."""

    all: int = 0
    late: int = 0
    ownerless: int = 0
    done: int = 0
    unchecked: int = 0


@dataclass(frozen=True)
class ControlCount:
    """The year's occasions of egenkontroll, without those set aside."""

    all: int = 0
    done: int = 0
    late: int = 0


@dataclass(frozen=True)
class Facts:
    """What a year at a nämnd is made of, counted. `reported` are the periods that the nämnd has had.

    `risks` is None for whoever may not read risks: that there are none is then not known.
    """

    committee: Unit
    year: int
    today: date
    risks: RiskCount | None
    actions: ActionCount
    controls: ControlCount
    plan: QualityPlan | None
    reported: frozenset[str]
    next_is_started: bool

    def rows(self, name: str, **query: Any) -> str:
        """A list page filtered to the rows behind a count."""
        return f"{reverse(name)}?{urlencode({'unit': self.committee.pk, 'year': self.year, **query})}"


RISKS_LACKING = {
    Lack.ASSESSMENT: ngettext_lazy("%(n)s risk är inte bedömd.", "%(n)s risker är inte bedömda.", "n"),
    Lack.ACTION: ngettext_lazy(
        "%(n)s röd risk saknar åtgärd med ansvarig och sista dag.",
        "%(n)s röda risker saknar åtgärd med ansvarig och sista dag.",
        "n",
    ),
    Lack.ANALYSIS: ngettext_lazy(
        "%(n)s gul risk saknar fördjupad analys.", "%(n)s gula risker saknar fördjupad analys.", "n"
    ),
    Lack.ACCEPTANCE: ngettext_lazy(
        "Acceptansen av %(n)s risk har gått ut.", "Acceptansen av %(n)s risker har gått ut.", "n"
    ),
}
LATE_ACTIONS = ngettext_lazy("%(n)s åtgärd är försenad.", "%(n)s åtgärder är försenade.", "n")
OWNERLESS_ACTIONS = ngettext_lazy("%(n)s åtgärd saknar ansvarig.", "%(n)s åtgärder saknar ansvarig.", "n")
LATE_CONTROLS = ngettext_lazy("%(n)s egenkontroll är försenad.", "%(n)s egenkontroller är försenade.", "n")
UNCHECKED_ACTIONS = ngettext_lazy(
    "%(n)s genomförd åtgärd saknar bedömd effekt.", "%(n)s genomförda åtgärder saknar bedömd effekt.", "n"
)


def quarters_of(facts: Facts) -> tuple[Quarter, ...]:
    is_adopted = facts.plan is not None and facts.plan.state in DECIDED
    plan_page = facts.plan.get_absolute_url() if facts.plan else reverse("quality_plan:list")
    actions, controls = facts.actions, facts.controls
    return (
        Quarter(
            "plan",
            _("Planera"),
            _("Vilka risker finns och vad ska vi göra?"),
            (*assessed(facts), Part(_("Kvalitetsplan antagen"), int(is_adopted), 1, plan_page)),
            tuple(planning_breaks(facts, plan_page, is_adopted=is_adopted)),
        ),
        Quarter(
            "do",
            _("Genomföra"),
            _("Blir åtgärderna gjorda i tid?"),
            (
                Part(_("Åtgärder genomförda"), actions.done, actions.all, facts.rows("actions:list")),
                Part(_("Åtgärder utan försening"), actions.all - actions.late, actions.all, facts.rows("actions:list")),
            ),
            tuple(doing_breaks(facts)),
        ),
        Quarter(
            "check",
            _("Följa upp"),
            _("Visar egenkontrollerna att det fungerar?"),
            (
                Part(
                    _("Egenkontroller gjorda"), controls.done, controls.all, facts.rows("self_monitoring:occurrences")
                ),
                Part(_("Uppföljningar redovisade"), len(facts.reported), len(Period), facts.rows("follow_up:list")),
            ),
            tuple(checking_breaks(facts)),
        ),
        Quarter(
            "improve",
            _("Förbättra"),
            _("Hjälpte det, och vad tar vi med oss?"),
            (
                Part(_("Effekter bedömda"), actions.done - actions.unchecked, actions.done, facts.rows("actions:list")),
                *next_begun(facts),
            ),
            tuple(improving_breaks(facts)),
        ),
    )


def assessed(facts: Facts) -> Iterator[Part]:
    if risks := facts.risks:
        done = risks.all - risks.missing[Lack.ASSESSMENT]
        yield Part(_("Risker bedömda"), done, risks.all, facts.rows("risks:list"))


def next_begun(facts: Facts) -> Iterator[Part]:
    if facts.risks:
        begun = int(facts.next_is_started)
        yield Part(_("Nästa års riskanalys påbörjad"), begun, 1, reverse("risk_analyses:list"))


def planning_breaks(facts: Facts, plan_page: str, *, is_adopted: bool) -> Iterator[Break]:
    yield from risk_breaks(facts)
    if not is_adopted:
        yield Break(_("Kvalitetsplanen för %(year)s är inte antagen.") % {"year": facts.year}, plan_page)


def risk_breaks(facts: Facts) -> Iterator[Break]:
    if facts.risks is None:
        return
    if not facts.risks.all:
        yield Break(_("Ingen risk är beskriven för %(year)s.") % {"year": facts.year}, reverse("risk_analyses:list"))
    for what, sentence in RISKS_LACKING.items():
        if count := facts.risks.missing[what]:
            yield Break(sentence % {"n": count}, facts.rows("risks:list", lacking=what.value))


def doing_breaks(facts: Facts) -> Iterator[Break]:
    if facts.actions.late:
        yield Break(LATE_ACTIONS % {"n": facts.actions.late}, facts.rows("actions:list", overdue="on"))
    if facts.actions.ownerless:
        yield Break(OWNERLESS_ACTIONS % {"n": facts.actions.ownerless}, facts.rows("actions:list", ownerless="on"))


def checking_breaks(facts: Facts) -> Iterator[Break]:
    if facts.controls.late:
        late = facts.rows("self_monitoring:occurrences", overdue="on")
        yield Break(LATE_CONTROLS % {"n": facts.controls.late}, late)
    if facts.plan is None or facts.plan.state not in (PlanState.ADOPTED, PlanState.FOLLOWED_UP):
        return
    for period in Period:
        if period_ends(period, facts.year) < facts.today and period not in facts.reported:
            said = {"period": period.label, "year": facts.year}
            yield Break(_("%(period)s %(year)s är inte redovisat i nämnden.") % said, facts.rows("follow_up:list"))


def improving_breaks(facts: Facts) -> Iterator[Break]:
    if unchecked := facts.actions.unchecked:
        yield Break(UNCHECKED_ACTIONS % {"n": unchecked}, facts.rows("actions:list", state=ActionState.DONE.value))
    if facts.risks and Period.YEAR in facts.reported and not facts.next_is_started:
        yield Break(
            _("Lärdomarna från %(year)s är inte förda till nästa års riskanalys.") % {"year": facts.year},
            facts.rows("follow_up:list"),
        )
