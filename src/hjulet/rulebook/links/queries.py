from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from hjulet.collaboration.targets import kind_of, may_contribute, may_withdraw, target_visible_to
from hjulet.organisation.models import Person
from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.laws.queries import provisions_visible_to
from hjulet.rulebook.links.models import GOVERNING, RuleLink
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


@dataclass(frozen=True)
class Governed:
    """The rows of one kind that something governs."""

    kind: str
    rows: list[Model]


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
    """The rows that it governs and that the person may see: a statement for each kind of them, and one more."""
    links = RuleLink.objects.that_hold().filter(**{rule_name(rule): rule}).order_by()
    types = ContentType.objects.filter(pk__in=links.values("target_type"))
    models = [(kind, model) for kind in types if (model := kind.model_class())]
    found = [(model, rows_of(model, links.filter(target_type=kind), person)) for kind, model in models]
    return [Governed(str(model._meta.verbose_name), rows) for model, rows in found if rows]


def rows_of(model: type[Model], links: QuerySet[RuleLink], person: Person) -> list[Model]:
    return list(model._default_manager.visible_to(person).filter(pk__in=links.values("target_id")))


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
