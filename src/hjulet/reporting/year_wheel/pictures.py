"""The year as a picture, with the same figures as a table."""

from datetime import date

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from hjulet.base.charts.year_ring import Kind, Month, YearRing, YearWords, figure
from hjulet.base.documents.model import Figure
from hjulet.base.documents.tones import ToneName
from hjulet.reporting.year_wheel.queries import Year
from hjulet.reporting.year_wheel.standings import COUNTED, Standing

TONES: dict[Standing, ToneName] = {
    Standing.LATE: "red",
    Standing.BEGUN: "yellow",
    Standing.COMING: "blue",
    Standing.DONE: "green",
}


def year_figure(year: Year) -> Figure:
    """Each month leads to its place in the list beneath."""
    names = {"committee": year.committee, "year": year.year, "total": year.total, "late": year.late}
    ring = YearRing(
        title=_("Årshjulet %(year)s för %(committee)s") % names,
        description=_("Årets tolv månader. Uppgifter: %(total)s. Försenade: %(late)s.") % names,
        centre=str(year.year),
        kinds=tuple(Kind(TONES[standing], str(standing.label)) for standing in COUNTED),
        months=tuple(
            Month(
                name=month.name,
                short=str(MONTHS_3[month.number]),
                counts=tuple(month.counts[standing] for standing in COUNTED),
                href=f"#manad-{month.number}",
            )
            for month in year.months
        ),
        words=YearWords(month=_("Månad"), total=_("Alla"), nothing=_("inget"), today=_("I dag")),
        today=share_gone(year.today) if year.today.year == year.year else None,
    )
    return figure(ring)


def share_gone(day: date) -> float:
    """How much of the year has gone, each month being as long as the others: so the picture has them."""
    last = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - date(day.year, day.month, 1)).days
    return (day.month - 1 + (day.day - 1) / last) / 12
