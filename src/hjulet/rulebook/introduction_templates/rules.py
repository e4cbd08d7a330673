from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate


def may_lead(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.STAFF_LEAD, unit)


def may_lead_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.STAFF_LEAD)


def may_change(person: Person, template: IntroductionTemplate) -> bool:
    return may_lead(person, template.unit)


def obstacle_to_changing(template: IntroductionTemplate) -> str | None:
    return _("Mallen används inte längre.") if template.closed_date else None
