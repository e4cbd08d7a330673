from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.audit.models import Event
from hjulet.audit.words import happening
from hjulet.base.tables import Column, Link, Table
from hjulet.organisation.change_log.queries import label_of, model_of, name_of, names_in


def when(event: Event) -> str:
    return timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S")


def fields_of(event: Event) -> str:
    model = model_of(event.target_type)
    return ", ".join(label_of(model, name) for name in names_in(event))


EVENTS = Table(
    key="events",
    caption=_("Ändringslogg"),
    columns=(
        Column(
            "number",
            _("Nr"),
            lambda e: Link(e.number, reverse("audit:detail", args=[e.number])),
            sort=("number",),
            number=True,
        ),
        Column("at", _("När"), when, sort=("at",)),
        Column("actor", _("Vem"), lambda e: e.actor_name, sort=("actor_name",)),
        Column("happening", _("Gjorde vad"), lambda e: happening(e.verb), sort=("verb",)),
        Column(
            "target",
            _("Med vad"),
            lambda e: f"{name_of(e.target_type)} {e.target_id}",
            sort=("target_type", "target_id"),
        ),
        Column("unit", _("Enhet"), lambda e: e.unit_name),
        Column("fields", _("Uppgifter"), fields_of),
    ),
    sort="-number",
)
