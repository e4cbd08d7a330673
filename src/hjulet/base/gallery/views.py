"""Every component in its variants, on one page: the reference to look at, and the test of them all."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.gallery.forms import EveryField, RiskFilter
from hjulet.base.pages import reads


@reads
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "base/gallery.html", examples(request.GET))


def examples(asked: QueryDict) -> dict:
    """What the page shows; `asked` is the query string, so that the search and the pages can be tried."""
    today = timezone.localdate()
    risks = [risk for risk in example_risks(today) if asked.get("query", "").lower() in risk["title"].lower()]
    return {
        "today": today,
        "soon": today + timedelta(days=3),
        "late": today - timedelta(days=12),
        "now": timezone.now(),
        "sort": asked.get("sort", "-level"),
        "page": Paginator(risks, 4).get_page(asked.get("page")),
        "nothing": Paginator([], 4).get_page(1),
        "filter": RiskFilter(asked),
        "form": EveryField(prefix="ny"),
        "wrong": EveryField(
            {"fel-name": "", "fel-due_date": "22/11", "fel-target": "många", "fel-reason": "För långt. " * 50},
            prefix="fel",
        ),
        "states": [
            ("draft", _("Utkast")),
            ("referral", _("På remiss")),
            ("proposed", _("Föreslagen")),
            ("adopted", _("Antagen")),
            ("closed", _("Avslutad")),
        ],
        "crumbs": [(_("Start"), "/"), (_("Kvalitetsplan"), "#tabeller")],
        "tabs": [
            {"label": _("Risken"), "url": "#flikar", "is_current": True},
            {"label": _("Åtgärder"), "url": "#flikar", "is_current": False},
            {"label": _("Historik"), "url": "#flikar", "is_current": False},
        ],
    }


def example_risks(today: date) -> list[dict]:
    levels = [("danger", 12, _("Röd")), ("warning", 6, _("Gul")), ("success", 2, _("Grön"))]
    risks = [
        _("Insatser uteblir när ordinarie personal är frånvarande"),
        _("Genomförandeplaner följs inte upp i tid"),
        _("Rutinen för larm är inte känd av vikarier"),
        _("Barnets röst saknas i utredningen"),
        _("Beslut fattas utan aktuell delegation"),
    ]
    return [
        {
            "number": f"{place // 5 + 1}.{place % 5 + 1}",
            "title": risks[place % 5],
            "color": levels[place % 3][0],
            "points": levels[place % 3][1],
            "level": levels[place % 3][2],
            "owner": _("Enhetschef, Hemtjänst Norr"),
            "due_date": today + timedelta(days=9 * place - 12),
            "share": f"{96.5 - place:.1f}".replace(".", ","),
        }
        for place in range(23)
    ]
