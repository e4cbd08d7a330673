"""Who has no access learns nothing: not the row, not the words, not how many there are."""

import pytest

from hjulet.collaboration.comments.operations import comment_on, withdraw_comment
from hjulet.organisation.models import RoleAssignment
from hjulet.organisation.roles.queries import forget_assignments
from hjulet.search.keeping import index_anew
from hjulet.search.models import Entry, Kind
from hjulet.search.queries import search
from tests.actions.walks import plan
from tests.factories import assign, committee, person, unit
from tests.planning.quality_plan import walks as plans
from tests.search.walks import RARE, counts, titles, year_of_every_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_committee():
    return unit(committee("Socialnämnden"))


def test_another_nämnd_finds_only_what_is_the_same_for_all(other_committee):
    year_of_every_kind()
    outsider = person("Olle Utanför", quality_developer=other_committee.committee)
    index_anew()

    assert counts(outsider, RARE) == {"kvalitetsomraden": 1}
    assert [kind for kind in Kind if search(outsider, RARE, kind=kind).count] == [Kind.AREAS]


def test_person_without_a_role_finds_only_oneself():
    year_of_every_kind()
    nobody = person("Vera Kvarnhjul")
    index_anew()

    assert titles(nobody, RARE) == {"personer": ["Vera Kvarnhjul"]}


def test_counts_are_of_what_the_person_may_see(other_committee):
    mine = unit(committee("Äldrenämnden"), "Hemtjänst Söder")
    here, there = person("Eva Chef", unit_manager=mine), person("Ola Chef", unit_manager=other_committee)
    for number in range(7):
        plan(here, mine, title=f"Rutin {number}")
    for number in range(9):
        plan(there, other_committee, title=f"Rutin {number}")
    index_anew()

    assert (counts(here, "rutin"), counts(there, "rutin")) == ({"atgarder": 7}, {"atgarder": 9})
    assert search(here, "rutin", kind="atgarder").page.paginator.count == 7


def test_rights_are_those_of_the_moment(other_committee):
    manager, newcomer = person("Eva Chef", unit_manager=other_committee), person("Nils Ny")
    plan(manager, other_committee, title="Rutin")
    index_anew()
    assert counts(newcomer, "rutin") == {}

    assign(newcomer, "unit_manager", other_committee)
    forget_assignments(newcomer)
    assert counts(newcomer, "rutin") == {"atgarder": 1}

    RoleAssignment.objects.filter(person=newcomer).delete()
    forget_assignments(newcomer)
    assert counts(newcomer, "rutin") == {}


def test_a_withdrawn_comment_is_not_found_even_before_the_index_hears_of_it(other_committee):
    manager = person("Eva Chef", unit_manager=other_committee)
    action = plan(manager, other_committee)
    comment = comment_on(action, by=manager, text="Hemligheten")
    index_anew()
    assert titles(manager, "hemlighet") == {"kommentarer": ["Se över schemat"]}

    withdraw_comment(comment, by=manager, reason="Fel ärende.")

    assert titles(manager, "hemlighet") == {}


def test_a_draft_is_found_by_those_who_work_with_it():
    nämnd, developer = plans.home()
    member = person("Maj Ledamot", committee_member=nämnd)
    plans.ready(developer, nämnd)
    index_anew()

    assert counts(developer, "kvalitet plan")["kvalitetsplaner"] > 0
    assert counts(member, "kvalitet plan").get("kvalitetsplaner", 0) == 0


def test_what_is_borne_by_an_unknown_kind_is_found_by_nobody(other_committee):
    manager = person("Eva Chef", unit_manager=other_committee)
    plan(manager, other_committee, title="Rutin")
    index_anew()
    Entry.objects.filter(source="actions.action").update(bearer="gone.model")

    assert counts(manager, "rutin") == {}
