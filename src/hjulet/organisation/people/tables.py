from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Many, Table, Tag
from hjulet.organisation.people.models import Person


def login_of(person: Person) -> Tag:
    if not person.is_active:
        return Tag(gettext("Avstängd"), "danger")
    if not person.has_usable_password():
        return Tag(gettext("Har inget lösenord"), "neutral")
    if person.must_change_password:
        return Tag(gettext("Har engångslösenord"), "warning")
    return Tag(gettext("Kan logga in"), "success")


def roles_of(person: Person) -> str:
    return "; ".join(f"{held.definition.name}, {held.unit.name}" for held in person.roles_today)


PEOPLE = Table(
    key="people",
    caption=_("Personer"),
    columns=(
        Column("name", _("Namn"), lambda p: Link(p.name, p), sort=("name",), fields=("name",)),
        Column("title", _("Titel"), lambda p: p.title, sort=("title",), fields=("title",)),
        Column("roles", _("Roller i dag"), roles_of),
        Column("email", _("E-postadress"), lambda p: p.email, sort=("email",), fields=("email",)),
        Column(
            "external_id",
            _("Id i annat system"),
            lambda p: p.external_id,
            sort=("external_id",),
            is_extra=True,
            fields=("external_id",),
        ),
        Column("login", _("Inloggning"), login_of, sort=("is_active", "must_change_password")),
    ),
    sort="name",
    many=(Many("roles:assign_many", _("Ge de valda en roll")),),
    read_in="people:read_in",
)
