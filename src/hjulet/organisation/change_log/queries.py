"""The change log as people read it. It lies here and not in audit, for who may read it follows from roles in units."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from hjulet.audit.models import Event
from hjulet.audit.words import FIELDS
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach, within_reach
from hjulet.organisation.secrecy.models import Marking
from hjulet.organisation.units.models import Unit, UnitKind


@dataclass(frozen=True)
class Value:
    """One field of an event, before and after."""

    label: str
    before: str
    after: str


def events_visible_to(person: Person) -> QuerySet[Event]:
    """Events in units where the person reads the log; those of no unit for readers in the municipality itself.

    Not those of what is marked as secret, unless the person reads that: an event tells what was written.
    """
    reach = units_within_reach(person, Permission.AUDIT_READ)
    everywhere = Q(Exists(reach.filter(kind=UnitKind.MUNICIPALITY)), unit_id=None)
    unit_name = Unit.objects.filter(pk=OuterRef("unit_id")).order_by().values("name")
    inside = Q(within_reach(person, Permission.AUDIT_READ, "unit_id"))
    events = without_secrets(Event.objects.filter(inside | everywhere), person)
    return events.annotate(unit_name=Subquery(unit_name))


def without_secrets(events: QuerySet[Event], person: Person) -> QuerySet[Event]:
    """Also without what has been said about a marked row: such an event names the row beside its own text."""
    hidden = Marking.objects.in_force().exclude(unit__in=units_within_reach(person, Permission.SECRETS_READ)).order_by()
    itself = hidden.filter(target_type=OuterRef("target_type"), target_id=OuterRef("target_id"))
    said_about = hidden.annotate(key=Cast("target_id", CharField())).filter(
        target_type=OuterRef("about"), key=OuterRef("about_id")
    )
    said = events.annotate(about=KT("after__about"), about_id=KT("after__about_id"))
    # The first part spares most events the reading of their JSON.
    is_said = Q(target_type__startswith="collaboration.") & Exists(said_about)
    return said.exclude(Exists(itself)).exclude(is_said)


def values_of(event: Event) -> list[Value]:
    """What the event says field by field, in words."""
    model = model_of(event.target_type)
    return [
        Value(
            label=label_of(model, name),
            before=as_text(model, name, event.before.get(name)),
            after=as_text(model, name, event.after.get(name)),
        )
        for name in names_in(event)
    ]


def names_in(event: Event) -> list[str]:
    """The fields it speaks of in the order of their model, extra values last: PostgreSQL keeps no order of its own."""
    model = model_of(event.target_type)
    order = [field.name for field in model._meta.fields] if model else []
    said = {*event.before, *event.after}
    return [name for name in order if name in said] + sorted(said.difference(order))


def model_of(target_type: str) -> type[Model] | None:
    """None for a model that the product no longer has."""
    try:
        return apps.get_model(target_type)
    except LookupError:
        return None


def name_of(target_type: str) -> str:
    model = model_of(target_type)
    return str(model._meta.verbose_name) if model else target_type


def label_of(model: type[Model] | None, name: str) -> str:
    """The field's own name with a capital; that of an extra value from the table of words."""
    field = field_of(model, name)
    # A relation that points here, like the risks of an analysis, has no words of its own.
    text = str(FIELDS.get(name, getattr(field, "verbose_name", name)))
    return text[:1].upper() + text[1:]


def as_text(model: type[Model] | None, name: str, value: Any) -> str:
    """A value as people read it: choices by their label, rows by their name, lists with commas."""
    if isinstance(value, dict):
        return str(value.get("name", value))
    if isinstance(value, list):
        return ", ".join(as_text(model, name, item) for item in value)
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    labels = dict(getattr(field_of(model, name), "flatchoices", None) or ())
    return "" if value is None else str(labels.get(value, value))


def field_of(model: type[Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
