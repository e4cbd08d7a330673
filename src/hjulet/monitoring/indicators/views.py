from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import act, acts, done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.monitoring.indicators import operations, queries, rules
from hjulet.monitoring.indicators.forms import (
    ChooseForProcessForm,
    EndTargetForm,
    FromTemplatesForm,
    IndicatorFilters,
    IndicatorForm,
    ManyIndicatorsForm,
    NewIndicatorForm,
    PlacesForm,
    TargetForm,
)
from hjulet.monitoring.indicators.models import Indicator
from hjulet.monitoring.indicators.outcomes import target_in_words
from hjulet.monitoring.indicators.pages import indicator_page, standing_now
from hjulet.monitoring.indicators.pictures import pictures_of
from hjulet.monitoring.indicators.tables import INDICATORS
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.rulebook.models import Process

TEMPLATES = "monitoring/indicators"


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = IndicatorFilters(request.GET, queries.indicators_listed_for, request=request)
    may_define = rules.may_define_anywhere(request.user)
    context = {"may_define": may_define}
    return table_page(request, INDICATORS, filters, f"{TEMPLATES}/index.html", context, may_change=may_define)


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = indicator_page(request.user, indicator_or_404(request, pk))
    context = {"page": page, "indicator": page.indicator, "series": pictures_of(page)}
    return render(request, f"{TEMPLATES}/detail.html", context)


@writes
def define(request: HttpRequest) -> HttpResponse:
    require(rules.may_define_anywhere(request.user))
    form = NewIndicatorForm(request.POST or None, person=request.user)
    if form.performs(operations.define_indicator, by=request.user):
        return done(request, _("Nyckeltalet är definierat och dess mätningar är utlagda."), form.result)
    heading, submit = _("Definiera ett nyckeltal"), _("Definiera nyckeltalet")
    return form_page(request, form, heading=heading, submit=submit, **beside_list())


@writes
def from_templates(request: HttpRequest) -> HttpResponse:
    require(rules.may_define_anywhere(request.user))
    form = FromTemplatesForm(request.POST or None, person=request.user)
    if form.performs(operations.define_from_templates, by=request.user):
        count = len(form.result)
        said = ngettext("%(n)s nyckeltal är intaget.", "%(n)s nyckeltal är intagna.", count) % {"n": count}
        return done(request, said, "indicators:list")
    heading, submit = _("Ta in nyckeltal ur startbiblioteket"), _("Ta in de valda")
    return form_page(request, form, heading=heading, submit=submit, **beside_list())


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = indicator_to_change(request, pk)
    form = IndicatorForm(request.POST or None, instance=indicator, person=request.user)
    if form.performs(operations.change_indicator, indicator=indicator, by=request.user):
        return done(request, _("Ändringen är sparad."), indicator)
    return form_page(request, form, heading=_("Ändra nyckeltalet"), submit=_("Spara ändringen"), **beside(indicator))


@writes
def choose_units(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = indicator_to_change(request, pk)
    form = PlacesForm(request.POST or None, indicator=indicator)
    if form.performs(operations.change_indicator, indicator=indicator, by=request.user):
        return done(request, _("Mätningarna är utlagda i de valda enheterna."), indicator)
    heading, submit = _("Välj enheter att mäta i"), _("Spara valet")
    return form_page(request, form, heading=heading, submit=submit, **beside(indicator))


@writes
def change_many(request: HttpRequest) -> HttpResponse:
    require(rules.may_define_anywhere(request.user))
    return many_page(
        request,
        INDICATORS,
        queries.indicators_listed_for(request.user),
        ManyIndicatorsForm(request.POST or None, person=request.user),
        operations.change_indicators,
        may=rules.may_change,
        obstacle=rules.obstacle_to_changing,
        heading=_("Ändra flera nyckeltal"),
        said=lambda n: ngettext("%(n)s nyckeltal är ändrat.", "%(n)s nyckeltal är ändrade.", n) % {"n": n},
        back="indicators:list",
    )


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(rules.may_define_anywhere(request.user))
    return read_in_page(
        request,
        INDICATORS,
        queries.indicators_listed_for(request.user),
        form=lambda indicator: IndicatorForm(instance=indicator, person=request.user),
        change=operations.change_indicator,
        back="indicators:list",
    )


@acts
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Nyckeltalet är sett över i dag.")
    return act(request, operations.confirm_indicator, indicator_to_change(request, pk), said=said)


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = indicator_to_change(request, pk)
    hint = _("Det som är mätt eller missat ligger kvar. Kommande mätningar försvinner.")
    form = ReasonForm(request.POST or None, label=_("Varför ska nyckeltalet inte längre mätas?"), hint=hint)
    if form.performs(operations.withdraw_indicator, indicator=indicator, by=request.user):
        return done(request, _("Nyckeltalet är upphävt."), indicator)
    return form_page(request, form, heading=_("Upphäv nyckeltalet"), **beside(indicator))


@writes
def set_target(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = indicator_to_change(request, pk)
    form = TargetForm(request.POST or None, indicator=indicator)
    if form.performs(operations.set_target, indicator=indicator, by=request.user):
        return done(request, _("Målet är satt. Det som redan är mätt bedöms som förut."), indicator)
    return form_page(request, form, heading=_("Sätt ett mål"), submit=_("Sätt målet"), **beside(indicator))


@writes
def end_target(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    indicator = indicator_to_change(request, pk)
    target = get_object_or_404(indicator.targets, pk=target_pk)
    form = EndTargetForm(request.POST or None)
    if form.performs(operations.end_target, target=target, by=request.user):
        return done(request, _("Målet är avslutat."), indicator)
    around = beside(indicator) | {"intro": f"{indicator.name}, {target_in_words(target)}"}
    return form_page(request, form, heading=_("Avsluta målet"), **around)


@reads
def for_process(request: HttpRequest, pk: int) -> HttpResponse:
    process = process_or_404(request, pk)
    indicators = [(row, standing_now(row)) for row in queries.indicators_beside(request.user, process)]
    may_choose = rules.may_choose_for(request.user, process)
    context = {"process": process, "indicators": indicators, "may_choose": may_choose}
    template = f"{TEMPLATES}/for_process.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@writes
def choose_for_process(request: HttpRequest, pk: int) -> HttpResponse:
    process = process_or_404(request, pk)
    require(rules.may_choose_for(request.user, process))
    form = ChooseForProcessForm(request.POST or None, person=request.user, process=process)
    if form.performs(operations.measure_process, process=process, by=request.user):
        return done(request, _("Nyckeltalet mäter processen."), process)
    heading, submit = _("Välj ett nyckeltal som mäter processen"), _("Välj nyckeltalet")
    return form_page(request, form, heading=heading, submit=submit, **beside_process(process))


@writes
def remove_from_process(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    process = process_or_404(request, pk)
    require(rules.may_choose_for(request.user, process))
    indicator = get_object_or_404(
        queries.indicators_visible_to(request.user).filter(processes=process), pk=indicator_pk
    )
    label = _("Varför mäter nyckeltalet inte längre processen?")
    form = ReasonForm(request.POST or None, label=label, hint=indicator.name)
    if form.performs(operations.stop_measuring_process, process=process, indicator=indicator, by=request.user):
        return done(request, _("Nyckeltalet är bortkopplat. Det finns kvar."), process)
    return form_page(request, form, heading=_("Koppla bort nyckeltalet"), **beside_process(process))


def indicator_or_404(request: HttpRequest, pk: int) -> Indicator:
    return one_or_404(request, queries.indicators_visible_to, pk)


def indicator_to_change(request: HttpRequest, pk: int) -> Indicator:
    indicator = indicator_or_404(request, pk)
    require(rules.may_change(request.user, indicator))
    return indicator


def process_or_404(request: HttpRequest, pk: int) -> Process:
    return get_object_or_404(queries.process_of(request.user, pk))


def beside_list() -> dict:
    here = reverse("indicators:list")
    return {"cancel_url": here, "crumbs": [(_("Nyckeltal"), here)]}


def beside(indicator: Indicator) -> dict:
    """Where a form about the indicator stands: what it is called, the way back."""
    here = indicator.get_absolute_url()
    crumbs = [(_("Nyckeltal"), reverse("indicators:list")), (indicator.name, here)]
    return {"intro": indicator.name, "cancel_url": here, "crumbs": crumbs}


def beside_process(process: Process) -> dict:
    here = process.get_absolute_url()
    crumbs = [(_("Processer"), reverse("processes:list")), (process.title, here)]
    return {"intro": process.title, "cancel_url": here, "crumbs": crumbs}
