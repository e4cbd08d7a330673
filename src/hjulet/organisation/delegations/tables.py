from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Many, Table, Tag
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation
from hjulet.organisation.delegations.states import COLORS


def reported(delegation: Delegation) -> Any:
    """What the nämnd decides itself is not reported to it."""
    if not delegation.is_delegable:
        return None
    return _("Ja") if delegation.must_be_reported else _("Nej")


DELEGATIONS = Table(
    key="delegations",
    caption=_("Delegationsordning"),
    columns=(
        Column("code", _("Nummer"), lambda d: d.code, sort=("sort_key",)),
        Column("title", _("Beslut"), lambda d: Link(d.title, d), sort=("title",)),
        Column("role", _("Delegat"), lambda d: d.role_name or _("Nämnden själv"), sort=("role",)),
        Column("legal_basis", _("Lagrum"), lambda d: d.legal_basis),
        Column("must_be_reported", _("Anmäls"), reported),
        Column("standing", _("Läge"), lambda d: Tag(d.standing.label, COLORS[d.standing])),
        Column("committee", _("Nämnd"), lambda d: d.committee.name, sort=("committee__path", "sort_key")),
        Column("conditions", _("Villkor"), lambda d: d.conditions, is_extra=True),
        Column("sub_delegating", _("Får vidaredelegera"), lambda d: d.sub_delegating_name, is_extra=True),
        Column("valid_from", _("Gäller från"), lambda d: d.valid_from, sort=("valid_from",), is_extra=True),
        Column("valid_to", _("Till och med"), lambda d: d.valid_to, sort=("valid_to",), is_extra=True),
        Column("decision", _("Nämndens beslut"), lambda d: d.decision and str(d.decision), is_extra=True),
    ),
    sort="committee",
)


def reporting_of(delegated: DelegatedDecision) -> Any:
    """Whether the nämnd knows."""
    if delegated.reported_in:
        return str(delegated.reported_in)
    return Tag(_("Ska anmälas"), "warning") if delegated.must_be_reported else _("Behöver inte anmälas")


DELEGATED_DECISIONS = Table(
    key="delegated-decisions",
    caption=_("Delegationsbeslut"),
    columns=(
        Column("decided_on", _("Beslutsdag"), lambda d: d.decided_on, sort=("decided_on",)),
        Column("subject", _("Ärende"), lambda d: Link(d.subject, d), sort=("subject",)),
        Column("delegation", _("Enligt"), lambda d: d.delegation_text, sort=("delegation__sort_key",)),
        Column("decided_by", _("Beslutat av"), lambda d: d.decided_by_name, sort=("decided_by_name",)),
        Column("unit", _("Enhet"), lambda d: d.unit_name, sort=("unit__path",)),
        Column("registry_number", _("Diarienummer"), lambda d: d.registry_number, sort=("registry_number",)),
        Column("reported", _("Anmält"), reporting_of, sort=("report__meeting__meeting_date",)),
        Column("title", _("Titel"), lambda d: d.decided_by_title, is_extra=True),
        Column("reasons", _("Skäl"), lambda d: d.reasons, is_extra=True),
    ),
    sort="-decided_on",
    many=(Many("delegations:report_many", _("Anmäl de valda till nämnden")),),
)
