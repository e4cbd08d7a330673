from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from hjulet.collaboration.targets import kind_of, may_contribute, may_withdraw, target_visible_to
from hjulet.organisation.models import Person
from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.governed import Governed, governed
from hjulet.rulebook.laws.queries import provisions_visible_to
from hjulet.rulebook.links.models import GOVERNING, RuleLink, RuleLinkQuerySet
from hjulet.rulebook.processes.models import Process


def documents_to_link(person: Person) -> QuerySet[GoverningDocument]:
    return GoverningDocument.objects.visible_to(person).filter(withdrawn_date=None)


# What a link may point at, by the field that does.
RULES: dict[str, Callable[[Person], QuerySet]] = {
    "document": documents_to_link,
    "process": Process.objects.visible_to,
    "agreement": Agreement.objects.visible_to,
    "provision": provisions_visible_to,
}


@dataclass(frozen=True)
class Shown:
    """A link as the row's page has it; without an address when the person may not read what governs."""

    link: RuleLink
    kind: str
    url: str
    may_withdraw: bool


@dataclass(frozen=True)
class Governing:
    """What governs a row, as one person sees it."""

    kind: str
    target: Model
    links: list[Shown]
    may_link: bool


def governing_of(target: Any, person: Person) -> Governing:
    """What hangs on the row. The caller has made sure that the person may see it."""
    links = list(RuleLink.objects.about(target).that_hold().select_related(*GOVERNING, "provision__law"))
    readable = {name: readable_among(person, name, links) for name in GOVERNING}
    return Governing(
        kind_of(target),
        target,
        [shown(person, link, target, readable) for link in links],
        may_contribute(person, target),
    )


def shown(person: Person, link: RuleLink, target: Any, readable: dict[str, set[int]]) -> Shown:
    rule = link.governing
    url = rule.get_absolute_url() if rule.pk in readable[rule_name(rule)] else ""
    return Shown(link, str(rule._meta.verbose_name), url, may_withdraw(person, link, target))


def readable_among(person: Person, name: str, links: Iterable[RuleLink]) -> set[int]:
    """The keys of those that the person may read; no statement when none is linked."""
    keys = {key for link in links if (key := getattr(link, f"{name}_id")) is not None}
    return set(RULES[name](person).filter(pk__in=keys).order_by().values_list("pk", flat=True)) if keys else set()


def governed_by(rule: Model, person: Person) -> list[Governed]:
    """The rows that it governs and that the person may see."""
    targets = targets_of(RuleLink.objects.that_hold().filter(**{rule_name(rule): rule}), person)
    return governed([(rows.model._meta.verbose_name, rows) for rows in targets])


def targets_of(links: RuleLinkQuerySet, person: Person) -> list[QuerySet]:
    """The rows they hang on that the person may see, each by its own rule; one statement finds which kinds there are."""
    return [
        model._default_manager.visible_to(person).filter(
            pk__in=links.filter(target_type=kind).order_by().values("target_id")
        )
        for kind, model in links.kinds()
    ]


def rule_name(rule: Model) -> str:
    return {RuleLink._meta.get_field(name).related_model: name for name in GOVERNING}[type(rule)]


def rule_visible_to(person: Person, name: str, pk: int) -> Model | None:
    """What something is governed by, when the person may read it; None for a name that nothing has."""
    return RULES[name](person).filter(pk=pk).first() if name in RULES else None


def link_visible_to(person: Person, pk: int) -> RuleLink | None:
    link = RuleLink.objects.filter(pk=pk).select_related("target_type").first()
    if link is None or target_visible_to(person, link.target_type, link.target_id) is None:
        return None
    return link
