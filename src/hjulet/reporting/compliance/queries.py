from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils import timezone

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import UnitKind
from hjulet.reporting.compliance import rules
from hjulet.reporting.compliance.evidence import ABSENT, NOT_COUNTED, SOURCES
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.reporting.compliance.models import ComplianceJudgement
from hjulet.reporting.compliance.states import COLORS, Verdict
from hjulet.rulebook.laws.models import LawKind
from hjulet.rulebook.models import Provision

REQUIREMENT = "Q-"
MOST_SHOWN = 50
MOST_IN_A_FILE = 10_000
MOST_EVIDENCE = max(len(source.evidence) for source in SOURCES)


@dataclass(frozen=True)
class Found:
    """How many rows show it, and how many lack it. None of either is not the same as nothing lacking."""

    evidence: Evidence
    shown: int
    lacking: int

    @property
    def color(self) -> str:
        if not self.shown and not self.lacking:
            return "neutral"
        return "warning" if self.lacking else "success"

    @property
    def page(self) -> str:
        return reverse(self.evidence.page)


@dataclass(frozen=True)
class Requirement:
    """A requirement beside what shows it; `absent` says what of it is not counted."""

    provision: Provision
    found: list[Found]
    absent: Any
    judgement: ComplianceJudgement | None

    @property
    def key(self) -> str:
        return self.provision.key

    @property
    def color(self) -> str:
        return COLORS[self.judgement.verdict] if self.judgement else "neutral"


@dataclass(frozen=True)
class CompliancePage:
    committee: Unit
    day: date
    requirements: list[Requirement]
    may_judge: bool
    may_take_out: bool

    @property
    def tally(self) -> list[tuple[Verdict | None, int, str]]:
        return tallied(one.judgement and one.judgement.verdict for one in self.requirements)


@dataclass(frozen=True)
class Shown:
    """A row behind a number."""

    title: str
    unit: str
    url: str
    is_lacking: bool


@dataclass(frozen=True)
class Rows:
    found: Found
    rows: list[Shown]
    has_more: bool


@dataclass(frozen=True)
class RequirementPage:
    committee: Unit
    requirement: Requirement
    rows: list[Rows]
    history: list[tuple[ComplianceJudgement, str]]
    may_judge: bool
    obstacle_to_judging: str | None


def committees_visible_to(person: Person) -> QuerySet[Unit]:
    """The nämnder whose compliance the person may read."""
    reach = units_within_reach(person, Permission.RULEBOOK_READ)
    return Unit.objects.filter(pk__in=reach.values("pk"), kind=UnitKind.COMMITTEE, valid_to=None).order_by("path")


def committees_listed_for(person: Person) -> list[tuple[Unit, list[tuple[Verdict | None, int, str]]]]:
    """Each with how its requirements have been judged."""
    committees = list(committees_visible_to(person))
    judged = latest_judgements().filter(unit__in=committees).values_list("unit_id", "provision_id", "verdict")
    verdicts = {(unit, provision): verdict for unit, provision, verdict in judged}
    asked = [provision.pk for provision in requirements_that_apply(person)]
    return [(unit, tallied(verdicts.get((unit.pk, provision)) for provision in asked)) for unit in committees]


def tallied(verdicts: Iterable[str | None]) -> list[tuple[Verdict | None, int, str]]:
    """How many requirements have been judged how, and how many not at all."""
    counts = Counter(verdicts)
    judged: list[tuple[Verdict | None, int, str]] = [(v, counts[v], COLORS[v]) for v in Verdict if counts[v]]
    return [*judged, (None, counts[None], "neutral")] if counts[None] else judged


def requirements_of(person: Person) -> QuerySet[Provision]:
    """The requirement rows of SOSFS 2011:9 in their order, and then what the municipality has decided itself."""
    if not rules.may_read_any(person):
        return Provision.objects.none()
    is_own = Q(law__kind=LawKind.OTHER)
    rows = Provision.objects.filter(Q(key__startswith=REQUIREMENT) | is_own).select_related(
        "law__successor", "successor__law"
    )
    return rows.annotate(is_own=ExpressionWrapper(is_own, BooleanField())).order_by("is_own", "law", "order", "pk")


def requirements_that_apply(person: Person) -> list[Provision]:
    """Without what the municipality decided itself and has put an end to."""
    return [provision for provision in requirements_of(person) if not (provision.is_own and provision.has_ended)]


def latest_judgements() -> QuerySet[ComplianceJudgement]:
    """The last word on each requirement in each nämnd."""
    same = ComplianceJudgement.objects.filter(unit=OuterRef("unit"), provision=OuterRef("provision"))
    return ComplianceJudgement.objects.filter(pk=Subquery(same.order_by("-at", "-pk").values("pk")[:1]))


def compliance_page(person: Person, committee: Unit, *, day: date | None = None) -> CompliancePage:
    """Six statements beside the person's roles, however many requirements and kinds of evidence there are."""
    today = day or timezone.localdate()
    judged = latest_judgements().filter(unit=committee).select_related("by")
    judgements = {judgement.provision_id: judgement for judgement in judged}
    counts = counted(person, committee, today)
    return CompliancePage(
        committee=committee,
        day=today,
        requirements=[
            requirement_of(provision, counts, judgements.get(provision.pk))
            for provision in requirements_that_apply(person)
        ],
        may_judge=rules.may_judge(person, committee),
        may_take_out=rules.may_take_out(person, committee),
    )


def requirement_of(
    provision: Provision, counts: dict[str, Found], judgement: ComplianceJudgement | None
) -> Requirement:
    found = [one for one in counts.values() if provision.key in one.evidence.requirements]
    absent = ABSENT.get(provision.key, "" if found else NOT_COUNTED)
    return Requirement(provision, found, absent, judgement)


def requirement_page(person: Person, committee: Unit, provision: Provision) -> RequirementPage:
    today = timezone.localdate()
    history = ComplianceJudgement.objects.filter(unit=committee, provision=provision).select_related("by")
    judgements = list(history)
    counts = counted(person, committee, today, only=provision.key)
    requirement = requirement_of(provision, counts, judgements[0] if judgements else None)
    may_judge = rules.may_judge(person, committee)
    return RequirementPage(
        committee=committee,
        requirement=requirement,
        rows=[few_rows(person, committee, found, today) for found in requirement.found],
        history=[(judgement, COLORS[judgement.verdict]) for judgement in judgements],
        may_judge=may_judge,
        obstacle_to_judging=rules.obstacle_to_judging(provision) if may_judge else None,
    )


def counted(person: Person, committee: Unit, day: date, *, only: str = "") -> dict[str, Found]:
    """All evidence of all sources in one statement, which reads each source once; by key, in their order."""
    asked = [(number, source) for number, source in enumerate(SOURCES) if not only or serves(source, only)]
    if not asked:
        return {}
    first, *others = (counting(number, source, person, committee, day) for number, source in asked)
    figures = {number: found for number, *found in first.union(*others, all=True)}
    return {
        evidence.key: Found(evidence, *(figures.get(number) or [0] * 2 * MOST_EVIDENCE)[2 * place : 2 * place + 2])
        for number, source in asked
        for place, evidence in enumerate(source.evidence)
    }


def serves(source: Source, requirement: str) -> bool:
    return any(requirement in evidence.requirements for evidence in source.evidence)


def counting(number: int, source: Source, person: Person, committee: Unit, day: date) -> QuerySet:
    """One row: the number of the source, and for each evidence how many show it and how many lack it."""
    names = [name for place in range(MOST_EVIDENCE) for name in (f"shown_{place}", f"lacking_{place}")]
    figures: dict[str, Any] = dict.fromkeys(names, Value(0, output_field=IntegerField()))
    for place, evidence in enumerate(source.evidence):
        figures[f"shown_{place}"] = Count("pk", filter=evidence.shows(day))
        figures[f"lacking_{place}"] = Count("pk", filter=evidence.lacks(day))
    of_source = source.rows(person, committee, day).order_by().annotate(source_number=Value(number))
    return of_source.values("source_number").annotate(**figures).values_list("source_number", *names)


def rows_behind(person: Person, committee: Unit, evidence: Evidence, day: date) -> tuple[Source, QuerySet]:
    """Those that show it and those that lack it, the latter first."""
    source = next(source for source in SOURCES if evidence in source.evidence)
    rows = source.rows(person, committee, day).filter(evidence.shows(day) | evidence.lacks(day))
    lacking = Case(When(evidence.lacks(day), then=Value(True)), default=Value(False), output_field=BooleanField())
    return source, rows.annotate(is_lacking=lacking).order_by("-is_lacking", "pk")


def few_rows(person: Person, committee: Unit, found: Found, day: date) -> Rows:
    source, rows = rows_behind(person, committee, found.evidence, day)
    few = list(rows[: MOST_SHOWN + 1])
    return Rows(found, [shown(source, row) for row in few[:MOST_SHOWN]], len(few) > MOST_SHOWN)


def all_rows(person: Person, committee: Unit, evidence: Evidence, day: date) -> Iterator[Shown]:
    source, rows = rows_behind(person, committee, evidence, day)
    return (shown(source, row) for row in rows[:MOST_IN_A_FILE].iterator(chunk_size=500))


def shown(source: Source, row: Any) -> Shown:
    url = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    return Shown(str(row), source.unit(row), url, row.is_lacking)
