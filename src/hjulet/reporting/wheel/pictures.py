"""The wheel as a picture with the same figures as a table."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.charts.ring import Ring, RingWords, Sector, figure
from hjulet.base.documents.model import Figure
from hjulet.reporting.wheel.quarters import Quarter
from hjulet.reporting.wheel.queries import Wheel


def wheel_figure(wheel: Wheel) -> Figure:
    names = {"title": f"{wheel.committee} {wheel.year}", "count": len(wheel.breaks)}
    ring = Ring(
        title=_("Kvalitetshjulet för %(title)s") % names,
        description=ngettext(
            "Hur långt året har kommit i fyra steg. Tråden är bruten på %(count)s ställe.",
            "Hur långt året har kommit i fyra steg. Tråden är bruten på %(count)s ställen.",
            len(wheel.breaks),
        )
        % names,
        sectors=tuple(sector_of(quarter) for quarter in wheel.quarters),
        words=RingWords(
            missing=_("saknas"),
            sector=_("Del av hjulet"),
            done=_("Klart"),
            status=_("Läge"),
            breaks=_("Brutna ställen"),
            text=_("Vad som räknas"),
        ),
    )
    return figure(ring)


def sector_of(quarter: Quarter) -> Sector:
    counted = ", ".join(
        _("%(label)s: %(done)s av %(total)s") % {"label": part.label.lower(), "done": part.done, "total": part.total}
        for part in quarter.parts
        if part.total
    )
    return Sector(
        title=quarter.title,
        done=quarter.share,
        status=_("Håller ihop") if not quarter.breaks else _("Brutet"),
        text=counted,
        tone="red" if quarter.breaks else "green",
        breaks=len(quarter.breaks),
        href=f"#{quarter.key}",
    )
