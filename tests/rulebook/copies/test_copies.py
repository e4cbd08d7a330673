from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.organisation.models import Person
from hjulet.rulebook.copies.operations import compare_new_texts, keep_both
from hjulet.rulebook.copies.queries import copies_visible_to
from hjulet.rulebook.models import Copy
from tests import factories
from tests.rulebook import desks
from tests.rulebook.documents import walks

pytestmark = pytest.mark.django_db

TEXT = " ".join(f"ord{number}" for number in range(200))
NEARLY = TEXT.replace("ord100", "annat").replace("ord150", "nytt")
OTHER = " ".join(f"sak{number}" for number in range(200))


@pytest.fixture
def desk(client):
    here = desks.desk()
    client.force_login(here.writer)
    return here


def compared(day=walks.TODAY):
    return compare_new_texts(by=Person.objects.machine(), day=day)


def pairs(person):
    return [(copy.first.title, copy.second.title, copy.likeness) for copy in copies_visible_to(person)]


def two(desk):
    return desk.in_force(title="Rutin A", body=TEXT), desk.in_force(title="Rutin B", body=NEARLY)


def test_texts_that_say_nearly_the_same_are_found_once(desk):
    two(desk)
    desk.in_force(title="Rutin C", body=OTHER)

    assert [compared(), compared()] == [1, 0]
    # 196 pieces each; two words changed are in ten of them.
    assert pairs(desk.writer) == [("Rutin A", "Rutin B", Decimal("0.903"))]
    assert Decimal(round(186 / 206, 3)).quantize(Decimal("0.001")) == Decimal("0.903")


def test_versions_of_one_document_are_no_copies_of_each_other(desk):
    document = desk.in_force(day=date(2026, 3, 1), body=TEXT)
    compared(date(2026, 3, 1))
    walks.decide(walks.send(walks.next_version(document, desk.writer, body=NEARLY), desk.writer), desk.chief)

    assert compared() == 0


def test_what_was_replaced_drifts_no_more(desk, clock):
    first, _second = two(desk)
    compared()
    version = walks.next_version(first, desk.writer, body=OTHER)
    walks.decide(walks.send(version, desk.writer), desk.chief, date(2026, 3, 17))
    assert len(pairs(desk.writer)) == 1

    clock.shift(timedelta(days=1))
    assert pairs(desk.writer) == []


def test_only_the_clock_compares(desk):
    with pytest.raises(PermissionDenied):
        compare_new_texts(by=desk.writer, day=walks.TODAY)


def test_both_are_kept_with_a_reason_once(desk):
    two(desk)
    compared()
    copy = keep_both(Copy.objects.get(), by=desk.writer, reason=" Skilda avtal. ")

    assert (copy.kept_reason, copy.kept_by) == ("Skilda avtal.", desk.writer)
    event = Event.objects.first()
    assert (event.verb, event.target_id, event.after) == ("copy.kept", copy.pk, {"reason": "Skilda avtal."})
    with pytest.raises(Refused, match="redan sagt"):
        keep_both(copy, by=desk.writer, reason="Igen.")


def test_an_employee_says_nothing_of_it(desk):
    two(desk)
    compared()
    with pytest.raises(PermissionDenied):
        keep_both(Copy.objects.get(), by=factories.person("Ada Berg", employee=desk.unit), reason="x")


def test_pages(client, desk):
    two(desk)
    compared()
    copy = Copy.objects.get()

    assert "Rutin B" in client.get(reverse("copies:list")).content.decode()
    text = client.get(copy.get_absolute_url()).content.decode()
    assert ("<ins>" in text, "annat" in text, "nytt" in text) == (True, True, True)
    client.post(reverse("copies:keep", args=[copy.pk]), {"reason": "Skilda avtal."})
    assert "Rutin B" not in client.get(reverse("copies:list")).content.decode()
    assert "Rutin B" in client.get(reverse("copies:list"), {"kept": "on"}).content.decode()
    assert "Skilda avtal." in client.get(copy.get_absolute_url()).content.decode()


def test_another_committee_sees_none(client, desk):
    two(desk)
    compared()
    copy = Copy.objects.get()
    client.force_login(
        factories.person("Nils Ek", unit_manager=factories.unit(factories.committee("Kulturnämnden"), "B"))
    )

    assert "Rutin B" not in client.get(reverse("copies:list")).content.decode()
    addresses = [copy.get_absolute_url(), reverse("copies:keep", args=[copy.pk])]
    assert [client.get(one).status_code for one in addresses] == [404, 404]


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow_with_the_rows(client, desk, rows, django_assert_num_queries):
    two(desk)
    for number in range(rows - 1):
        desk.in_force(title=f"Rutin {number}", body=TEXT.replace("ord9 ", f"ny{number} "))
    compared()
    assert Copy.objects.count() == {1: 1, 3: 6}[rows]

    with django_assert_num_queries(8):
        client.get(reverse("copies:list"))
    with django_assert_num_queries(6):
        client.get(Copy.objects.first().get_absolute_url())
