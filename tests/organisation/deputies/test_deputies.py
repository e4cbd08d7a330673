from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hjulet.actions import operations as actions
from hjulet.actions.models import Action
from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.models import Notice
from hjulet.organisation.deputies.operations import end_deputyship, give_deputy
from hjulet.organisation.deputies.queries import possible_deputies
from hjulet.organisation.models import Deputyship
from hjulet.organisation.people.rules import may_manage
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, holds, people_who
from hjulet.organisation.roles.roles import ROLES
from hjulet.reporting.my_work.queries import tasks_of
from tests import factories
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import run
from tests.organisation.reorganisations.walks import done_today, drafted, home

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
LAST = date(2026, 3, 31)


@pytest.fixture
def place():
    return home()


@pytest.fixture
def deputy(place):
    return factories.person("Tove Tillfällig", employee=place.south)


def deputise(place, deputy, **given):
    said = {"by": place.head, "person": deputy, "valid_from": TODAY, "valid_to": LAST} | given
    return give_deputy(place.head.role_assignments.get(), **said)


def anew(person):
    """As the next request reads the person."""
    return type(person).objects.get(pk=person.pk)


def test_a_deputy_has_the_rights_of_the_holder_there_and_for_the_time(place, deputy, clock):
    assert not holds(deputy, Permission.ACTIONS_EDIT, place.north)

    deputise(place, deputy)

    assert holds(deputy, Permission.ACTIONS_EDIT, place.north)
    assert not holds(deputy, Permission.ACTIONS_EDIT, place.south)
    clock.move_to("2026-03-31 23:00+02:00")
    assert holds(anew(deputy), Permission.ACTIONS_EDIT, place.north)
    clock.move_to("2026-04-01 00:01+02:00")
    assert not holds(anew(deputy), Permission.ACTIONS_EDIT, place.north)


def test_a_deputyship_that_begins_later_gives_nothing_before(place, deputy, clock):
    deputise(place, deputy, valid_from=date(2026, 3, 20))

    assert not holds(anew(deputy), Permission.ACTIONS_EDIT, place.north)
    clock.move_to("2026-03-20 08:00+01:00")
    assert holds(anew(deputy), Permission.ACTIONS_EDIT, place.north)


def test_roles_and_deputyships_are_read_in_one_statement(place, deputy, django_assert_num_queries):
    deputise(place, deputy)
    somebody = anew(deputy)

    with django_assert_num_queries(1):
        assert {held.person for held in assignments_of(somebody)} == {deputy, place.head}
        assert holds(somebody, Permission.ACTIONS_EDIT, place.north)


def test_what_a_deputy_does_is_done_in_the_own_name_in_the_place_of_the_holder(place, deputy):
    deputise(place, deputy)
    action = plan(deputy, place.north)
    actions.start_action(action, by=deputy)

    event = Event.objects.get(verb="action.start")
    assert (event.actor_id, event.actor_name) == (deputy.pk, "Tove Tillfällig")
    assert event.after == {
        "state": "ongoing",
        "reason": "",
        "in_place_of": {"id": place.head.pk, "name": place.head.name},
    }
    assert action.steps.get().by_name == f"Tove Tillfällig, i stället för {place.head.name}"


def test_what_the_deputy_may_do_anyway_is_done_in_nobodys_place(place, deputy):
    factories.assign(deputy, "unit_manager", place.south)
    factories.assign(deputy, "medically_responsible", place.north)
    deputise(place, deputy)

    plan(deputy, place.south)
    plan(deputy, place.north)

    assert [event.after.get("in_place_of") for event in Event.objects.filter(verb="action.planned")] == [None, None]


def test_in_whose_place_is_forgotten_with_the_act(place, deputy):
    deputise(place, deputy)
    plan(deputy, place.north)
    own = plan(place.developer, place.south, owner_person=deputy)

    actions.start_action(own, by=deputy)

    assert "in_place_of" not in Event.objects.get(verb="action.start").after


def test_the_log_says_in_whose_place(place, deputy, client):
    deputise(place, deputy)
    plan(deputy, place.north)
    client.force_login(place.developer)

    number = Event.objects.get(verb="action.planned").number
    shown = client.get(reverse("audit:detail", args=[number])).text

    assert "I stället för" in shown
    assert place.head.name in shown


def test_what_awaits_the_holder_awaits_the_deputy_and_says_so(place, deputy, client):
    plan(place.developer, place.north, title="Rollens", owner_role="unit_manager", due_date=LAST)
    plan(place.developer, place.north, title="Hennes egen", owner_person=place.head, due_date=LAST)
    plan(place.developer, place.south, title="Hennes på annat håll", owner_person=place.head, due_date=LAST)
    plan(place.developer, place.south, title="Ersättarens", owner_person=deputy, due_date=LAST)

    deputise(place, deputy)

    assert {(task.title, task.in_place_of) for task in tasks_of(anew(deputy))} == {
        ("Rollens", place.head.name),
        ("Hennes egen", place.head.name),
        ("Ersättarens", ""),
    }
    assert {task.in_place_of for task in tasks_of(anew(place.head))} == {""}
    client.force_login(deputy)
    assert f"i stället för {place.head.name}" in client.get(reverse("my_work:list")).text


def test_notices_reach_the_deputy_and_say_in_whose_place(place, deputy, client):
    deputise(place, deputy)
    plan(place.developer, place.north, title="Rollens", owner_role="unit_manager", due_date=TODAY)
    plan(place.developer, place.north, title="Hennes egen", owner_person=place.head, due_date=TODAY)
    plan(place.developer, place.south, title="På annat håll", owner_person=place.head, due_date=TODAY)

    run()

    told = {
        (notice.person, str(notice.target), notice.in_place_of) for notice in Notice.objects.filter(kind="action_due")
    }
    assert told == {
        (place.head, "Rollens", None),
        (place.head, "Hennes egen", None),
        (place.head, "På annat håll", None),
        (deputy, "Rollens", place.head),
        (deputy, "Hennes egen", place.head),
    }
    client.force_login(deputy)
    assert f"i stället för {place.head.name}" in client.get(reverse("notices:list")).text


def test_people_who_may_count_deputies_too(place, deputy):
    deputise(place, deputy)

    assert set(people_who(Permission.ACTIONS_EDIT, place.north)) == {place.head, deputy, place.developer}


def test_nobody_hands_on_what_was_lent(place, deputy):
    deputise(place, deputy)
    another = factories.person("Nils Nästa", employee=place.south)

    with pytest.raises(PermissionDenied):
        deputise(place, another, by=anew(deputy))


def test_nobody_lends_what_another_holds(place, deputy):
    other_head = factories.person("Olle Annan", unit_manager=place.south)

    with pytest.raises(PermissionDenied):
        deputise(place, deputy, by=other_head)


def test_the_holder_chooses_within_the_nämnd_and_whoever_gives_the_role_anyone(place):
    other = home("Socialnämnden")
    assert other.head not in possible_deputies(place.head, place.head.role_assignments.get())

    with pytest.raises(PermissionDenied):
        deputise(place, other.head)
    deputise(place, other.head, by=place.administrator)
    assert holds(anew(other.head), Permission.ACTIONS_READ, place.north)


STAND_ALONE = {"committee_member", "committee_secretary", "auditor", "system_administrator"}


@pytest.mark.parametrize("role", ROLES)
def test_which_roles_nobody_stands_in_for(place, deputy, role):
    holder = factories.person("Hanna Håller", **{role: place.committee})
    given = {"by": place.administrator, "person": deputy, "valid_from": TODAY, "valid_to": LAST}

    if role in STAND_ALONE:
        with pytest.raises(Refused, match="^Ingen kan vara ersättare för en .*Ge rollen till någon annan"):
            give_deputy(holder.role_assignments.get(), **given)
    else:
        assert give_deputy(holder.role_assignments.get(), **given).pk


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"valid_from": date(2026, 3, 15)}, "Välj en dag från och med i dag."),
        ({"valid_to": date(2026, 7, 1)}, "Rollen gäller 2020-01-01–2026-06-30. Välj dagar inom den tiden."),
    ],
)
def test_a_deputyship_lies_within_the_role_and_ahead(place, deputy, given, sentence):
    place.head.role_assignments.update(valid_to=date(2026, 6, 30))

    with pytest.raises(Refused) as refusal:
        deputise(place, deputy, **given)

    assert refusal.value.sentence == sentence


def test_a_deputyship_ends_after_it_begins(place, deputy):
    with pytest.raises(ValidationError) as error:
        deputise(place, deputy, valid_from=LAST, valid_to=TODAY)

    assert error.value.messages == ["Slutdatum ska vara samma dag som startdatum eller senare."]


def test_nobody_stands_in_twice_or_for_oneself(place, deputy):
    deputise(place, deputy)

    with pytest.raises(Refused, match="Tove Tillfällig är redan ersättare under den tiden."):
        deputise(place, deputy, valid_from=LAST)
    with pytest.raises(Refused, match="Ingen är ersättare för sig själv."):
        deputise(place, place.head)


@pytest.mark.parametrize("who", ["head", "administrator", "deputy"])
def test_it_can_be_ended_before_its_day(place, deputy, who):
    deputyship = deputise(place, deputy)
    by = deputy if who == "deputy" else getattr(place, who)

    end_deputyship(deputyship, by=by)

    assert not holds(anew(deputy), Permission.ACTIONS_EDIT, place.north)
    assert Event.objects.get(verb="deputyship.ended").actor_name == by.name
    with pytest.raises(Refused, match="Ersättarskapet är redan slut."):
        end_deputyship(deputyship, by=place.head)


def test_only_those_concerned_end_it(place, deputy):
    deputyship = deputise(place, deputy)

    with pytest.raises(PermissionDenied):
        end_deputyship(deputyship, by=factories.person("Olle Annan", unit_manager=place.south))


def test_it_ends_with_the_role(place, deputy):
    deputise(place, deputy)
    place.head.role_assignments.update(valid_to=date(2026, 3, 15))

    assert not holds(anew(deputy), Permission.ACTIONS_EDIT, place.north)


def test_it_follows_the_role_to_another_unit(place, deputy):
    deputise(place, deputy)
    done_today(
        drafted(place.administrator, Kind.CLOSE, [place.north], receiver=place.south, effective_date=TODAY),
        place.administrator,
    )

    assert [(row.assignment.unit, row.valid_to) for row in Deputyship.objects.on(TODAY)] == [(place.south, LAST)]
    assert holds(anew(deputy), Permission.ACTIONS_EDIT, place.south)


def test_a_password_opens_what_was_lent_too(place, deputy):
    """Whoever manages one nämnd does not get into another by a new password for its deputy."""
    other = home("Socialnämnden")
    local = factories.person("Sune System", system_administrator=place.committee)
    assert may_manage(local, deputy)

    give_deputy(
        other.head.role_assignments.get(), by=other.administrator, person=deputy, valid_from=TODAY, valid_to=LAST
    )

    assert not may_manage(anew(local), deputy)


def test_secrecy_between_nämnder_holds_for_deputies(place, deputy):
    other = home("Socialnämnden")
    plan(other.developer, other.north)
    deputise(place, deputy)

    assert not Action.objects.visible_to(anew(deputy)).exists()


def test_pages_name_the_deputy_choose_and_end(place, deputy, client):
    client.force_login(place.head)
    give = reverse("deputies:give", args=[place.head.role_assignments.get().pk])
    assert give in client.get(reverse("people:account")).text

    response = client.post(give, {"person": deputy.pk, "valid_from": TODAY, "valid_to": LAST})

    assert response.url == place.head.get_absolute_url()
    pages = {
        "account": client.get(reverse("people:account")).text,
        "person": client.get(place.head.get_absolute_url()).text,
    }
    assert all("Ersätts av Tove Tillfällig som Enhetschef" in page for page in pages.values())
    assert "ersätts av Tove Tillfällig till och med 2026-03-31" in client.get(place.north.get_absolute_url()).text
    client.force_login(deputy)
    assert f"Ersätter {place.head.name} som Enhetschef" in client.get(reverse("people:account")).text
    answer = client.post(reverse("deputies:end", args=[Deputyship.objects.get().pk]))
    assert answer.url == deputy.get_absolute_url()
    assert Deputyship.objects.get().is_over


def test_the_form_says_what_is_wrong(place, deputy, client):
    client.force_login(place.head)
    give = reverse("deputies:give", args=[place.head.role_assignments.get().pk])

    answer = client.post(give, {"person": deputy.pk, "valid_from": "2026-03-01", "valid_to": LAST})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["Välj en dag från och med i dag."]


def test_others_find_neither_form_nor_button(place, deputy, client):
    held = place.head.role_assignments.get()
    deputyship = deputise(place, deputy)
    other = home("Socialnämnden")

    for somebody, status in ((factories.person("Olle Annan", unit_manager=place.south), 403), (other.head, 404)):
        client.force_login(somebody)
        assert client.get(reverse("deputies:give", args=[held.pk])).status_code == status
        assert client.post(reverse("deputies:end", args=[deputyship.pk])).status_code == status


@pytest.mark.parametrize("posts", [1, 3])
def test_a_persons_page_has_as_many_statements_whatever_the_posts(
    place, deputy, posts, client, django_assert_num_queries
):
    for number in range(posts):
        unit = factories.unit(place.office, f"Enhet {number}")
        factories.assign(deputy, "employee", unit, valid_to=date(2026, 6, 30))
        holder = factories.person(f"Hanna {number}", unit_manager=unit)
        give_deputy(
            holder.role_assignments.get(), by=place.administrator, person=deputy, valid_from=TODAY, valid_to=LAST
        )
    client.force_login(place.administrator)

    with django_assert_num_queries(10):
        page = client.get(deputy.get_absolute_url())

    assert page.text.count("Avsluta<span") == posts + 1
