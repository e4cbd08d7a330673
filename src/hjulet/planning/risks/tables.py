from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
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


RISKS = Table(
    key="risks",
    caption=_("Risker"),
    columns=(
        Column("number", _("Nr"), lambda r: r.number, sort=("-year", "-analysis", "area_number", "ordinal")),
        Column("title", _("Risk"), lambda r: Link(r.title, r), sort=("title",)),
        Column("level", _("Nivå"), level, sort=("points",)),
        Column("lacking", _("Saknar"), lacking),
        Column("area", _("Kvalitetsområde"), lambda r: r.quality_area, sort=("quality_area__order",)),
        Column("change", _("Sedan förra året"), lambda r: CHANGES[r.change], sort=("change",)),
        Column("unit", _("Enhet"), lambda r: r.analysis.unit.name, sort=("analysis__unit__path",)),
        Column("year", _("År"), lambda r: r.year, sort=("year",), number=True),
    ),
    sort="number",
)
