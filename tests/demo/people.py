from hjulet.organisation.models import Person


def someone(key: str) -> Person:
    """A person of the demo by first name."""
    return Person.objects.get(email=f"{key}@lindvalla.example")
