"""How far the year has come, quarter by quarter, and where the thread is broken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from hjulet.actions.models import EffectCheck
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.states import OPEN, ActionState
from hjulet.monitoring.self_monitoring.queries import occurrences_visible_to
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.models import QualityPlan, RiskAnalysis
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.planning.quality_plan.states import DECIDED, PlanState
from hjulet.planning.risks.models import Lack, is_lacking
from hjulet.planning.risks.queries import risks_visible_to
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.periods import period_ends
from hjulet.reporting.follow_up.queries import follow_ups_visible_to
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.my_work.queries import Group, grouped, tasks_of


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
class RiskCount:
    """The risks that are there, and how many of them lack what."""

    all: int
    missing: dict[Lack, int]


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
class Wheel:
    committee: Unit
    year: int
    quarters: tuple[Quarter, ...]

    @property
    def breaks(self) -> list[Break]:
        return [found for quarter in self.quarters for found in quarter.breaks]


@dataclass(frozen=True)
class StartPage:
    """The wheel of the chosen nämnd (None for whoever follows no nämnd) and what awaits the person."""

    wheel: Wheel | None
    groups: list[Group]


def start_page(person: Person, committee: Unit | None, year: int) -> StartPage:
    wheel = wheel_of(person, committee, year) if committee else None
    return StartPage(wheel, grouped(tasks_of(person)))


def committees_of(person: Person) -> QuerySet[Unit]:
    """The nämnder whose year the person may follow."""
    return units_within_reach(person, Permission.PLANS_READ).committees().order_by("name")


def wheel_of(person: Person, committee: Unit, year: int, *, day: date | None = None) -> Wheel:
    """The year of one nämnd as this person may see it: a fixed number of statements, whatever the year holds."""
    today = day or timezone.localdate()
    risks = count_risks(person, committee, year)
    actions = count_actions(person, committee, year, today)
    controls = count_occurrences(person, committee, year, today)
    plan, reported, next_is_started = milestones(person, committee, year)
    where = {"committee": committee, "year": year}
    return Wheel(
        committee,
        year,
        (
            planning(risks, plan, **where),
            doing(actions, **where),
            following_up(controls, reported, plan, today, **where),
            improving(actions, reported, next_is_started=next_is_started, **where),
        ),
    )


def milestones(person: Person, committee: Unit, year: int) -> tuple[QualityPlan | None, set[str], bool]:
    """The plan, the periods that the nämnd has had reported, and whether next year's analysis is begun."""
    reported = follow_ups_visible_to(person).filter(
        plan__unit=committee, plan__year=year, state=FollowUpState.REPORTED
    )
    begun = RiskAnalysis.objects.visible_to(person).filter(unit=committee, year=year + 1)
    facts = {f"has_{period.value}": Exists(reported.filter(period=period).order_by()) for period in Period}
    plan = (
        plans_visible_to(person)
        .filter(unit=committee, year=year)
        .annotate(**facts, next_is_begun=Exists(begun.order_by()))
        .order_by("-version")
        .first()
    )
    if plan is None:
        return None, set(), begun.exists()
    return plan, {period for period in Period if getattr(plan, f"has_{period.value}")}, plan.next_is_begun


def count_risks(person: Person, committee: Unit, year: int) -> RiskCount:
    risks = risks_visible_to(person).filter(analysis__unit__path__startswith=committee.path, analysis__year=year)
    counted = risks.present().order_by().aggregate(
        all=Count("pk"), **{what.value: Count("pk", filter=is_lacking(what)) for what in Lack}
    )
    return RiskCount(counted["all"], {what: counted[what.value] for what in Lack})


def count_actions(person: Person, committee: Unit, year: int, today: date) -> dict[str, int]:
    actions = actions_visible_to(person).filter(unit__path__startswith=committee.path, due_date__year=year)
    is_open = Q(state__in=OPEN)
    checked = Exists(EffectCheck.objects.filter(action=OuterRef("pk")).order_by())
    return actions.order_by().annotate(is_checked=checked).aggregate(
        all=Count("pk", filter=~Q(state=ActionState.CANCELLED)),
        late=Count("pk", filter=is_open & Q(due_date__lt=today)),
        ownerless=Count("pk", filter=is_open & Q(owner_person=None, owner_role="")),
        done=Count("pk", filter=Q(state__in=[ActionState.DONE, ActionState.CLOSED])),
        checked=Count("pk", filter=Q(state__in=[ActionState.DONE, ActionState.CLOSED], is_checked=True)),
    )


def count_occurrences(person: Person, committee: Unit, year: int, today: date) -> dict[str, int]:
    occasions = occurrences_visible_to(person).filter(
        control__unit__path__startswith=committee.path, due_date__year=year
    )
    late = Q(state=OccurrenceState.PLANNED, due_date__lt=today)
    return occasions.order_by().aggregate(
        all=Count("pk", filter=~Q(state=OccurrenceState.NOT_APPLICABLE)),
        done=Count("pk", filter=Q(state=OccurrenceState.DONE)),
        late=Count("pk", filter=late),
    )


def planning(risks: RiskCount, plan: QualityPlan | None, *, committee: Unit, year: int) -> Quarter:
    risk_list = address("risks:list", unit=committee.pk, year=year)
    plan_page = plan.get_absolute_url() if plan else reverse("quality_plan:list")
    is_adopted = plan is not None and plan.state in DECIDED
    return Quarter(
        "plan",
        _("Planera"),
        _("Vilka risker finns och vad ska vi göra?"),
        (
            Part(_("Risker bedömda"), risks.all - risks.missing[Lack.ASSESSMENT], risks.all, risk_list),
            Part(_("Kvalitetsplan antagen"), int(is_adopted), 1, plan_page),
        ),
        tuple(planning_breaks(risks, is_adopted, plan_page, committee=committee, year=year)),
    )


LACKING_SENTENCES = {
    Lack.ASSESSMENT: ngettext_lazy("%(n)s risk är inte bedömd.", "%(n)s risker är inte bedömda.", "n"),
    Lack.ACTION: ngettext_lazy(
        "%(n)s röd risk saknar åtgärd med ansvarig och datum.",
        "%(n)s röda risker saknar åtgärd med ansvarig och datum.",
        "n",
    ),
    Lack.ANALYSIS: ngettext_lazy(
        "%(n)s gul risk saknar fördjupad analys.", "%(n)s gula risker saknar fördjupad analys.", "n"
    ),
    Lack.ACCEPTANCE: ngettext_lazy(
        "Acceptansen av %(n)s risk har gått ut.", "Acceptansen av %(n)s risker har gått ut.", "n"
    ),
}


def planning_breaks(
    risks: RiskCount, is_adopted: bool, plan_page: str, *, committee: Unit, year: int
) -> Iterator[Break]:
    if not risks.all:
        yield Break(_("Ingen risk är beskriven för %(year)s.") % {"year": year}, reverse("risk_analyses:list"))
    for what, sentence in LACKING_SENTENCES.items():
        if count := risks.missing[what]:
            rows = address("risks:list", unit=committee.pk, year=year, lacking=what.value)
            yield Break(sentence % {"n": count}, rows)
    if not is_adopted:
        yield Break(_("Kvalitetsplanen för %(year)s är inte antagen.") % {"year": year}, plan_page)


def doing(actions: dict[str, int], *, committee: Unit, year: int) -> Quarter:
    action_list = address("actions:list", unit=committee.pk, year=year)
    breaks = []
    if late := actions["late"]:
        breaks.append(
            Break(
                ngettext("%(n)s åtgärd är försenad.", "%(n)s åtgärder är försenade.", late) % {"n": late},
                f"{action_list}&overdue=on",
            )
        )
    if ownerless := actions["ownerless"]:
        breaks.append(
            Break(
                ngettext("%(n)s åtgärd saknar ansvarig.", "%(n)s åtgärder saknar ansvarig.", ownerless)
                % {"n": ownerless},
                f"{action_list}&ownerless=on",
            )
        )
    return Quarter(
        "do",
        _("Genomföra"),
        _("Blir åtgärderna gjorda i tid?"),
        (
            Part(_("Åtgärder genomförda"), actions["done"], actions["all"], action_list),
            Part(_("Åtgärder utan försening"), actions["all"] - actions["late"], actions["all"], action_list),
        ),
        tuple(breaks),
    )


def following_up(
    controls: dict[str, int], reported: set[str], plan: QualityPlan | None, today: date, *, committee: Unit, year: int
) -> Quarter:
    occasions = address("self_monitoring:occurrences", unit=committee.pk, year=year)
    passed = [period for period in Period if period_ends(period, year) < today]
    breaks = []
    if late := controls["late"]:
        breaks.append(
            Break(
                ngettext("%(n)s egenkontroll är sen.", "%(n)s egenkontroller är sena.", late) % {"n": late},
                f"{occasions}&overdue=on",
            )
        )
    if plan is not None and plan.state in (PlanState.ADOPTED, PlanState.FOLLOWED_UP):
        breaks += [
            Break(
                _("%(period)s %(year)s är inte redovisat i nämnden.") % {"period": period.label, "year": year},
                reverse("follow_up:list"),
            )
            for period in passed
            if period not in reported
        ]
    return Quarter(
        "check",
        _("Följa upp"),
        _("Visar egenkontrollerna att det fungerar?"),
        (
            Part(_("Egenkontroller gjorda"), controls["done"], controls["all"], occasions),
            Part(_("Uppföljningar redovisade"), len(reported), len(Period), reverse("follow_up:list")),
        ),
        tuple(breaks),
    )


def improving(
    actions: dict[str, int], reported: set[str], *, next_is_started: bool, committee: Unit, year: int
) -> Quarter:
    unchecked = actions["done"] - actions["checked"]
    done_list = address("actions:list", unit=committee.pk, year=year, state=ActionState.DONE)
    breaks = []
    if unchecked:
        breaks.append(
            Break(
                ngettext(
                    "%(n)s genomförd åtgärd saknar bedömd effekt.",
                    "%(n)s genomförda åtgärder saknar bedömd effekt.",
                    unchecked,
                )
                % {"n": unchecked},
                done_list,
            )
        )
    if Period.YEAR in reported and not next_is_started:
        breaks.append(
            Break(
                _("Lärdomarna från %(year)s är inte förda till nästa års riskanalys.") % {"year": year},
                reverse("follow_up:list"),
            )
        )
    return Quarter(
        "improve",
        _("Förbättra"),
        _("Hjälpte det, och vad tar vi med oss?"),
        (
            Part(_("Effekter bedömda"), actions["checked"], actions["done"], done_list),
            Part(_("Nästa års riskanalys påbörjad"), int(next_is_started), 1, reverse("risk_analyses:list")),
        ),
        tuple(breaks),
    )


def address(name: str, **query: Any) -> str:
    """A list page already filtered to the rows behind a figure."""
    return f"{reverse(name)}?{urlencode(query)}"
