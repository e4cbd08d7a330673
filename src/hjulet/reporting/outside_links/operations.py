"""What the clock keeps of outside addresses. No audit: nothing of the municipality's is changed."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from hjulet.base.operations import operation, require
from hjulet.organisation.models import Person
from hjulet.reporting.outside_links.asking import Answer
from hjulet.reporting.outside_links.models import OutsideAddress, OutsidePlace
from hjulet.reporting.outside_links.sources import SOURCES, Source, addresses_in


@operation
def note_addresses(*, by: Person) -> int:
    """Which addresses our texts lead to today, and from where; returns how many there are."""
    require(by.is_machine)
    for source in SOURCES:
        note_places(source)
    OutsideAddress.objects.filter(places=None).delete()
    return OutsideAddress.objects.count()


def note_places(source: Source) -> None:
    standing = {(url, pk): unit for pk, unit, text in source.texts() for url in addresses_in(text)}
    addresses = addresses_of({url for url, _pk in standing})
    kind = ContentType.objects.get_for_model(source.model)
    places = OutsidePlace.objects.filter(target_type=kind)
    noted = {(url, pk): place for place, url, pk in places.values_list("pk", "address__url", "target_id")}
    places.filter(pk__in=[noted[gone] for gone in noted.keys() - standing.keys()]).delete()
    OutsidePlace.objects.bulk_create(
        OutsidePlace(address_id=addresses[url], target_type=kind, target_id=pk, unit_id=standing[url, pk])
        for url, pk in sorted(standing.keys() - noted.keys())
    )


def addresses_of(urls: set[str]) -> dict[str, int]:
    """Their keys, those that are new among them."""
    OutsideAddress.objects.bulk_create((OutsideAddress(url=url) for url in sorted(urls)), ignore_conflicts=True)
    return dict(OutsideAddress.objects.values_list("url", "pk"))


@operation
def note_answer(address: OutsideAddress, answer: Answer, *, by: Person) -> OutsideAddress:
    require(by.is_machine)
    now = timezone.now()
    address.checked_at, address.status = now, answer.status
    address.failures = 0 if answer.works else address.failures + 1
    address.failing_since = None if answer.works else address.failing_since or now
    address.save()
    return address
