from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from hjulet.actions.models import Action
from hjulet.monitoring.agreement_follow_ups import rules
from hjulet.monitoring.agreement_follow_ups.models import AgreementFollowUp, RequirementVerdict, Verdict
from hjulet.organisation.models import Person
from hjulet.rulebook.agreements.queries import agreements_visible_to
from hjulet.rulebook.models import Agreement, Requirement

__all__ = ["agreements_visible_to"]


@dataclass(frozen=True)
class Judged:
    verdict: RequirementVerdict
    actions: list[Action]
    obstacle: str | None


@dataclass(frozen=True)
class FollowUpPage:
    follow_up: AgreementFollowUp
    rows: list[Judged]
    may_plan_action: bool


@dataclass(frozen=True)
class FollowUpsPanel:
    """The latest first, each with how many requirements lacked something and how many were looked at."""

    agreement: Agreement
    rows: list[tuple[AgreementFollowUp, int, int]]


def follow_ups_visible_to(person: Person) -> QuerySet[AgreementFollowUp]:
    """Where every page about follow-ups of agreements starts."""
    return AgreementFollowUp.objects.visible_to(person).select_related(
        "agreement__unit", "agreement__owner_person", "by"
    )


def verdicts_visible_to(person: Person) -> QuerySet[RequirementVerdict]:
    of_visible = AgreementFollowUp.objects.visible_to(person).order_by().values("pk")
    return RequirementVerdict.objects.filter(follow_up__in=of_visible).select_related("follow_up__agreement__unit")


def requirements_to_judge(agreement: Agreement) -> list[Requirement]:
    return list(agreement.requirements.standing())


def follow_up_page(person: Person, follow_up: AgreementFollowUp) -> FollowUpPage:
    seen = Action.objects.visible_to(person).within_secrecy(person).select_related("unit", "owner_person")
    verdicts = list(follow_up.verdicts.prefetch_related(Prefetch("actions", seen, to_attr="seen_actions")))
    for verdict in verdicts:
        verdict.follow_up = follow_up
    return FollowUpPage(
        follow_up=follow_up,
        rows=[Judged(row, row.seen_actions, rules.obstacle_to_planning_action(row)) for row in verdicts],
        may_plan_action=rules.may_plan_action_from(person, follow_up),
    )


def follow_ups_panel(agreement: Agreement) -> FollowUpsPanel:
    follow_ups = list(agreement.follow_ups.select_related("by").prefetch_related("verdicts"))
    return FollowUpsPanel(
        agreement=agreement,
        rows=[(row, lacking(row), len(row.verdicts.all())) for row in follow_ups],
    )


def lacking(follow_up: AgreementFollowUp) -> int:
    return sum(verdict.verdict != Verdict.FULFILLED for verdict in follow_up.verdicts.all())
