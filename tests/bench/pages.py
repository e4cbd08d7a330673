"""The pages that are measured, each as the person who uses it most."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode

from hjulet.actions.models import Action
from hjulet.actions.operations import note_progress
from hjulet.monitoring.models import Control, Occurrence
from hjulet.organisation.models import Person
from hjulet.planning.models import Risk, RiskAnalysis
from hjulet.rulebook.models import DocumentVersion, GoverningDocument
from tests.bench.place import Place

MOST_IN_A_FILE = 20_000
OTHERS = 19


@dataclass(frozen=True)
class Page:
    """A file is made five times and not thirty. With `others` each visit is another person's: nobody has asked before.

    What is done `before` each visit is not timed.
    """

    name: str
    person: Person
    url: str
    is_file: bool = False
    others: Sequence[Person] = ()
    before: Callable[[], object] = bool


def pages(place: Place) -> list[Page]:
    kinds = (overviews, risks, actions, self_monitoring, plans, rulebook)
    return [page for kind in kinds for page in kind(place)]


def overviews(place: Place) -> Iterator[Page]:
    developer, manager = place.developer, place.manager
    where = {"namnd": place.committee.pk, "ar": place.years[-1]}
    analysis = RiskAnalysis.objects.get(unit=place.units[0], year=place.years[-1])
    yield Page("start page", developer, address("wheel:start", **where))
    yield Page("start page, one nämnd", place.local, address("wheel:start", **where))
    action = Action.objects.filter(unit=place.units[0], state="ongoing").earliest("pk")
    save = partial(note_progress, action, by=manager, text="Nu är larmet bytt.")
    yield Page("start page, just saved", developer, address("wheel:start", **where), before=save)
    yield Page("start page, unit manager", manager, address("wheel:start", **where))
    yield Page("start page, each time another", manager, address("wheel:start"), others=place.people[:OTHERS])
    yield Page("my work, unit manager", manager, address("my_work:list"))
    yield Page("risk matrix", developer, address("risk_analyses:matrix", analysis=analysis.pk))
    yield Page("gaps", developer, address("gaps:list"))
    yield Page("gaps, one nämnd", place.local, address("gaps:list"))
    yield Page("units", developer, address("units:tree"))
    yield Page("people", developer, address("people:list"))
    yield Page("audit log", developer, address("audit:list"))
    yield Page("search, one row", developer, address("search:index", q=place.manager.name))
    yield Page("search, a word in every row", developer, address("search:index", q="överlämning"))


def risks(place: Place) -> Iterator[Page]:
    developer, unit = place.developer, place.units[0]
    risk = Risk.objects.filter(analysis__unit=unit, band__tone="red").latest("pk")
    yield from list_pages("risks", "risks:list", place, band="red", lacking="action", unit=unit.pk)
    yield Page("risk, plan an action", developer, address("risks:plan_action", risk.pk))
    yield Page("risk", developer, risk.get_absolute_url())
    yield Page("risk analyses", developer, address("risk_analyses:list"))
    yield Page("risk analysis", developer, risk.analysis.get_absolute_url())
    yield Page("risks of an action", developer, address("risks:for_action", risk.actions.get().pk))


def actions(place: Place) -> Iterator[Page]:
    action = Action.objects.filter(unit=place.units[0], state="closed").latest("pk")
    filters = {"overdue": "on", "mine": "on", "unit": place.units[0].pk}
    yield from list_pages("actions", "actions:list", place, **filters)
    yield Page("action, form", place.developer, address("actions:plan"))
    yield Page("action", place.developer, action.get_absolute_url())
    yield Page("action, unit manager", place.manager, action.get_absolute_url())
    others = place.people[:OTHERS]
    yield Page("actions, each time another", place.manager, address("actions:list"), others=others)


def self_monitoring(place: Place) -> Iterator[Page]:
    control = Control.objects.filter(unit=place.units[0]).latest("pk")
    occurrence = Occurrence.objects.filter(control=control).first()
    unit = place.units[0].pk
    yield from list_pages("occurrences", "self_monitoring:occurrences", place, overdue="on", mine="on", unit=unit)
    yield Page("occurrence", place.manager, occurrence.get_absolute_url())
    yield Page("controls", place.developer, address("self_monitoring:list"))
    yield Page("control", place.manager, control.get_absolute_url())


def plans(place: Place) -> Iterator[Page]:
    yield Page("plans", place.developer, address("quality_plan:list"))
    for count, plan in place.plans.items():
        yield Page(f"plan, {count} actions", place.developer, plan.get_absolute_url())
        for name, format in (("Word", "docx"), ("PDF", "pdf"), ("Excel", "xlsx")):
            url = address("quality_plan:file", plan.pk, format)
            yield Page(f"plan, {count} actions, {name}", place.developer, url, is_file=True)


def rulebook(place: Place) -> Iterator[Page]:
    """As an employee sees it, and as the manager and the quality developer do."""
    document = GoverningDocument.objects.filter(unit=place.units[1]).order_by("pk").first()
    there = Person.objects.filter(name__startswith="Person ", role_assignments__unit=document.unit).order_by("-pk")
    assistant = there[0]
    old = DocumentVersion.objects.get(document=document, number=3)
    yield Page("find, an everyday question", assistant, address("search:find", q="jag har tappat nyckeln"))
    yield Page("find, one word", assistant, address("search:find", q="läkemedel"))
    yield Page("find, everywhere", place.developer, address("search:find", q="hur tar jag emot ett klagomål", alla=1))
    yield Page("find, misspelt", assistant, address("search:find", q="medecin"))
    yield Page("document", assistant, document.get_absolute_url())
    yield Page("document, each time another", assistant, document.get_absolute_url(), others=there[1 : OTHERS + 1])
    yield Page("document, unit manager", place.manager, document.get_absolute_url())
    yield Page("document, an old version", assistant, old.get_absolute_url())
    yield Page("documents", place.developer, address("documents:list"))
    yield Page("documents, employee", assistant, address("documents:list"))


def list_pages(name: str, view: str, place: Place, **filters) -> Iterator[Page]:
    """The ends of the list, each filter by itself, searches, and as Excel at most what one nämnd has in a year."""
    developer, manager = place.developer, place.manager
    everything = place.rows <= MOST_IN_A_FILE
    part = {} if everything else {"unit": place.committee.pk, "year": place.years[-1]}
    yield Page(f"{name}, first page", developer, address(view))
    yield Page(f"{name}, first page, one nämnd", place.local, address(view))
    yield Page(f"{name}, first page, auditor", place.auditor, address(view))
    yield Page(f"{name}, first page, unit manager", manager, address(view))
    yield Page(f"{name}, last page", developer, address(view, page="last"))
    yield Page(f"{name}, searched", developer, address(view, q="i två steg" if view == "actions:list" else "ärende"))
    yield Page(f"{name}, searched in vain", developer, address(view, q="rullstolsramp"))
    for key, value in filters.items():
        yield Page(f"{name}, {key}", manager if key == "mine" else developer, address(view, **{key: value}))
    yield Page(f"{name}, Excel", developer, address(view, format="xlsx", **part), is_file=True)


def address(view: str, *args, **query) -> str:
    return reverse(view, args=args) + (f"?{urlencode(query)}" if query else "")
