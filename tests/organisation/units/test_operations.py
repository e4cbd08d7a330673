from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.actions.operations import plan_action
from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.models import UnitKind
from hjulet.organisation.units.operations import change_unit, close_unit, establish_municipality, establish_unit
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)


def established(by, kind, parent, name="Nytt", **given):
    return establish_unit(by=by, kind=kind, parent=parent, name=name, **{"valid_from": DAY} | given)


def test_the_machine_establishes_the_municipality():
    municipality = establish_municipality(by=Person.objects.machine(), name="Ekliden", valid_from=DAY)

    assert (municipality.kind, municipality.parent, municipality.committee) == (UnitKind.MUNICIPALITY, None, None)
    assert municipality.path == f"{municipality.pk}/"
    assert [(e.verb, e.unit_id, e.after) for e in Event.objects.all()] == [
        ("unit.established", municipality.pk, {"name": "Ekliden"})
    ]


def test_there_is_one_municipality():
    machine = Person.objects.machine()
    establish_municipality(by=machine, name="Ekliden", valid_from=DAY)

    with pytest.raises(Refused) as refusal:
        establish_municipality(by=machine, name="Granby", valid_from=DAY)

    assert refusal.value.sentence == "Kommunen finns redan: Ekliden."


def test_a_person_does_not_establish_the_municipality(administrator):
    with pytest.raises(PermissionDenied):
        establish_municipality(by=administrator, name="Granby", valid_from=DAY)


def test_paths_and_committees_follow_the_tree(administrator):
    committee = established(administrator, UnitKind.COMMITTEE, factories.municipality(), "Socialnämnden")
    administration = established(administrator, UnitKind.ADMINISTRATION, committee)
    unit = established(administrator, UnitKind.UNIT, administration)
    group = established(administrator, UnitKind.GROUP, unit)
    provider = established(administrator, UnitKind.PROVIDER, factories.municipality())

    root = factories.municipality()
    assert [row.path for row in (committee, administration, unit, group, provider)] == [
        f"{root.pk}/{committee.pk}/",
        f"{root.pk}/{committee.pk}/{administration.pk}/",
        f"{root.pk}/{committee.pk}/{administration.pk}/{unit.pk}/",
        f"{root.pk}/{committee.pk}/{administration.pk}/{unit.pk}/{group.pk}/",
        f"{root.pk}/{provider.pk}/",
    ]
    assert [row.committee for row in (committee, administration, unit, group, provider)] == [
        committee,
        committee,
        committee,
        committee,
        None,
    ]
    group.refresh_from_db()
    assert group.depth == 4


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (UnitKind.COMMITTEE, "Nämnd kan inte ligga under Hemtjänst Norr. Välj en kommun."),
        (UnitKind.ADMINISTRATION, "Förvaltning kan inte ligga under Hemtjänst Norr. Välj en nämnd."),
        (UnitKind.PROVIDER, "Utförare kan inte ligga under Hemtjänst Norr. Välj en kommun."),
    ],
)
def test_a_unit_stands_only_where_its_kind_belongs(administrator, kind, sentence):
    parent = factories.unit(factories.committee())

    with pytest.raises(Refused) as refusal:
        established(administrator, kind, parent)

    assert refusal.value.sentence == sentence


def test_all_allowed_parents_are_named(administrator):
    with pytest.raises(Refused) as refusal:
        established(administrator, UnitKind.UNIT, factories.municipality())

    assert refusal.value.sentence == (
        "Enhet kan inte ligga under Ekliden. Välj en nämnd, en förvaltning eller en enhet."
    )


@pytest.mark.parametrize(
    ("parent_ends", "begins"), [(None, date(2019, 12, 31)), (date(2025, 12, 31), date(2026, 1, 1))]
)
def test_a_unit_does_not_begin_when_its_parent_does_not_exist(administrator, parent_ends, begins):
    parent = factories.committee()
    Unit.objects.filter(pk=parent.pk).update(valid_to=parent_ends)
    parent.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        established(administrator, UnitKind.UNIT, parent, valid_from=begins)

    assert refusal.value.sentence == f"Socialnämnden finns inte {begins}. Välj ett annat startdatum."


def test_a_unit_needs_a_name(administrator):
    with pytest.raises(ValidationError) as error:
        established(administrator, UnitKind.UNIT, factories.committee(), name="")

    assert list(error.value.message_dict) == ["name"]


def test_an_administrator_of_one_committee_leaves_the_other_alone():
    own, other = factories.committee("Socialnämnden"), factories.committee("Skolnämnden")
    administrator = factories.person("Siv System", system_administrator=own)

    for act in (
        lambda: established(administrator, UnitKind.UNIT, other),
        lambda: change_unit(other, by=administrator, revision=1, name="Min", code=""),
        lambda: close_unit(other, by=administrator, revision=1, valid_to=DAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_change_is_saved_and_audited(administrator):
    unit = factories.unit(factories.committee())

    change_unit(unit, by=administrator, revision=1, name="Hemtjänst Syd", code="HS")

    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.revision) == ("Hemtjänst Syd", "HS", 2)
    event = Event.objects.get()
    assert (event.verb, event.unit_id, event.before, event.after) == (
        "unit.changed",
        unit.pk,
        {"name": "Hemtjänst Norr", "code": ""},
        {"name": "Hemtjänst Syd", "code": "HS"},
    )


def test_saving_the_same_again_leaves_no_trace(administrator):
    unit = factories.unit(factories.committee())

    change_unit(unit, by=administrator, revision=1, name=unit.name, code="")

    assert (unit.revision, Event.objects.count()) == (1, 0)


def test_a_change_of_an_older_revision_is_a_conflict(administrator):
    unit = factories.unit(factories.committee())
    change_unit(unit, by=administrator, revision=1, name="Hemtjänst Syd", code="")

    with pytest.raises(EditConflict):
        change_unit(unit, by=administrator, revision=1, name="Hemtjänst Väst", code="")


def test_a_closed_unit_stays_until_its_last_day_and_is_not_changed(administrator):
    unit = factories.unit(factories.committee())

    close_unit(unit, by=administrator, revision=1, valid_to=DAY)

    assert Unit.objects.on(DAY).filter(pk=unit.pk).exists()
    assert not Unit.objects.on(date(2026, 3, 17)).filter(pk=unit.pk).exists()
    with pytest.raises(Refused) as refusal:
        change_unit(unit, by=administrator, revision=2, name="Ny", code="")
    assert refusal.value.sentence == "Hemtjänst Norr är stängd och kan inte ändras."
    with pytest.raises(Refused) as refusal:
        close_unit(unit, by=administrator, revision=2, valid_to=DAY)
    assert refusal.value.sentence == "Hemtjänst Norr är redan stängd: sista dagen är 2026-03-16."


def test_what_lies_under_is_closed_first(administrator):
    unit = factories.unit(factories.committee())
    for name in ("Dag", "Kväll", "Natt", "Helg"):
        group = factories.group(unit, name)

    with pytest.raises(Refused) as refusal:
        close_unit(unit, by=administrator, revision=1, valid_to=DAY)
    assert refusal.value.sentence == "Stäng först det som ligger under: Dag, Helg, Kväll …."

    for group in unit.children.all():
        close_unit(group, by=administrator, revision=1, valid_to=DAY)
    close_unit(unit, by=administrator, revision=1, valid_to=DAY)
    unit.refresh_from_db()
    assert unit.valid_to == DAY


def test_a_unit_is_not_closed_over_what_is_open(administrator):
    unit = factories.unit(factories.committee())
    plan_action(by=factories.person(unit_manager=unit), unit=unit, title="Schemat", description="Två i taget.")

    with pytest.raises(Refused) as refusal:
        close_unit(unit, by=administrator, revision=1, valid_to=DAY)

    assert refusal.value.sentence == (
        "Hemtjänst Norr kan inte stängas medan något är öppet där: öppna åtgärder (1). Planera en omorganisation."
    )


def test_a_unit_does_not_end_before_it_began(administrator):
    with pytest.raises(ValidationError) as error:
        close_unit(factories.unit(factories.committee()), by=administrator, revision=1, valid_to=date(2019, 1, 1))

    assert error.value.messages == ["Slutdatum ska vara samma dag som startdatum eller senare."]
