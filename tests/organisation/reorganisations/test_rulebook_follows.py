"""Whom documents are for, what is to be read and who is being introduced, when units become others."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.planning import plan_of
from hjulet.reporting.my_work.queries import tasks_of
from hjulet.rulebook.documents.operations import apply_where_it_went
from hjulet.rulebook.introductions import operations as introductions
from hjulet.rulebook.models import GoverningDocument
from hjulet.rulebook.receipts.operations import confirm_reading
from tests import factories
from tests.organisation.reorganisations.walks import TODAY, courses, done_today, drafted, home, kept, merged
from tests.rulebook.introductions.walks import template
from tests.rulebook.receipts.walks import ask, version_in_force

pytestmark = pytest.mark.django_db

LINK = GoverningDocument.applies_to.through
KEY = "documents_for_units"


@pytest.fixture
def place():
    return home()


def for_units(place, *units, title="Rutin för nycklar"):
    document = version_in_force(place.committee, title=title).document
    document.applies_to.set(units)
    return document


def names(document):
    return sorted(unit.name for unit in document.applies_to.all())


def split(place, *parts, **given):
    new = [(name, "") for name in parts]
    return drafted(place.administrator, Kind.SPLIT, [place.north], new=new, effective_date=TODAY, **given)


def goes(row, viewer=None):
    return [
        (found.words, found.to.name if found.to else "") for found in plan_of(row, viewer).courses if is_ours(found)
    ]


def is_ours(course):
    return course.following.key == KEY


def fresh(somebody):
    return Person.objects.get(pk=somebody.pk)


def test_a_document_for_units_that_become_one_is_for_that_one(place):
    both, elsewhere = (
        for_units(place, *place.units),
        for_units(place, factories.unit(place.office, "Natt"), title="Natt"),
    )
    row = merged(place.administrator, *place.units, effective_date=TODAY)
    seen_before = goes(row)
    planned = {course for course in courses(row) if course[0] == KEY}

    done_today(row, place.administrator)

    both.refresh_from_db()
    assert seen_before == [("Rutin för nycklar", "Hemtjänsten")] * 2
    assert {course for course in kept(row) if course[0] == KEY} == planned
    assert (names(both), names(elsewhere)) == (["Hemtjänsten"], ["Natt"])
    assert [event.after for event in Event.objects.filter(verb="document.units_followed").order_by("number")][-1] == {
        "applies_to": "Hemtjänsten"
    }


def test_a_document_for_a_unit_that_is_divided_is_for_every_part(place, client):
    document = for_units(place, place.north)
    row = split(place, "Norr A", "Norr B")
    client.force_login(place.administrator)
    page = client.get(row.get_absolute_url())

    assert goes(row) == [("Rutin för nycklar", "Norr A, Norr B")]
    assert "Dokument som gäller just enheten" in page.text
    assert KEY not in {group.key for group in page.context["page"].sortable}
    assert client.get(reverse("reorganisations:sort", args=[row.pk, KEY])).status_code == 403
    done_today(row, place.administrator)
    assert names(document) == ["Norr A", "Norr B"]


def test_a_document_for_a_unit_that_is_closed_is_for_the_rest_and_never_for_all(place):
    both, only = for_units(place, *place.units), for_units(place, place.south, title="Bara Söder")
    row = drafted(place.administrator, Kind.CLOSE, [place.south], effective_date=TODAY)

    assert goes(row) == [("Rutin för nycklar", ""), ("Bara Söder", "")]
    done_today(row, place.administrator)
    assert (names(both), names(only)) == (["Norr Äldrenämnden"], ["Söder Äldrenämnden"])


def test_a_document_for_a_closed_unit_with_a_receiver_is_for_that(place):
    document = for_units(place, place.south)
    row = drafted(place.administrator, Kind.CLOSE, [place.south], receiver=place.north, effective_date=TODAY)

    done_today(row, place.administrator)

    assert names(document) == ["Norr Äldrenämnden"]


def test_a_document_stays_in_its_nämnd_when_a_unit_goes_to_another(place):
    document, other = for_units(place, *place.units), home("Skolnämnden")
    row = drafted(place.administrator, Kind.MOVE, [place.north], parent=other.office, effective_date=TODAY)

    done_today(row, place.administrator)

    assert names(document) == ["Söder Äldrenämnden"]


def test_whoever_may_not_manage_the_units_moves_nothing(place):
    document = for_units(place, place.north)

    with pytest.raises(PermissionDenied):
        apply_where_it_went(LINK.objects.get(), by=place.developer, to=[place.south], day=TODAY)
    assert names(document) == ["Norr Äldrenämnden"]


def test_what_is_to_be_read_follows_with_those_who_are_to_read_it(place):
    version = version_in_force(place.committee)
    reader = factories.person("Anna Berg", employee=place.north)
    asked = ask(version, place.head, place.north, due_date=date(2026, 4, 1))

    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)

    asked.refresh_from_db()
    assert asked.unit == Unit.objects.get(name="Hemtjänsten")
    assert [(task.title, task.unit) for task in tasks_of(fresh(reader))] == [("Rutin för basal hygien", "Hemtjänsten")]
    confirm_reading(version, by=fresh(reader))
    assert tasks_of(fresh(reader)) == []


def test_an_introduction_follows_with_whoever_is_new(place):
    newcomer = factories.person("Ny Berg", employee=place.north)
    begun = introductions.plan_introduction(
        by=place.head,
        unit=place.north,
        template=template(place.head, place.north),
        person=newcomer,
        supervisor=place.head,
        start_date=TODAY,
    )

    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)

    begun.refresh_from_db()
    new = Unit.objects.get(name="Hemtjänsten")
    assert (begun.unit, {task.unit for task in tasks_of(fresh(newcomer))}) == (new, {"Hemtjänsten"})
