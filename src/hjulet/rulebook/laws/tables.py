from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.rulebook.laws.models import Law, LawReview
from hjulet.rulebook.laws.states import CERTAINTY_COLORS, COLORS, ReviewState


def standing_of(law: Law) -> Tag:
    if law.has_ended:
        return Tag(gettext("Gäller inte längre"), "neutral")
    return Tag(gettext("Gäller"), "success")


def certainty_of(law: Law) -> Tag:
    return Tag(law.get_certainty_display(), CERTAINTY_COLORS[law.certainty])


LAWS = Table(
    key="laws",
    caption=_("Lagar och föreskrifter"),
    columns=(
        Column("title", _("Titel"), lambda law: Link(law.title, law), sort=("title",), fields=("title",)),
        Column("short", _("Kort namn"), lambda law: law.short, sort=("short",), fields=("short",)),
        Column("number", _("Nummer"), lambda law: law.number, sort=("series", "number"), fields=("number",)),
        Column("kind", _("Slag"), lambda law: law.get_kind_display(), sort=("kind",), fields=("kind",)),
        Column("field", _("Område"), lambda law: law.get_field_display(), sort=("field",), fields=("field",)),
        Column("standing", _("Gäller den?"), standing_of, sort=("ended_some_day", "valid_to")),
        Column("certainty", _("Hur säkert är det?"), certainty_of, sort=("certainty",), fields=("certainty",)),
        Column(
            "next_review_date",
            _("Gås igenom senast"),
            lambda law: Deadline(law.next_review_date, not law.has_ended),
            sort=("next_review_date",),
        ),
        Column(
            "series",
            _("Samling"),
            lambda law: law.get_series_display(),
            sort=("series",),
            is_extra=True,
            fields=("series",),
        ),
        Column(
            "owner_role",
            _("Bevakas av rollen"),
            lambda law: law.get_owner_role_display(),
            sort=("owner_role",),
            is_extra=True,
            fields=("owner_role",),
        ),
        Column(
            "owner_person",
            _("Bevakas av"),
            lambda law: law.owner_person,
            sort=("owner_person__name",),
            is_extra=True,
            fields=("owner_person",),
        ),
        Column("demand", _("Vad den kräver av oss"), lambda law: law.demand, is_extra=True, fields=("demand",)),
        Column(
            "valid_from",
            _("Gäller från"),
            lambda law: law.valid_from,
            sort=("valid_from",),
            is_extra=True,
            fields=("valid_from",),
        ),
        Column("valid_to", _("Gäller till och med"), lambda law: law.valid_to, sort=("valid_to",), is_extra=True),
        Column("successor", _("Ersatt av"), lambda law: law.successor, is_extra=True),
        Column("link", _("Länk"), lambda law: law.link, is_extra=True, fields=("link",)),
        Column("note", _("Anmärkning"), lambda law: law.note, is_extra=True, fields=("note",)),
        Column("reviewed_date", _("Senast genomgången"), lambda law: law.reviewed_date, is_extra=True),
        Column("provisions", _("Bestämmelser"), lambda law: law.provision_count, number=True, is_extra=True),
    ),
    sort="title",
    read_in="laws:read_in",
)


def reference_of(review: LawReview) -> Link:
    row = review.of
    return Link(str(row), row)


LAW_REVIEWS = Table(
    key="law_reviews",
    caption=_("Att gå igenom när lagen ändras"),
    columns=(
        Column("title", _("Det som styrs"), lambda review: Link(review.title, review), sort=("title",)),
        Column("of", _("Gäller inte längre"), reference_of),
        Column("unit", _("Enhet"), lambda review: review.unit_name, sort=("unit__path",)),
        Column("owner", _("Ansvarig"), lambda review: review.owner, sort=("owner_person__name", "owner_role")),
        Column(
            "due_date",
            _("Klar senast"),
            lambda review: Deadline(review.due_date, review.state == ReviewState.OPEN),
            sort=("due_date",),
        ),
        Column(
            "state", _("Läge"), lambda review: Tag(review.get_state_display(), COLORS[review.state]), sort=("state",)
        ),
        Column("outcome", _("Vad blev det"), lambda review: review.get_outcome_display(), is_extra=True),
        Column("done_date", _("Genomgången"), lambda review: review.done_date, sort=("done_date",), is_extra=True),
        Column("comment", _("Vad kom du fram till"), lambda review: review.comment, is_extra=True),
    ),
    sort="due_date",
)
