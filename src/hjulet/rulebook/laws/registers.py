"""Laws and provisions as registers: so that every save is a version, and the starter library can fill them."""

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.laws.models import Law, Provision

KEEPERS = (Permission.LAWS_EDIT, Permission.REGISTERS_MANAGE)
HOW_LONG = ("valid_from", "valid_to", "ended_some_day", "successor", "certainty", "note")

LAWS = Register(
    key="lagar",
    model=Law,
    fields=(
        "title",
        "short",
        "series",
        "number",
        "kind",
        "field",
        "demand",
        "link",
        "owner_role",
        "owner_person",
        *HOW_LONG,
    ),
    title=_("Lagar och föreskrifter"),
    intro=_("Det som styr arbetet, med dagar och efterträdare."),
    permissions=KEEPERS,
    own_pages=("laws:list", "laws:detail"),
)
PROVISIONS = Register(
    key="bestammelser",
    model=Provision,
    fields=("law", "reference", "heading", "demand", "is_advice", "order", *HOW_LONG),
    title=_("Bestämmelser"),
    intro=_("Vad varje bestämmelse kräver, med egna ord."),
    permissions=KEEPERS,
    own_pages=("laws:list", "laws:provision"),
)
