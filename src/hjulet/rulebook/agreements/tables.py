from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Many, Table, Tag
from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.agreements.states import COLORS, AgreementState


def title(agreement: Agreement) -> Link:
    return Link(agreement.title, agreement, warning=_("Lagkrav") if agreement.mandatory_basis_id else "")


AGREEMENTS = Table(
    key="agreements",
    caption=_("Avtal och överenskommelser"),
    columns=(
        Column("title", _("Avtal"), title, sort=("title",), fields=("title",)),
        Column("kind", _("Slag"), lambda a: a.kind, sort=("kind__order",), fields=("kind",)),
        Column("parties", _("Parter"), lambda a: ", ".join(party.name for party in a.other_side)),
        Column("unit", _("Enhet"), lambda a: a.unit_name, sort=("unit__path",)),
        Column(
            "owner",
            _("Ansvarig"),
            lambda a: a.owner,
            sort=("owner_person__name", "owner_role"),
            fields=("owner_person", "owner_role"),
            in_file=lambda a: a.owner_in_file,
        ),
        Column(
            "valid_to",
            _("Gäller till och med"),
            lambda a: Deadline(a.valid_to, a.is_in_force),
            sort=("valid_to",),
            fields=("valid_to",),
        ),
        Column(
            "next_follow_up_date",
            _("Följs upp senast"),
            lambda a: Deadline(a.next_follow_up_date, a.is_in_force),
            sort=("next_follow_up_date",),
            fields=("next_follow_up_date",),
        ),
        Column("state", _("Läge"), lambda a: Tag(AgreementState(a.state).label, COLORS[a.state]), sort=("state",)),
        Column(
            "mandatory_basis",
            _("Krävs enligt lag för"),
            lambda a: a.mandatory_basis,
            sort=("mandatory_basis__order",),
            is_extra=True,
            fields=("mandatory_basis",),
        ),
        Column(
            "valid_from",
            _("Gäller från"),
            lambda a: a.valid_from,
            sort=("valid_from",),
            is_extra=True,
            fields=("valid_from",),
        ),
        Column(
            "notice_date",
            _("Säg upp eller förläng senast"),
            lambda a: Deadline(a.notice_date, a.is_in_force),
            sort=("notice_date",),
            is_extra=True,
            fields=("notice_date",),
        ),
        Column("purpose", _("Syfte"), lambda a: a.purpose, is_extra=True, fields=("purpose",)),
        Column("target_group", _("Målgrupp"), lambda a: a.target_group, is_extra=True, fields=("target_group",)),
        Column("renewal", _("Så förlängs det"), lambda a: a.renewal, is_extra=True, fields=("renewal",)),
        Column(
            "contact_function",
            _("Kontakt hos motparten"),
            lambda a: a.contact_function,
            is_extra=True,
            fields=("contact_function",),
        ),
        Column(
            "registry_number",
            _("Diarienummer"),
            lambda a: a.registry_number,
            sort=("registry_number",),
            is_extra=True,
            fields=("registry_number",),
        ),
    ),
    sort="title",
    many=(Many("agreements:change_many", _("Ändra de valda")),),
    read_in="agreements:read_in",
)
