from typing import Any

from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require
from hjulet.collaboration.targets import kind_of, may_contribute, withdraw
from hjulet.organisation.models import Person
from hjulet.rulebook.links.models import RuleLink


@operation
def link_to_rule(target: Any, *, by: Person, note: str = "", **governing: Any) -> RuleLink:
    """Say that a row is governed by something: `document=` or `provision=`, one of them."""
    require(may_contribute(by, target))
    link = RuleLink(target=target, by=by, at=timezone.now(), note=note.strip(), **governing)
    link.full_clean()
    link.save()
    audit.record(
        "rulelink.linked",
        by=by,
        target=link,
        unit=target.unit,
        after={"about": kind_of(target), "about_id": target.pk, "governed_by": str(link.governing)},
    )
    return link


@operation
def withdraw_link(link: RuleLink, *, by: Person, reason: str) -> RuleLink:
    withdraw(link, by=by, reason=reason)
    return link
