import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require, require_no, save_changes
from hjulet.organisation.people import rules
from hjulet.organisation.people.models import Person

# Without the letters and digits that are mistaken for one another when read aloud or from paper.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@operation
def add_person(*, by: Person, name: str, email: str, title: str = "", external_id: str = "") -> tuple[Person, str]:
    """The new person and the one-time password, which is written nowhere else."""
    require(rules.may_add(by))
    password = one_time_password()
    return added(Person(name=name, email=email, title=title, external_id=external_id), password, by=by), password


@operation
def add_person_from_login(*, by: Person, name: str, email: str) -> Person:
    """Someone whom the municipality's login vouches for, and who has no password here."""
    require(by.is_machine)
    return added(Person(name=name, email=email), None, by=by)


@operation
def add_person_without_password(*, by: Person, name: str, email: str, title: str = "", external_id: str = "") -> Person:
    """Somebody who waits to be let in: by a one-time password given later, or by the login of the municipality."""
    require(rules.may_add(by))
    return added(Person(name=name, email=email, title=title, external_id=external_id), None, by=by)


def added(person: Person, password: str | None, *, by: Person) -> Person:
    person.set_password(password)
    person.must_change_password = password is not None
    person.added_by = by
    person.full_clean()
    person.save()
    told = {name: getattr(person, name) for name in ("name", "email", "title")}
    told |= {"external_id": person.external_id} if person.external_id else {}
    audit.record("person.added", by=by, target=person, after=told)
    return person


@operation
def link_login(person: Person, *, by: Person, provider: str, subject: str) -> SocialAccount:
    """From now on the subject is the person, whatever becomes of the address."""
    require(by.is_machine)
    require_no(rules.obstacle_to_coming_in(person))
    require_no(rules.obstacle_to_linking(SocialAccount.objects.filter(user=person, provider=provider).count()))
    link = SocialAccount.objects.create(user=person, provider=provider, uid=subject)
    audit.record("person.login_linked", by=by, target=person)
    return link


@operation
def unlink_login(person: Person, *, by: Person, reason: str) -> Person:
    """For whoever has got a new account at the municipality's login: the next one with the address is linked."""
    require(rules.may_manage(by, person))
    links = SocialAccount.objects.filter(user=person)
    require_no(rules.obstacle_to_unlinking(person, links.count()))
    links.delete()
    audit.record("person.login_unlinked", by=by, target=person, after={"reason": reason})
    return person


@operation
def change_person(person: Person, *, by: Person, revision: int, **changes: Any) -> Person:
    """`changes` are fields of `PersonForm`."""
    require(rules.may_manage(by, person))
    before, after = save_changes(person, revision=revision, changes=changes)
    if after:
        forget_addresses(person)
        audit.record("person.changed", by=by, target=person, before=before, after=after)
    return person


@operation
def give_new_one_time_password(person: Person, *, by: Person) -> str:
    """The password that gets the person in once; the old one stops working now."""
    require(rules.may_manage(by, person))
    require_no(rules.obstacle_to_new_password(person))
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    audit.record("person.one_time_password_given", by=by, target=person)
    return password


@operation
def choose_own_password(person: Person, *, by: Person, password: str) -> Person:
    """What the person does after the one-time password, when wanting another, or by the link in a mail."""
    require(by == person)
    require_no(rules.obstacle_to_password(person))
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    audit.record("person.password_chosen", by=by, target=person)
    return person


@operation
def remove_second_step(person: Person, *, by: Person, reason: str) -> Person:
    """For whoever has lost both phone and recovery codes."""
    require(rules.may_manage(by, person))
    steps = Authenticator.objects.filter(user=person)
    require_no(rules.obstacle_to_removing_second_step(person, steps.count()))
    steps.delete()
    audit.record("person.second_step_removed", by=by, target=person, after={"reason": reason})
    return person


@operation
def stop_login(person: Person, *, by: Person, reason: str) -> Person:
    """Takes effect at once, also where the person is logged in now. Roles and history stay."""
    require(rules.may_manage(by, person))
    require_no(rules.obstacle_to_stopping(person, by))
    set_active(person, False)
    audit.record("person.login_stopped", by=by, target=person, after={"reason": reason})
    return person


@operation
def allow_login(person: Person, *, by: Person) -> Person:
    require(rules.may_manage(by, person))
    require_no(rules.obstacle_to_allowing(person))
    set_active(person, True)
    audit.record("person.login_allowed", by=by, target=person)
    return person


def set_active(person: Person, is_active: bool) -> None:
    person.is_active = is_active
    person.save(update_fields=["is_active"])


def one_time_password() -> str:
    """Four groups of four: 79 bits, and possible to read over the telephone."""
    return "-".join("".join(secrets.choice(READABLE) for _sign in range(4)) for _group in range(4))


def forget_addresses(person: Person) -> None:
    """allauth keeps its own copy of addresses to log in with; an old one must not open the account."""
    EmailAddress.objects.filter(user=person).delete()
