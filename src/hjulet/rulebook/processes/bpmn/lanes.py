"""Who does what in a file: the lane of each step, and the lanes around it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from hjulet.rulebook.processes.bpmn.findings import Findings
from hjulet.rulebook.processes.bpmn.keeping import Places, kept_of
from hjulet.rulebook.processes.bpmn.names import cut, local
from hjulet.rulebook.processes.diagram import WITHIN

LONGEST_NAME = 100
WORDS = frozenset({"flowNodeRef", "childLaneSet"})


@dataclass
class Lanes:
    pool: str
    named: Callable[[str | None], str]
    findings: Findings
    places: Places
    found: dict[str, str] = field(default_factory=dict)

    def of(self, process: Any) -> dict[str, str]:
        """The innermost lane of each step, with the names of those around it."""
        for lane_set in process:
            if local(lane_set.tag) == "laneSet":
                self.walk(lane_set, "")
        return self.found

    def walk(self, lane_set: Any, around: str) -> None:
        for lane in lane_set:
            if local(lane.tag) == "lane":
                name = cut((lane.get("name") or _("Bana utan namn")).replace(WITHIN, " "), LONGEST_NAME)
                self.take(lane, f"{around}{WITHIN}{name}" if around else name)

    def take(self, lane: Any, path: str) -> None:
        self.places.put(f"lane:{self.pool}:{path}", kept_of(lane, WORDS, {"name", "id"}))
        self.findings.in_element(lane, WORDS)
        if not any(local(one.tag) in WORDS for one in lane):
            self.findings.lost(lane, _("Bana utan steg: %(name)s") % {"name": path})
        for one in lane:
            if local(one.tag) == "flowNodeRef":
                self.found[self.named(one.text)] = path
        for one in lane:
            if local(one.tag) == "childLaneSet":
                self.walk(one, path)
