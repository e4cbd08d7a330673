from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.deputies.queries import deputyships_about
from hjulet.organisation.deputies.rules import may_end, may_give, obstacle_to_deputising
from hjulet.organisation.people import rules
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, holds, holds_anywhere, units_within_reach
from hjulet.organisation.units.rules import may_give_role


@dataclass(frozen=True)
class Post:
    """A role in a unit from one day to another, and what the viewer may do with it."""

    held: RoleAssignment
    may_open_unit: bool
    may_end: bool
    may_deputise: bool


@dataclass(frozen=True)
class StandingIn:
    """Somebody who stands in for somebody, and whether the viewer may end it."""

    deputyship: Deputyship
    may_end: bool


@dataclass(frozen=True)
class PersonPage:
    """What the page of one person shows to another."""

    person: Person
    assignments: list[Post]
    deputyships: list[StandingIn]
    may_manage: bool
    obstacle_to_new_password: str | None
    obstacle_to_stopping: str | None
    obstacle_to_removing_second_step: str | None
    is_linked: bool


@dataclass(frozen=True)
class Account:
    """One's own account: roles, and how one logs in."""

    person: Person
    assignments: list[RoleAssignment]
    deputyships: list[StandingIn]
    has_app: bool
    passkeys: int
    has_recovery_codes: bool
    has_password: bool
    comes_by: str


def people_visible_to(person: Person) -> QuerySet[Person]:
    """Those with a role or a deputyship, now or before, where the person may see the organisation, and oneself.

    Of those who have had neither, whoever adds people sees the ones that person has added; all of them when the whole
    municipality is that person's to manage.
    """
    reach = units_within_reach(person, Permission.ORGANISATION_READ)
    roles = RoleAssignment.objects.filter(person=OuterRef("pk")).order_by()
    deputised = Deputyship.objects.filter(person=OuterRef("pk")).order_by()
    in_reach = Exists(roles.filter(unit__in=reach)), Exists(deputised.filter(assignment__unit__in=reach))
    seen = Q(in_reach[0]) | Q(in_reach[1]) | Q(pk=person.pk)
    if holds_anywhere(person, Permission.ORGANISATION_MANAGE):
        own = Q() if rules.manages_everything(person) else Q(added_by=person)
        seen |= Q(own, ~Exists(roles), ~Exists(deputised))
    return Person.objects.filter(seen, is_machine=False)


def people_with_roles(person: Person) -> QuerySet[Person]:
    """For the list: each with today's roles, as far as the one who asks may see them, in `roles_today`."""
    reach = units_within_reach(person, Permission.ORGANISATION_READ)
    held = RoleAssignment.objects.on(timezone.localdate()).filter(unit__in=reach)
    held = held.select_related("unit").order_by("unit__path", "role")
    return people_visible_to(person).prefetch_related(Prefetch("role_assignments", held, to_attr="roles_today"))


def person_page(viewer: Person, person: Person) -> PersonPage:
    """Roles are one's own, or those in units that the viewer may see; earlier ones too, latest first."""
    seen = Q() if viewer.pk == person.pk else Q(unit__in=units_within_reach(viewer, Permission.ORGANISATION_READ))
    held_by = person.role_assignments.filter(seen).select_related("unit__committee", "person")
    may_manage = rules.may_manage(viewer, person)
    second_steps = Authenticator.objects.filter(user=person).count() if may_manage else 0
    return PersonPage(
        person=person,
        assignments=[post_of(viewer, held) for held in held_by.order_by("-valid_from", "pk")],
        deputyships=standing_in(viewer, person),
        may_manage=may_manage,
        obstacle_to_new_password=rules.obstacle_to_new_password(person),
        obstacle_to_stopping=rules.obstacle_to_stopping(person, viewer),
        obstacle_to_removing_second_step=rules.obstacle_to_removing_second_step(person, second_steps),
        is_linked=may_manage and SocialAccount.objects.filter(user=person).exists(),
    )


def post_of(viewer: Person, held: RoleAssignment) -> Post:
    is_over = held.valid_to is not None and held.valid_to < timezone.localdate()
    return Post(
        held,
        may_open_unit=holds(viewer, Permission.ORGANISATION_READ, held.unit),
        may_end=not is_over and may_give_role(viewer, held.definition, held.unit),
        may_deputise=may_give(viewer, held) and not obstacle_to_deputising(held),
    )


def standing_in(viewer: Person, person: Person) -> list[StandingIn]:
    return [StandingIn(row, may_end(viewer, row)) for row in deputyships_about(viewer, person)]


def account_of(person: Person) -> Account:
    sign_on = settings.SIGN_ON
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return Account(
        person=person,
        assignments=[held for held in assignments_of(person) if held.person_id == person.pk],
        deputyships=standing_in(person, person),
        has_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        has_password=person.has_usable_password() and rules.obstacle_to_password(person) is None,
        comes_by=sign_on.name if sign_on and SocialAccount.objects.filter(user=person).exists() else "",
    )
