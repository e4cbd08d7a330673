"""The registers of the organisation's slice of responsibilities: organisation does not know registers."""

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.registers.register import Register
from hjulet.organisation.models import ExpectedRole, OrganisationText, ResponsibilityArea

RESPONSIBILITY_AREAS = Register(
    key="ansvarsomraden",
    model=ResponsibilityArea,
    fields=("name", "explanation", "order", "valid_from", "valid_to"),
    title=_("Ansvarsområden"),
    intro=_("De delar av kvalitetsarbetet som någon ska ansvara för. Vem det är anges per nämnd och enhet."),
)
EXPECTED_ROLES = Register(
    key="roller-som-ska-finnas",
    model=ExpectedRole,
    fields=("role", "unit_kind"),
    title=_("Roller som ska finnas"),
    intro=_("Vilken roll någon ska ha i varje enhet av ett slag. Där ingen har den visas rollen som saknad."),
)
ORGANISATION_TEXTS = Register(
    key="organisationstexter",
    model=OrganisationText,
    fields=("title", "body", "order"),
    title=_("Texter om hur arbetet är organiserat"),
    intro=_("Kapitlen på sidan Så är kvalitetsarbetet organiserat, i Markdown. Varje ändring blir en ny version."),
)
