"""Areas, and roles that should be there, as the library gives them; who answers is said by the real operation."""

from datetime import date

from hjulet.organisation.models import ExpectedRole, OrganisationText, ResponsibilityArea
from hjulet.organisation.responsibilities.operations import make_responsible
from tests import factories

SINCE = factories.SINCE


def area(name="Tillgänglighet", order=1, **given):
    said = {"explanation": "Att det går att nå oss.", "valid_from": SINCE} | given
    return ResponsibilityArea.objects.create(key=f"area-{order}", name=name, order=order, **said)


def expect(role, kind):
    return ExpectedRole.objects.create(role=role, unit_kind=kind)


def text(title="Vem som bär ansvaret", body="Nämnden **leder**.", order=1):
    return OrganisationText.objects.create(key=f"text-{order}", title=title, body=body, order=order)


def answer(by, where, unit, **given):
    """The role answers for the area in the unit."""
    said = {"role": "social_director", "valid_from": date(2026, 1, 1), "plans": True, "leads": True} | given
    return make_responsible(by=by, area=where, unit=unit, **said)
