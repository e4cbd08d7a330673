"""What a reorganisation would do: the page shows it before, and the day does it. No rule and no write stands here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations.following import Following, RowCount, following_of, followings
from hjulet.organisation.reorganisations.models import Kind, Part, Placement, Reorganisation, Side
from hjulet.organisation.reorganisations.states import ReorganisationState
from hjulet.organisation.units.models import Unit

DAY = timedelta(days=1)
# The kinds after which what is open has another unit than before.
DISSOLVING = (Kind.MERGE, Kind.SPLIT, Kind.CLOSE)


@dataclass(frozen=True)
class Destination:
    """Where rows go: to a part, or to what succeeds the unit `succeeding` in another nämnd. `unit` once it is there."""

    key: str
    name: str
    unit: Unit | None = None
    part: Any = None
    succeeding: Any = None


@dataclass(frozen=True)
class Course:
    """One open row and where it goes; without a destination it ends with its unit, or stands in the way."""

    following: Following
    row_id: int
    unit_id: int
    words: str
    is_seen: bool
    to: Destination | None


@dataclass
class Plan:
    """A reorganisation with its parts, and what would follow if it were carried out now.

    The page shows these courses and the day follows them: what is seen before is what is done.
    """

    reorganisation: Reorganisation
    parts: list[Part]
    viewer: Person | None = None
    sources: list[Unit] = field(init=False)

    def __post_init__(self):
        self.sources = [part.unit for part in self.parts if part.side == Side.FROM]

    @property
    def kind(self) -> str:
        return self.reorganisation.kind

    @property
    def targets(self) -> list[Part]:
        return [part for part in self.parts if part.side == Side.TO]

    @property
    def parent(self) -> Any:
        """Where a unit is moved; None for the other kinds."""
        return self.reorganisation.parent

    @property
    def receivers(self) -> list[Unit]:
        """The units that are there already and take over what is open."""
        return [part.unit for part in self.targets if part.unit]

    @property
    def involved(self) -> list[Unit]:
        """Every unit that is there already and has a part in it."""
        units = [part.unit for part in self.parts if part.unit] + [self.parent]
        return list({unit.pk: unit for unit in units if unit}.values())

    @property
    def crosses(self) -> bool:
        """Whether a unit goes over to another nämnd: then another one succeeds it there, and its papers stay."""
        return self.kind == Kind.MOVE and self.parent.committee_id != self.sources[0].committee_id

    @property
    def dissolves(self) -> bool:
        """Whether the units it begins with end."""
        return self.kind in DISSOLVING or self.crosses

    @property
    def leaving(self) -> QuerySet[Unit]:
        """The units that end: those it begins with, and all that lie under one that goes to another nämnd."""
        if not self.dissolves:
            return Unit.objects.none()
        if self.crosses:
            return Unit.objects.below(self.sources[0]).filter(valid_to=None)
        # Not a list of keys: the parts themselves say which.
        parts = Part.objects.filter(reorganisation=self.reorganisation, side=Side.FROM)
        return Unit.objects.filter(pk__in=parts.order_by().values("unit"))

    @cached_property
    def successors(self) -> dict[int, Destination]:
        """For each unit that goes to another nämnd, what succeeds it there."""
        if not self.crosses:
            return {}
        committee = self.parent.committee or self.parent
        return {
            unit.pk: Destination(
                f"unit-{unit.pk}",
                _("%(unit)s i %(committee)s") % {"unit": unit.name, "committee": committee.name},
                succeeding=unit,
            )
            for unit in self.leaving.order_by("path")
        }

    @cached_property
    def destinations(self) -> list[Destination]:
        return [Destination(f"part-{part.pk}", str(part), part.unit, part) for part in self.targets]

    @cached_property
    def everywhere(self) -> Destination | None:
        """All the destinations as one."""
        if len(self.destinations) < 2:
            return self.destinations[0] if self.destinations else None
        return Destination("everywhere", ", ".join(to.name for to in self.destinations))

    @cached_property
    def placed(self) -> dict[tuple[str, int], int]:
        """Which part has been chosen for a row, by kind and key."""
        if self.kind != Kind.SPLIT:
            return {}
        chosen = Placement.objects.filter(reorganisation=self.reorganisation)
        return {(key, row): part for key, row, part in chosen.values_list("key", "row_id", "part")}

    @cached_property
    def courses(self) -> list[Course]:
        """Every open row of the units that end, in one statement however many kinds there are."""
        if not self.dissolves:
            return []
        kinds = [open_rows(following, self) for following in followings()]
        rows = kinds[0].union(*kinds[1:], all=True)
        found = []
        for key, row_id, unit_id, words, is_seen in rows:
            following = following_of(key)
            to = self.destination_of(following, row_id, unit_id)
            found.append(Course(following, row_id, unit_id, following.say(words), bool(is_seen), to))
        order = [following.key for following in followings()]
        return sorted(found, key=lambda course: (order.index(course.following.key), course.row_id))

    def destination_of(self, following: Following, row_id: int, unit_id: int) -> Destination | None:
        if self.crosses and following.crosses:
            return self.successors[unit_id]
        if following.everywhere:
            return self.everywhere
        chosen = self.placed.get((following.key, row_id))
        there = [to for to in self.destinations if to.part.pk == chosen] or self.destinations
        return there[0] if there else None

    @property
    def stranded(self) -> list[Course]:
        """What is open and has nowhere to go."""
        return [course for course in self.courses if course.to is None and not course.following.ends]

    @cached_property
    def kept(self) -> dict[str, int]:
        """How many finished rows of each kind stay with the units that end. One statement."""
        keeping = [following for following in followings() if following.kept_in and self.dissolves]
        day = self.reorganisation.effective_date
        counts = {
            following.key: RowCount(following.kept_in(self.leaving, day).order_by().values("pk"))
            for following in keeping
        }
        if not counts:
            return {}
        return Reorganisation.objects.filter(pk=self.reorganisation.pk).values(**counts).get()


def open_rows(following: Following, plan: Plan) -> QuerySet:
    """The open rows of one kind as key, row, unit, words and whether the viewer may see them."""
    rows = following.open_in(plan.leaving, plan.reorganisation.effective_date).order_by()
    words = F(following.words) if isinstance(following.words, str) else following.words
    seen = Value(False, output_field=BooleanField())
    if plan.viewer is not None:
        seen = Exists(following.visible_to(plan.viewer).order_by().filter(pk=OuterRef("pk")))
    return rows.values_list(
        Value(following.key, output_field=CharField()),
        "pk",
        F(following.unit),
        Cast(words, TextField()),
        seen,
    )


def plan_of(reorganisation: Reorganisation, viewer: Person | None = None) -> Plan:
    parts = reorganisation.parts.select_related("unit__committee", "unit__parent")
    return Plan(reorganisation, list(parts), viewer)


def outcome_of(courses: Iterable[Course]) -> list[dict]:
    """What is kept of the day: which rows went where."""
    kept: dict[tuple[str, str], list[int]] = {}
    for course in courses:
        kept.setdefault((course.following.key, course.to.name if course.to else ""), []).append(course.row_id)
    return [{"key": key, "to": to, "rows": rows} for (key, to), rows in kept.items()]


def planned_beside(plan: Plan) -> QuerySet[Reorganisation]:
    """Other planned ones that begin with a unit of this one, or lead to one that this one begins with.

    Two may lead to the same unit, as when several are moved under it.
    """
    parts = Part.objects.filter(reorganisation=OuterRef("pk"))
    begins_here = parts.filter(side=Side.FROM, unit__in=[unit.pk for unit in plan.involved])
    sources = [unit.pk for unit in plan.sources]
    leads_here = Exists(parts.filter(unit__in=sources)) | Q(parent__in=sources)
    planned = Reorganisation.objects.filter(state=ReorganisationState.PLANNED).exclude(pk=plan.reorganisation.pk)
    return planned.filter(Exists(begins_here) | leads_here).select_related("unit").order_by("effective_date", "pk")
