from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table
from hjulet.organisation.models import Person
from hjulet.rulebook.receipts.queries import share_for


def reading_table(person: Person) -> Table:
    """What was asked to be read, and how far that has come as the person may know it."""
    return Table(
        key="reading",
        caption=_("Lästa dokument"),
        columns=(
            Column("title", _("Dokument"), lambda r: Link(r.version.title, r), sort=("version__title",)),
            Column("number", _("Version"), lambda r: r.version.number, number=True),
            Column("unit", _("Enhet"), lambda r: r.unit_name, sort=("unit__path",)),
            Column("roles", _("Roller"), lambda r: ", ".join(r.role_names) or _("Alla"), is_extra=True),
            Column("due_date", _("Läst senast"), lambda r: Deadline(r.due_date, r.read < r.asked), sort=("due_date",)),
            Column("share", _("Läst av"), lambda r: share_for(person, r)),
            Column("percent", _("Andel, %"), lambda r: share_for(person, r).percent, number=True),
            Column("kind", _("Slag"), lambda r: r.version.document.kind.name, is_extra=True),
            Column("asked_date", _("Begärt"), lambda r: r.asked_date, sort=("asked_date",), is_extra=True),
            Column("withdrawn_date", _("Taget tillbaka"), lambda r: r.withdrawn_date, is_extra=True),
        ),
        sort="due_date",
    )
