from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment, RoleText
from hjulet.organisation.secrecy.models import Marking, Opening
from hjulet.organisation.sign_on.models import GroupRole, SeenGroup
from hjulet.organisation.units.models import Unit

__all__ = ["Decision", "GroupRole", "Marking", "Opening", "Person", "RoleAssignment", "RoleText", "SeenGroup", "Unit"]
