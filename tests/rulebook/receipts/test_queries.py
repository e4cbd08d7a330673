from datetime import date

import pytest

from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.models import Person
from hjulet.rulebook.documents.deciding import withdraw_version
from hjulet.rulebook.receipts import operations, queries
from hjulet.rulebook.receipts.concerned import concerns, holders, not_read_by_all
from hjulet.rulebook.receipts.models import ReadingRequest
from tests.factories import assign, group, person, unit
from tests.rulebook.receipts.walks import TODAY, ask, followed, version_in_force

pytestmark = pytest.mark.django_db


def fresh(who):
    return Person.objects.get(pk=who.pk)


def waiting(who):
    return [row.version.title for row in queries.requests_awaiting(fresh(who))]


@pytest.mark.parametrize(
    ("roles", "concerned"),
    [
        ([], ["Anna Berg", "Bo Ny", "Jan Ek", "Karin Ek"]),
        (["employee"], ["Anna Berg", "Bo Ny"]),
        (["lawyer", "committee_member"], ["Jan Ek", "Nils Ek"]),
    ],
)
def test_whom_it_concerns_is_the_same_asked_from_every_side(home_care, manager, version, roles, concerned):
    """Those who hold the roles there or below today: not of other units, not of yesterday, not those who cannot log in."""
    people = [
        manager,
        person("Anna Berg", employee=home_care),
        person("Bo Ny", employee=group(home_care)),
        person("Jan Ek", lawyer=home_care),
        person("Nils Ek", committee_member=home_care),
        person("Syd Ek", employee=unit(home_care.parent, "Syd")),
        person("Förra Ek"),
        person("Låst Ek", employee=home_care),
    ]
    assign(people[6], "employee", home_care, valid_to=date(2026, 3, 15))
    Person.objects.filter(pk=people[7].pk).update(is_active=False)
    asked = ask(version, manager, home_care, roles=roles)

    from_request = sorted({held.person.name for held in holders(asked, TODAY)})
    from_person = sorted(
        one.name for one in people if ReadingRequest.objects.filter(concerns(fresh(one)), pk=asked.pk).exists()
    )
    from_all = queries.requests_listed_for(manager).get(pk=asked.pk)

    assert (from_request, from_person, from_all.asked) == (concerned, concerned, len(concerned))


def test_waits_until_read_and_for_whoever_comes_later(home_care, manager, version, clock):
    anna = person("Anna Berg", employee=home_care)
    ask(version, manager, home_care)
    assert waiting(anna) == ["Rutin för basal hygien"]
    operations.confirm_reading(version, by=anna)
    newcomer = person("Ny Ek")
    assign(newcomer, "employee", home_care, valid_from=date(2026, 5, 1))

    assert (waiting(anna), waiting(newcomer)) == ([], [])
    clock.move_to("2026-05-01 08:00Z")
    assert waiting(newcomer) == ["Rutin för basal hygien"]


def test_asked_twice_of_the_same_version_waits_once_by_the_sooner_day(board, home_care, manager, version):
    ask(version, person("Kvalitet Ek", quality_developer=board), board, due_date=date(2026, 5, 1))
    sooner = ask(version, manager, home_care, due_date=date(2026, 4, 1))

    assert list(queries.requests_awaiting(fresh(manager))) == [sooner]


def test_neither_withdrawn_nor_followed_by_another_version_waits(board, home_care, manager, version):
    other = version_in_force(board, title="Tas tillbaka")
    operations.withdraw_request(ask(other, manager, home_care), by=manager, reason="Nej.")
    ask(version, manager, home_care)
    followed(version)
    before_it_began = version_in_force(board, title="Aldrig", valid_from=date(2026, 4, 1))
    ask(before_it_began, manager, home_care)
    withdraw_version(before_it_began, by=Person.objects.machine(), reason="Behövs inte.")
    to_come = version_in_force(board, title="Snart", valid_from=date(2026, 4, 1))
    ask(to_come, manager, home_care)

    assert waiting(manager) == ["Snart"]


def test_nobody_reads_in_the_place_of_another(home_care, manager, version):
    anna, deputy = person("Anna Berg", employee=home_care), person("Bo Ny")
    Deputyship.objects.create(
        assignment=anna.role_assignments.get(),
        person=deputy,
        valid_from=TODAY,
        valid_to=TODAY,
        given_by=manager,
        given_at="2026-03-16T08:00Z",
    )
    ask(version, manager, home_care)

    assert waiting(deputy) == []


def test_share_counts_each_person_once_of_those_concerned_today(board, home_care, manager, version):
    asked = ask(version, manager, home_care)
    anna = person("Anna Berg", employee=home_care)
    assign(anna, "lawyer", group(home_care))
    left = person("Förra Ek")
    assign(left, "employee", home_care, valid_to=TODAY)
    operations.confirm_reading(version, by=anna)
    operations.confirm_reading(version, by=left)
    left.role_assignments.update(valid_to=date(2026, 3, 15))

    row = queries.requests_listed_for(manager).get(pk=asked.pk)
    assert (row.read, row.asked) == (1, 2)
    assert list(ReadingRequest.objects.filter(not_read_by_all(TODAY))) == [asked]
    operations.confirm_reading(version, by=manager)
    assert list(ReadingRequest.objects.filter(not_read_by_all(TODAY))) == []


def test_small_groups_are_hidden_from_all_but_whoever_leads_them(board, home_care, manager, version):
    developer = person("Kvalitet Ek", quality_developer=board)
    for number in range(5):
        person(f"Anna {number}", employee=home_care)
    asked = ask(version, manager, home_care)

    def shown(who, *, roles=None):
        page = queries.request_page(fresh(who), queries.requests_listed_for(fresh(who)).get(pk=asked.pk))
        names = sorted(held.person.name for held in page.unread)
        return str(page.share), [str(part.share) for part in page.by_role], names, page.sees_names

    hidden = "Visas inte, gruppen är för liten"
    everyone = [*(f"Anna {number}" for number in range(5)), "Karin Ek"]
    assert shown(manager) == ("0 av 6", ["0 av 1", "0 av 5"], everyone, True)
    assert shown(developer) == ("0 av 6", [hidden, hidden], [], False)
    assert shown(person("Finn Ny", employee=home_care)) == ("0 av 7", [hidden, hidden], [], False)


def test_nobody_concerned_is_no_zero(home_care, manager, version):
    asked = ask(version, manager, home_care, roles=["lawyer"])

    share = queries.share_for(manager, queries.requests_listed_for(manager).get(pk=asked.pk))

    assert (str(share), share.percent) == ("Ingen berörs i dag", None)
