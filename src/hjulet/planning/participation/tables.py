from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.planning.participation.models import Meeting, Outcome


def unanswered(meeting: Meeting) -> Tag | str:
    return Tag(_("utan svar"), "warning", meeting.unanswered) if meeting.unanswered else ""  # type: ignore[attr-defined]


def became(outcome: Outcome) -> str:
    """The actions and risks that the reader may see, or why there are none."""
    rows = [*outcome.seen_actions, *outcome.seen_risks]  # type: ignore[attr-defined]
    return "; ".join(str(row) for row in rows) or outcome.no_measure_reason


MEETINGS = Table(
    key="meetings",
    caption=_("Möten"),
    columns=(
        Column("meeting_date", _("Dag"), lambda m: m.meeting_date, sort=("meeting_date",)),
        Column("subject", _("Vad det handlade om"), lambda m: Link(m.subject, m), sort=("subject",)),
        Column("kind", _("Mötesform"), lambda m: m.kind, sort=("kind__order",)),
        Column("voice", _("Vems röst"), lambda m: m.kind.get_voice_display(), sort=("kind__voice",)),
        Column("unit", _("Enhet"), lambda m: m.unit_name, sort=("unit__path",)),
        Column("took_part", _("Deltagare"), lambda m: m.took_part, sort=("took_part",), number=True),
        Column("said", _("Kom fram"), lambda m: m.said, sort=("said",), number=True),
        Column("unanswered", _("Obesvarat"), unanswered, sort=("unanswered",)),
        Column("owner", _("Höll i mötet"), lambda m: m.owner, sort=("owner_person__name", "owner_role"), is_extra=True),
        Column("summary", _("Sammanfattning"), lambda m: m.summary, is_extra=True),
    ),
    sort="-meeting_date",
)

OUTCOMES = Table(
    key="outcomes",
    caption=_("Det som kom fram"),
    columns=(
        Column("text", _("Vad kom fram"), lambda o: Link(o.text, o), sort=("text",)),
        Column("kind", _("Slag"), lambda o: o.get_kind_display(), sort=("kind",)),
        Column("state", _("Läge"), lambda o: Tag(o.state_said, o.color), sort=("state",)),
        Column("became", _("Vad blev det av det?"), became),
        Column(
            "answer_by_date",
            _("Besvaras senast"),
            lambda o: Deadline(o.answer_by_date, o.is_waiting) if o.is_waiting else None,
            sort=("answer_by_date",),
        ),
        Column("meeting", _("Möte"), lambda o: o.meeting.kind, sort=("meeting__kind__order",)),
        Column("meeting_date", _("Dag"), lambda o: o.meeting.meeting_date, sort=("meeting__meeting_date",)),
        Column("unit", _("Enhet"), lambda o: o.meeting.unit_name, sort=("meeting__unit__path",)),
        Column("voice", _("Vems röst"), lambda o: o.meeting.kind.get_voice_display(), is_extra=True),
    ),
    sort="-meeting_date",
)
