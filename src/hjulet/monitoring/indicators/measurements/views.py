from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.monitoring.indicators import queries, rules
from hjulet.monitoring.indicators.measurements import operations
from hjulet.monitoring.indicators.measurements.forms import (
    CorrectionForm,
    FiguresForm,
    MeasurementFilters,
    OpenPeriodForm,
)
from hjulet.monitoring.indicators.pages import measurement_page
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.tables import MEASUREMENTS
from hjulet.organisation.secrecy.pages import one_or_404

TEMPLATES = "monitoring/indicators"


@reads
def measurements(request: HttpRequest) -> HttpResponse:
    filters = MeasurementFilters(request.GET, queries.measurements_listed_for, request=request)
    may_measure = rules.may_measure_any(request.user)
    return table_page(request, MEASUREMENTS, filters, f"{TEMPLATES}/measurements.html", may_change=may_measure)


@reads
def measurement(request: HttpRequest, pk: int) -> HttpResponse:
    page = measurement_page(request.user, measurement_or_404(request, pk))
    context = {"page": page, "measurement": page.measurement, "indicator": page.indicator}
    return render(request, f"{TEMPLATES}/measurement.html", context)


@writes
def open_period(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = one_or_404(request, queries.indicators_visible_to, pk)
    require(rules.may_change(request.user, indicator))
    form = OpenPeriodForm(request.POST or None, indicator=indicator)
    if form.performs(operations.open_period, indicator=indicator, by=request.user):
        return done(request, _("Perioden är tillagd. Registrera mätningen."), "indicators:record", form.result.pk)
    here = indicator.get_absolute_url()
    crumbs = [(_("Nyckeltal"), reverse("indicators:list")), (indicator.name, here)]
    heading, submit = _("Lägg till en tidigare period"), _("Lägg till perioden")
    return form_page(
        request, form, heading=heading, submit=submit, intro=indicator.name, cancel_url=here, crumbs=crumbs
    )


@writes
def record(request: HttpRequest, pk: int) -> HttpResponse:
    measurement = measurement_to_make(request, pk)
    form = FiguresForm(request.POST or None, measurement=measurement)
    if form.performs(operations.record_measurement, measurement=measurement, by=request.user):
        return done(request, _("Mätningen är registrerad."), measurement)
    heading, submit = _("Registrera mätningen"), _("Spara mätningen")
    return form_page(request, form, heading=heading, submit=submit, **beside(measurement))


@writes
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    measurement = measurement_to_make(request, pk)
    form = CorrectionForm(request.POST or None, measurement=measurement)
    if form.performs(operations.correct_measurement, measurement=measurement, by=request.user):
        return done(request, _("Mätningen är rättad. Det som stod finns kvar."), measurement)
    heading, submit = _("Rätta mätningen"), _("Spara rättelsen")
    return form_page(request, form, heading=heading, submit=submit, **beside(measurement))


@writes
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    measurement = measurement_to_make(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför ska mätningen inte stå kvar?"))
    if form.performs(operations.undo, measurement=measurement, by=request.user):
        return done(request, _("Mätningen är tillbakatagen. Det som stod finns kvar i historiken."), measurement)
    return form_page(request, form, heading=_("Ta tillbaka mätningen"), **beside(measurement))


@writes
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    measurement = measurement_to_make(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför är det inte mätt?"))
    if form.performs(operations.leave_out, measurement=measurement, by=request.user):
        return done(request, _("Perioden är markerad som ej mätt."), measurement)
    return form_page(request, form, heading=_("Markera som ej mätt"), **beside(measurement))


@writes
def leave_out_many(request: HttpRequest) -> HttpResponse:
    require(rules.may_measure_any(request.user))
    return many_page(
        request,
        MEASUREMENTS,
        queries.measurements_visible_to(request.user),
        ReasonForm(request.POST or None, label=_("Varför är de inte mätta?")),
        operations.leave_out_many,
        may=rules.may_measure,
        obstacle=lambda measurement: rules.obstacle_to_move(measurement, "leave_out"),
        heading=_("Markera som ej mätta"),
        said=lambda n: ngettext("%(n)s mätning är markerad.", "%(n)s mätningar är markerade.", n) % {"n": n},
        back="indicators:measurements",
    )


@writes
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    measurement = measurement_to_make(request, pk)
    form = ReasonForm(request.POST or None, label=_("Varför ska det mätas ändå?"))
    if form.performs(operations.restore, measurement=measurement, by=request.user):
        return done(request, _("Perioden ska mätas igen."), measurement)
    return form_page(request, form, heading=_("Ska mätas ändå"), **beside(measurement))


def measurement_or_404(request: HttpRequest, pk: int) -> Measurement:
    return one_or_404(request, queries.measurements_visible_to, pk)


def measurement_to_make(request: HttpRequest, pk: int) -> Measurement:
    measurement = measurement_or_404(request, pk)
    require(rules.may_measure(request.user, measurement))
    return measurement


def beside(measurement: Measurement) -> dict:
    """Where a form about one measurement stands: what it is called, the way back."""
    indicator, here = measurement.indicator, measurement.get_absolute_url()
    crumbs = [
        (_("Nyckeltal"), reverse("indicators:list")),
        (indicator.name, indicator.get_absolute_url()),
        (measurement.period, here),
    ]
    intro = f"{indicator.name}, {measurement.unit_name}, {measurement.period}"
    return {"intro": intro, "cancel_url": here, "crumbs": crumbs}
