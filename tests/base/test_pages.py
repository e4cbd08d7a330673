import pytest
from django.http import HttpResponse

from hjulet.base.pages import WriteOnReadingPage, acts, discloses, reads, writes
from hjulet.organisation.models import Person
from tests.factories import person

pytestmark = pytest.mark.django_db


def touching(request):
    Person.objects.update(title="Rörd")
    return HttpResponse("gjort")


def looking(request):
    return HttpResponse(Person.objects.count())


def failing(request):
    Person.objects.update(title="Rörd")
    raise ValueError("mitt i")


@pytest.mark.parametrize(
    ("guard", "method", "status"),
    [
        (reads, "get", 200),
        (reads, "head", 200),
        (reads, "post", 405),
        (writes, "get", 200),
        (writes, "post", 200),
        (writes, "put", 405),
        (acts, "post", 200),
        (acts, "get", 405),
    ],
)
def test_methods(rf, guard, method, status):
    assert guard(looking)(getattr(rf, method)("/")).status_code == status


@pytest.mark.parametrize("guard", [reads, writes])
def test_a_page_that_is_read_cannot_write(rf, guard):
    with pytest.raises(WriteOnReadingPage, match="UPDATE"):
        guard(touching)(rf.get("/"))


@pytest.mark.parametrize("guard", [writes, acts])
def test_a_sent_form_writes_all_or_nothing(rf, guard):
    somebody = person()

    with pytest.raises(ValueError, match="mitt i"):
        guard(failing)(rf.post("/"))
    somebody.refresh_from_db()
    assert somebody.title == ""

    guard(touching)(rf.post("/"))
    somebody.refresh_from_db()
    assert somebody.title == "Rörd"


def test_every_guard_says_what_it_is():
    assert [guard(looking).access_mode for guard in (reads, discloses, writes, acts)] == [
        "reads",
        "discloses",
        "writes",
        "acts",
    ]
