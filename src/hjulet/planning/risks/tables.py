from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Many, Table, Tag
from hjulet.planning.risks.models import Change, Risk
from hjulet.planning.risks.rules import lacks_of

CHANGES = dict(Change.choices)


def level(risk: Risk) -> Tag:
    """Number, word and colour, or the word that nobody has judged the risk."""
    if risk.band is None:
        return Tag(_("Inte bedömd"))
    return Tag(risk.band.name, risk.band.color, risk.score)


def lacking(risk: Risk) -> str:
    return ", ".join(str(what.label) for what in lacks_of(risk))


# By the analyses of the year, so that those of others are passed by whole: decisions/usual-order.md.
NUMBER = ("-analysis__year", "analysis__unit", "area_number", "ordinal")

RISKS = Table(
    key="risks",
    caption=_("Risker"),
    columns=(
        Column("number", _("Nr"), lambda r: r.number, sort=NUMBER),
        Column(
            "title",
            _("Risk"),
            lambda r: Link(r.title, r, warning=r.is_secret and _("Sekretess")),
            sort=("title",),
            fields=("title",),
        ),
        Column("level", _("Nivå"), level, sort=("points",)),
        Column("lacking", _("Saknar"), lacking),
        Column(
            "area",
            _("Kvalitetsområde"),
            lambda r: r.quality_area,
            sort=("quality_area__order",),
            fields=("quality_area",),
        ),
        Column("change", _("Sedan förra året"), lambda r: CHANGES[r.change], sort=("change",)),
        Column("unit", _("Enhet"), lambda r: r.analysis.unit_name, sort=("analysis__unit__path",)),
        Column("year", _("År"), lambda r: r.year, sort=("year",), number=True),
        Column(
            "probability", _("Sannolikhet"), lambda r: r.probability, sort=("probability",), number=True, is_extra=True
        ),
        Column(
            "severity", _("Allvarlighetsgrad"), lambda r: r.severity, sort=("severity",), number=True, is_extra=True
        ),
        Column("assessed_date", _("Bedömd"), lambda r: r.assessed_date, sort=("assessed_date",), is_extra=True),
        Column(
            "goal",
            _("Mål"),
            lambda r: r.goal and r.goal.title,
            sort=("goal__title",),
            is_extra=True,
            reads=("goal",),
            fields=("goal",),
        ),
        Column("deficiency", _("Brist"), lambda r: r.deficiency, is_extra=True, fields=("deficiency",)),
        Column("consequence", _("Konsekvens"), lambda r: r.consequence, is_extra=True, fields=("consequence",)),
        Column("laws", _("Lagrum"), lambda r: ", ".join(r.laws), is_extra=True, fields=("laws",)),
        Column(
            "source",
            _("Källa"),
            lambda r: r.source,
            sort=("source__order",),
            is_extra=True,
            reads=("source",),
            fields=("source",),
        ),
        Column(
            "role",
            _("Ansvarig roll"),
            lambda r: r.get_responsible_role_display(),
            is_extra=True,
            fields=("responsible_role",),
        ),
        Column("secrecy", _("Sekretess"), lambda r: _("Ja") if r.is_secret else "", is_extra=True),
    ),
    sort="number",
    many=(
        Many("risks:change_many", _("Ändra de valda")),
        Many("risks:mark_many", _("Säg vad som hänt sedan förra året")),
    ),
    read_in="risks:read_in",
)
