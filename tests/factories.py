"""An organisation in one line each. A later state of anything is reached by its real operations, never made here."""

from datetime import date

from django.utils import timezone
from django.utils.text import slugify

from hjulet.organisation.models import Person, RoleAssignment, Unit, UnitVersion
from hjulet.organisation.units.models import UnitKind

SINCE = date(2020, 1, 1)
PASSWORD = "en lång lösenfras för prov"


def municipality(name="Ekliden"):
    """The one municipality: made at the first call, found at the next."""
    return Unit.objects.filter(kind=UnitKind.MUNICIPALITY).first() or place(UnitKind.MUNICIPALITY, None, name)


def committee(name="Socialnämnden"):
    return place(UnitKind.COMMITTEE, municipality(), name)


def administration(parent, name="Socialförvaltningen"):
    return place(UnitKind.ADMINISTRATION, parent, name)


def unit(parent, name="Hemtjänst Norr"):
    return place(UnitKind.UNIT, parent, name)


def group(parent, name="Grupp 1"):
    return place(UnitKind.GROUP, parent, name)


def provider(name="Omsorg Exempel AB"):
    return place(UnitKind.PROVIDER, municipality(), name)


def place(kind, parent, name):
    row = Unit(kind=kind, parent=parent, name=name, valid_from=SINCE, path=f"new {kind} {name}")
    row.committee = parent and parent.committee
    row.save()
    row.path = f"{parent.path if parent else ''}{row.pk}/"
    if kind == UnitKind.COMMITTEE:
        row.committee = row
    row.save()
    UnitVersion.of(row, valid_from=SINCE, recorded_at=timezone.now()).save()
    return row


def person(name="Karin Ek", **roles):
    """Someone who can log in with `PASSWORD`; `person("Karin Ek", unit_manager=home_care)` also gives the role there."""
    row = Person(name=name, email=f"{slugify(name).replace('-', '.')}@example.org")
    row.set_password(PASSWORD)
    row.save()
    for role, where in roles.items():
        assign(row, role, where)
    return row


def assign(person, role, unit, *, valid_from=SINCE, valid_to=None):
    return RoleAssignment.objects.create(person=person, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to)
