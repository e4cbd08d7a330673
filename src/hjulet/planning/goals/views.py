from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.forms.performing import ReasonForm
from hjulet.base.intake_pages import read_in_page
from hjulet.base.many_pages import many_page
from hjulet.base.operations import require
from hjulet.base.pages import done, form_page, reads, writes
from hjulet.base.table_pages import table_page
from hjulet.monitoring.indicators.queries import indicators_visible_to
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.secrecy.pages import one_or_404
from hjulet.planning.goals import operations, queries, rules
from hjulet.planning.goals.forms import ChooseIndicatorForm, GoalFilters, GoalForm, ManyGoalsForm, NewGoalForm
from hjulet.planning.goals.models import Goal
from hjulet.planning.goals.tables import GOALS


@reads
def index(request: HttpRequest) -> HttpResponse:
    filters = GoalFilters(request.GET, queries.goals_visible_to, request=request)
    chain = queries.chain_of(filters.qs)
    return render(request, "planning/goals/index.html", {"chain": chain, "filters": filters, **around(request)})


@reads
def table(request: HttpRequest) -> HttpResponse:
    filters = GoalFilters(request.GET, queries.listed_goals, request=request)
    context = around(request)
    return table_page(request, GOALS, filters, "planning/goals/table.html", context, may_change=context["may_set"])


@reads
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.goal_page(request.user, goal_or_404(request, pk))
    return render(request, "planning/goals/detail.html", {"page": page, "goal": page.goal})


@writes
def set_goal(request: HttpRequest) -> HttpResponse:
    this_year = timezone.localdate().year
    return new_goal(request, {"first_year": this_year, "last_year": this_year}, cancel_url=reverse("goals:list"))


@writes
def break_down(request: HttpRequest, pk: int) -> HttpResponse:
    parent = goal_or_404(request, pk)
    given = {"parent": parent, "unit": parent.unit, "first_year": parent.first_year, "last_year": parent.last_year}
    return new_goal(request, given, **beside(parent))


@writes
def change(request: HttpRequest, pk: int) -> HttpResponse:
    goal = goal_or_404(request, pk)
    require(rules.may_change(request.user, goal))
    form = GoalForm(request.POST or None, instance=goal, person=request.user)
    if form.performs(operations.change_goal, goal=goal, by=request.user):
        return done(request, _("Ändringen är sparad."), goal)
    return form_page(request, form, heading=_("Ändra målet"), submit=_("Spara ändringen"), **beside(goal))


@writes
def change_many(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.GOALS_EDIT))
    return many_page(
        request,
        GOALS,
        queries.goals_visible_to(request.user).select_related("parent"),
        ManyGoalsForm(request.POST or None, person=request.user),
        operations.change_goals,
        may=rules.may_change,
        obstacle=rules.obstacle_to_changing,
        heading=_("Ändra flera mål"),
        said=lambda n: ngettext("%(n)s mål är ändrat.", "%(n)s mål är ändrade.", n) % {"n": n},
        back="goals:table",
    )


@writes
def read_in(request: HttpRequest) -> HttpResponse:
    require(holds_anywhere(request.user, Permission.GOALS_EDIT))
    return read_in_page(
        request,
        GOALS,
        queries.goals_visible_to(request.user).select_related("parent"),
        form=lambda goal: GoalForm(instance=goal, person=request.user),
        change=operations.change_goal,
        back="goals:table",
    )


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    goal = goal_or_404(request, pk)
    require(rules.may_change(request.user, goal))
    form = ReasonForm(request.POST or None, label=_("Varför ska målet inte längre gälla?"))
    if form.performs(operations.withdraw_goal, goal=goal, by=request.user):
        return done(request, _("Målet är upphävt."), goal)
    return form_page(request, form, heading=_("Upphäv målet"), **beside(goal))


@writes
def choose_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    goal = goal_or_404(request, pk)
    require(rules.may_change(request.user, goal))
    form = ChooseIndicatorForm(request.POST or None, person=request.user, goal=goal)
    if form.performs(operations.measure_goal, goal=goal, by=request.user):
        return done(request, _("Nyckeltalet mäter målet."), goal)
    heading, submit = _("Välj ett nyckeltal som mäter målet"), _("Välj nyckeltalet")
    return form_page(request, form, heading=heading, submit=submit, **beside(goal))


@writes
def remove_indicator(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    goal = goal_or_404(request, pk)
    require(rules.may_change(request.user, goal))
    indicator = get_object_or_404(goal.indicators, pk=indicator_pk)
    label = _("Varför mäter nyckeltalet inte längre målet?")
    form = ReasonForm(request.POST or None, label=label, hint=indicator.name)
    if form.performs(operations.stop_measuring_goal, goal=goal, indicator=indicator, by=request.user):
        return done(request, _("Nyckeltalet är bortkopplat. Det finns kvar."), goal)
    return form_page(request, form, heading=_("Koppla bort nyckeltalet"), **beside(goal))


@reads
def for_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """The goals that an indicator measures: a part of its page, or a page of its own without script."""
    indicator = one_or_404(request, indicators_visible_to, pk)
    context = {"row": indicator, "goals": queries.goals_beside(request.user, indicator)}
    template = "planning/goals/beside.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


def new_goal(request: HttpRequest, given: dict, **around_form) -> HttpResponse:
    """The form of a new goal, with what is already known filled in."""
    require(holds_anywhere(request.user, Permission.GOALS_EDIT))
    form = NewGoalForm(request.POST or None, person=request.user, initial=given)
    if form.performs(operations.set_goal, by=request.user):
        return done(request, _("Målet är satt."), form.result)
    return form_page(request, form, heading=_("Sätt ett mål"), submit=_("Sätt målet"), **around_form)


def goal_or_404(request: HttpRequest, pk: int) -> Goal:
    return one_or_404(request, queries.goals_visible_to, pk)


def around(request: HttpRequest) -> dict:
    """What tree and table share: the way between them with the filter kept, and whether to offer a new goal."""
    kept = request.GET.urlencode()
    tabs = [(_("Som träd"), reverse("goals:list")), (_("Som tabell"), reverse("goals:table"))]
    return {
        "may_set": holds_anywhere(request.user, Permission.GOALS_EDIT),
        "tabs": [
            {"label": label, "url": f"{url}?{kept}" if kept else url, "is_current": url == request.path}
            for label, url in tabs
        ],
    }


def beside(goal: Goal) -> dict:
    """Where a form about the goal stands: what it is called, the way back."""
    here = goal.get_absolute_url()
    return {
        "intro": goal.title,
        "cancel_url": here,
        "crumbs": [(_("Mål"), reverse("goals:list")), (goal.title, here)],
    }
