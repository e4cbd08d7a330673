"""A year in which everything has happened, somebody who may do everything in it, and every page that this one meets."""

from collections import Counter, deque
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import resolve

from hjulet.actions.operations import note_progress
from hjulet.actions.states import ActionState
from hjulet.collaboration.attachments.operations import attach
from hjulet.collaboration.comments.operations import comment_on
from hjulet.collaboration.saved_views.operations import save_view
from hjulet.library.operations import install_library
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person
from hjulet.organisation.roles.roles import ROLES
from hjulet.planning.goals.operations import set_goal
from hjulet.planning.models import GoalLevel
from hjulet.planning.quality_plan.states import PlanState
from hjulet.planning.risk_analyses.operations import conclude_analysis
from hjulet.planning.risks import operations as risks
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.states import FollowUpState
from tests import factories
from tests.actions.walks import action_at
from tests.collaboration.files import PDF, upload
from tests.demo.crawl import links_in, most, view_of
from tests.faults.rest_of_the_year import rest_of_the_year
from tests.monitoring.self_monitoring.walks import occurrence_at
from tests.planning import walks as planning
from tests.planning.quality_plan import walks as plans
from tests.reporting.walks import follow_up_at, write_everything, year_begun

ROWS = 12  # of a kind: as many as it has states


def everybody(*places: Any, everywhere: bool = True) -> Person:
    """One who holds every role there is, in the municipality too or only in these places."""
    person = factories.person("Alla Roller" if everywhere else "Grann Roller")
    for place in (factories.municipality(), *places) if everywhere else places:
        for role in ROLES:
            factories.assign(person, role, place)
    return person


def year_of_everything() -> Person:
    """Rows of every kind in every state that a form opens from; returns the one who may do everything."""
    year = year_begun()
    others = [factories.committee(name) for name in ("Äldrenämnden", "Familjenämnden")]
    person = everybody(year.committee, *others)
    follow_up_at(FollowUpState.PROPOSED, year)
    write_everything(follow_up_at(FollowUpState.DRAFT, year, Period.YEAR), year.developer)
    for state, place in zip((PlanState.DRAFT, PlanState.PROPOSED), others, strict=True):
        plans.plan_at(state, person, person, place)
    open_things(person, factories.unit(year.committee))
    for state in ActionState.values:
        action = action_at(state, year.developer, year.committee)
    for state in OccurrenceState.values:
        occurrence_at(state, year.developer, year.committee)
    attach(action, by=person, upload=upload("a.pdf", PDF), description="Underlag")
    comment_on(action, by=person, text="Så här gick det.")
    note_progress(action_at(ActionState.ONGOING, year.developer, year.committee), by=person, text="Halvvägs.")
    save_view(by=person, address="/atgarder/?state=ongoing", name="Pågående")
    Authenticator.objects.create(user=year.secretary, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    rest_of_the_year(person, year.committee)
    install_library("socialtjanst", by=Person.objects.machine())
    return person


def open_things(person: Person, place: Any) -> None:
    """What a year that has been decided has no more: goals and matrix being set, risks lived with, a closed analysis."""
    level = GoalLevel.objects.order_by("order").last()
    set_goal(by=person, unit=place, level=level, title="Få möten", first_year=2026, last_year=2026)
    planning.drafted_matrix(person)
    ongoing = planning.analysis(person, place)
    for _risk in range(2):
        green = planning.risk(person, ongoing, 1, 1)
    risks.accept_risk(green, by=person, reason="Den är liten.", until=date(2026, 12, 31))
    concluded = planning.analysis(person, factories.unit(place.parent, "Hemtjänst Söder"))
    planning.risk(person, concluded, 1, 1)
    conclude_analysis(concluded, by=person)


@dataclass(frozen=True)
class Opened:
    """An answer that the person got; `content` also of a file."""

    url: str
    view: str
    response: Any
    content: bytes

    @property
    def kind(self) -> str:
        return self.response.headers.get("Content-Type", "").partition(";")[0]

    @property
    def reads_its_address(self) -> bool:
        """Whether anything has asked what stands after the question mark."""
        return "GET" in self.response.wsgi_request.__dict__

    @property
    def form(self) -> Any:
        """The form of a page that writes; None where there is none."""
        context = self.response.context
        return (
            context.get("form") if context and resolve(urlsplit(self.url).path).func.access_mode == "writes" else None
        )


def open_everything(person: Person, *, also: tuple[str, ...] = (), rows: int = ROWS) -> list[Opened]:
    """Follow every link from the start page: some rows of each kind, every form, every file and export."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    waiting, seen, count = deque(["/", *also]), {"/", *also}, Counter()
    opened = []
    while waiting:
        url = waiting.popleft()
        view, kind = view_of(url)
        if view is None or count[kind] >= most(view, url, rows):
            continue
        count[kind] += 1
        response = client.get(url)
        opened.append(Opened(url, view, response, b"".join(response)))
        new = [link for link in links_in(response) if link not in seen]
        seen.update(new)
        waiting.extend(new)
    return opened
