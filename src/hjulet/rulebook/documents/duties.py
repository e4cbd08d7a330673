from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person
from hjulet.rulebook.documents.deciding import publish_version
from hjulet.rulebook.documents.notices import remind_of_review
from hjulet.rulebook.documents.queries import versions_to_publish


def publish(by: Person, day: date) -> int:
    due = list(versions_to_publish(day).order_by("valid_from", "pk"))
    for version in due:
        publish_version(version, by=by)
    return len(due)


DUTIES = (
    Duty("documents.publish", _("Dokument som börjar gälla"), publish),
    Duty("documents.review", _("Påminnelser om dokument som ska ses över"), remind_of_review),
)
