from datetime import date

from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.organisation.deputies import queries, rules
from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.queries import forget_assignments


@operation
def give_deputy(
    assignment: RoleAssignment, *, by: Person, person: Person, valid_from: date, valid_to: date
) -> Deputyship:
    """Let somebody stand in for the holder of the role, with that role's rights, from one day to another."""
    require(rules.may_give(by, assignment))
    standing = locked(assignment)
    require(queries.possible_deputies(by, standing).filter(pk=person.pk).exists() or person.pk == standing.person_id)
    require_no(rules.obstacle_to_deputising(standing) or rules.obstacle_to_period(standing, valid_from, valid_to))
    require_no(rules.obstacle_to_person(standing, person, valid_from, valid_to))
    deputyship = Deputyship(
        assignment=standing,
        person=person,
        valid_from=valid_from,
        valid_to=valid_to,
        given_by=by,
        given_at=timezone.now(),
    )
    deputyship.full_clean()
    deputyship.save()
    forget_assignments(person)
    audit.record(
        "deputyship.given",
        by=by,
        target=deputyship,
        after={
            "person": person,
            "assignment": standing,
            "valid_from": valid_from,
            "valid_to": valid_to,
        },
    )
    return deputyship


@operation
def end_deputyship(deputyship: Deputyship, *, by: Person) -> Deputyship:
    """It ends by itself on its day; this ends it now."""
    require(rules.may_end(by, deputyship))
    standing = locked(deputyship)
    require_no(rules.obstacle_to_ending(standing))
    deputyship.ended_at = timezone.now()
    deputyship.save(update_fields=["ended_at"])
    forget_assignments(deputyship.person)
    audit.record(
        "deputyship.ended",
        by=by,
        target=deputyship,
        before={"person": standing.person, "assignment": standing.assignment, "valid_to": standing.valid_to},
        after={"ended_at": deputyship.ended_at},
    )
    return deputyship
