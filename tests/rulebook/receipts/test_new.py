"""What has lately begun to apply waits for those whom it is for, though nobody has asked them to read it."""

from datetime import date

import pytest
from django.urls import reverse

from hjulet.collaboration.models import Notice
from hjulet.organisation.models import Person
from hjulet.reporting.my_work.queries import tasks_of
from hjulet.rulebook.documents import deciding
from hjulet.rulebook.receipts.operations import confirm_reading
from hjulet.rulebook.receipts.queries import versions_new_to
from tests.factories import committee, group, person, unit
from tests.rulebook.documents import walks as documents
from tests.rulebook.receipts.walks import TODAY, ask, followed, version_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(home_care):
    return person("Anna Berg", employee=group(home_care))


def fresh(who):
    return Person.objects.get(pk=who.pk)


def new_to(who):
    return sorted(version.title for version in versions_new_to(fresh(who)))


def published(unit, title, *, applies_to=(), roles=(), valid_from=TODAY):
    version = version_in_force(unit, title=title, valid_from=valid_from)
    version.document.applies_to.set(applies_to)
    version.document.roles = list(roles)
    version.document.save(update_fields=["roles"])
    return version


def test_it_waits_at_once_for_those_whom_it_is_for_by_unit_and_role(board, home_care, anna):
    south = unit(board, "Hemtjänst Syd")
    published(board, "För alla")
    published(board, "För Norr", applies_to=[home_care])
    published(board, "För Syd", applies_to=[south])
    published(board, "För chefer", roles=["unit_manager"])
    published(board, "För nämnden", roles=["committee_member"])
    people = [
        anna,
        person("Karin Ek", unit_manager=home_care),
        person("Syd Ek", employee=south),
        person("Nils Ek", committee_member=board),
        person("Rita Revisor", auditor=board),
        person("Ola Berg", employee=unit(committee("Socialnämnden"))),
    ]

    assert [new_to(one) for one in people] == [
        ["För Norr", "För alla"],
        ["För Norr", "För alla", "För chefer"],
        ["För Syd", "För alla"],
        ["För nämnden"],
        [],
        [],
    ]


def test_the_start_page_and_the_page_of_what_is_to_be_read_show_it_until_it_is_read(client, home_care, anna):
    version = published(home_care, "Rutin för nycklar")
    client.force_login(anna)

    def shown():
        pages = [client.get(reverse(name)).text for name in ("wheel:start", "my_work:list", "receipts:to_read")]
        return ["Rutin för nycklar" in page for page in pages]

    before = shown()
    assert [(task.kind, task.title, task.day, task.unit) for task in tasks_of(fresh(anna))] == [
        ("Läs det som är nytt", "Rutin för nycklar", None, "Hemtjänst Norr")
    ]
    [task] = tasks_of(fresh(anna))
    assert client.get(task.url).url == version.get_absolute_url()
    confirm_reading(version, by=anna)

    assert (before, new_to(anna)) == ([True] * 3, [])
    assert tasks_of(fresh(anna)) == []


def test_only_those_who_lead_are_told_by_a_notice(home_care, anna):
    manager = person("Karin Ek", unit_manager=home_care)
    published(home_care, "Rutin för nycklar")

    assert [notice.person for notice in Notice.objects.filter(kind="document_applies")] == [manager]
    assert not Notice.objects.filter(person=anna).exists()


def test_it_is_news_for_a_month_and_from_its_first_day_on(home_care, anna, clock):
    published(home_care, "Ny", valid_from=date(2026, 2, 14))
    published(home_care, "Gammal", valid_from=date(2026, 2, 13))
    published(home_care, "Kommer", valid_from=date(2026, 4, 1))

    assert new_to(anna) == ["Ny"]
    clock.move_to("2026-04-01 08:00Z")
    assert new_to(anna) == ["Kommer"]


def test_what_is_asked_for_waits_by_its_own_day_alone(home_care, anna):
    version = published(home_care, "Rutin för nycklar")
    ask(version, person("Karin Ek", unit_manager=home_care), home_care)

    assert [(task.kind, task.day) for task in tasks_of(fresh(anna))] == [("Läs dokumentet", date(2026, 3, 31))]


def test_neither_what_is_followed_withdrawn_or_read_in_nor_what_is_ones_own(home_care, anna):
    machine = Person.objects.machine()
    followed(published(home_care, "Ersatt", valid_from=date(2026, 3, 1)))
    deciding.withdraw_version(published(home_care, "Upphävd"), by=machine, reason="Behövs inte.")
    read_in = documents.first(documents.start(machine, home_care, title="Inläst"))
    deciding.take_over_decision(
        read_in, by=machine, decided_before="Enhetschefen", decided_before_date=TODAY, valid_from=TODAY
    )
    version_in_force(home_care, title="Annas egen", owner=anna, valid_from=TODAY)
    chief = documents.decider(home_care)
    documents.in_force(machine, chief, home_care, title="Chefens beslut")

    # The version that followed is the one to read.
    assert new_to(anna) == ["Chefens beslut", "Ersatt"]
    assert new_to(chief) == ["Annas egen", "Ersatt"]
    assert [version.number for version in versions_new_to(fresh(anna)).filter(title="Ersatt")] == [2]
