from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation, MeetingReport
from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations.models import (
    Part,
    Placement,
    Reorganisation,
    ReorganisationStep,
    Succession,
)
from hjulet.organisation.responsibilities.models import (
    AreaResponsibility,
    ExpectedRole,
    OrganisationText,
    ResponsibilityArea,
)
from hjulet.organisation.roles.models import RoleAssignment, RoleText
from hjulet.organisation.secrecy.models import Marking, Opening
from hjulet.organisation.sign_on.models import GroupRole, SeenGroup
from hjulet.organisation.units.models import Unit, UnitVersion

__all__ = [
    "AreaResponsibility",
    "Decision",
    "DelegatedDecision",
    "Delegation",
    "Deputyship",
    "ExpectedRole",
    "GroupRole",
    "Marking",
    "MeetingReport",
    "Opening",
    "OrganisationText",
    "Part",
    "Person",
    "Placement",
    "Reorganisation",
    "ReorganisationStep",
    "ResponsibilityArea",
    "RoleAssignment",
    "RoleText",
    "SeenGroup",
    "Succession",
    "Unit",
    "UnitVersion",
]
