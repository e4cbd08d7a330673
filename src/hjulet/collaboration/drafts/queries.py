from hjulet.collaboration.drafts.models import Draft
from hjulet.organisation.models import Person


def draft_of(person: Person, address: str) -> Draft | None:
    return Draft.objects.filter(person=person, address=address).first()
