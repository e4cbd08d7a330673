"""A BPMN 2.0 file as a process: what we have words for, and what is only kept, told element by element."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from hjulet.rulebook.processes.bpmn.findings import Finding, Findings
from hjulet.rulebook.processes.bpmn.keeping import Places, kept_of, own_attribute
from hjulet.rulebook.processes.bpmn.lanes import Lanes
from hjulet.rulebook.processes.bpmn.messages import Messages
from hjulet.rulebook.processes.bpmn.names import (
    HOLD_STEPS,
    LONGEST_KEY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    OURS,
    cut,
    is_name,
    is_ours,
    local,
)
from hjulet.rulebook.processes.bpmn.parsing import Unreadable, parsed
from hjulet.rulebook.processes.bpmn.writing import EXPORTER
from hjulet.rulebook.processes.diagram import Diagram, Kept, Link, Step, implied, in_order
from hjulet.rulebook.processes.elements import KINDS, USUAL
from hjulet.rulebook.processes.layout import columns_of
from hjulet.rulebook.processes.states import StepKind

MOST_STEPS = 300
FLOW_WORDS = frozenset({"incoming", "outgoing", "documentation", "laneSet", "sequenceFlow", *KINDS})


@dataclass(frozen=True)
class Reading:
    """What a file says as a process of ours, and what in it we have no word for."""

    diagram: Diagram
    findings: tuple[Finding, ...]


def read(content: bytes) -> Reading:
    """Raises `Unreadable` with a sentence for a file that cannot or must not be read in."""
    return _Reading(parsed(content)).result()


@dataclass
class _Reading:
    root: Any
    findings: Findings = field(default_factory=Findings)
    places: Places = field(default_factory=Places)
    steps: list[Step] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    ordered: set[str] = field(default_factory=set)
    open_ended: set[str] = field(default_factory=set)

    def result(self) -> Reading:
        self.leave_out()
        processes = [one for one in self.root if local(one.tag) == "process"]
        drawn = [one for one in processes if any(local(node.tag) in KINDS for node in one)]
        if not drawn:
            raise Unreadable(_("Filen har ingen process med steg i. Rita minst ett steg och exportera igen."))
        self.name_everything(drawn)
        pools = self.pools_of(drawn)
        for process in drawn:
            self.read_process(process, pools[process])
        if len(self.steps) > MOST_STEPS:
            raise Unreadable(_("Processen har fler än %(most)s steg. Dela upp den i flera.") % {"most": MOST_STEPS})
        title = self.title_of(drawn[0]) or _("Process utan namn")
        self.read_collaborations(drawn, pools)
        self.keep_roots()
        return Reading(self.diagram(drawn[0], title, pools), self.findings.all())

    def leave_out(self) -> None:
        """Where things lay in the picture, which is drawn anew, and what the schema has no room for at the top."""
        for one in list(self.root):
            if local(one.tag) == "BPMNDiagram":
                self.root.remove(one)
            elif not is_ours(one.tag) or local(one.tag) in {"documentation", "extensionElements"}:
                self.findings.lost(one, _("Står utanför processen"))
                self.root.remove(one)

    def name_everything(self, processes: list[Any]) -> None:
        """Every step and flow by an id that no other has; one without, or with a bad one, is given it."""
        for process in processes:
            for element in process.iter():
                if is_ours(element.tag) and local(element.tag) in {*KINDS, "sequenceFlow"}:
                    key = element.get("id", "")
                    good = is_name(key) and len(key) <= LONGEST_KEY and key not in self.taken
                    name = key if good else self.fresh(local(element.tag))
                    self.taken.add(name)
                    self.names.setdefault(key, name)
                    element.set("id", name)

    def fresh(self, wanted: str) -> str:
        return next(key for key in (f"{wanted}-{n}" for n in range(1, 1_000_000)) if key not in self.taken)

    def named(self, key: str | None) -> str:
        """The id that a reference leads to; a prefix says which file, and there is only this."""
        bare = (key or "").strip().rpartition(":")[2]
        return self.names.get(key or "", self.names.get(bare, bare))

    def pools_of(self, processes: list[Any]) -> dict[Any, str]:
        """The name of each pool; that of the first is empty: it is the process itself."""
        given: dict[Any, str] = {processes[0]: ""}
        for process in processes[1:]:
            name = self.title_of(process) or _("Annan process")
            number = 1
            while (name if number == 1 else f"{name} {number}") in given.values():
                number += 1
            given[process] = name if number == 1 else f"{name} {number}"
        return given

    def participants(self) -> Iterator[Any]:
        for one in self.root:
            if is_ours(one.tag) and local(one.tag) == "collaboration":
                yield from (child for child in one if local(child.tag) == "participant")

    def title_of(self, process: Any) -> str:
        for one in self.participants():
            if (one.get("processRef") or "").rpartition(":")[2] == process.get("id") and one.get("name"):
                return cut(one.get("name"), LONGEST_TITLE)
        return cut(process.get("name", ""), LONGEST_TITLE)

    def read_process(self, process: Any, pool: str) -> None:
        lanes = Lanes(pool, self.named, self.findings, self.places).of(process)
        self.read_steps(process, pool, lanes)
        words = FLOW_WORDS - {"documentation"} if pool else FLOW_WORDS
        self.places.put(f"process:{pool}", kept_of(process, words, {"name", "isExecutable", "id"}))
        self.findings.in_element(process, words)

    def read_steps(self, parent: Any, pool: str, lanes: dict[str, str], inside: str = "", around: str = "") -> None:
        """What is inside a sub-process lies in its lane unless another one names it."""
        for element in parent:
            name = local(element.tag)
            if not is_ours(element.tag):
                continue
            if name in KINDS:
                lane = lanes.get(element.get("id"), around)
                self.steps.append(self.step(element, pool, lane, inside))
                if name in HOLD_STEPS:
                    self.read_steps(element, pool, lanes, element.get("id"), lane)
            elif name == "sequenceFlow":
                self.links.append(self.link(element))

    def step(self, element: Any, pool: str, lane: str, inside: str) -> Step:
        name, kind, key = local(element.tag), KINDS[local(element.tag)], element.get("id")
        calls = element.get("calledElement", "") if name == "callActivity" else ""
        ours = {"name", "id", "default", "calledElement", "attachedToRef"}
        self.findings.in_element(element, FLOW_WORDS, self.title(element))
        if own_attribute(element, "open"):
            self.open_ended.add(key)
        usual = USUAL[kind] == name or (name == "callActivity" and calls) or name == "boundaryEvent"
        return Step(
            key=key,
            kind=kind.value,
            title=cut(element.get("name", ""), LONGEST_TITLE),
            lane=lane,
            pool=pool,
            inside=inside,
            attached_to=self.named(element.get("attachedToRef")) if name == "boundaryEvent" else "",
            element="" if usual else name,
            description=documentation_of(element),
            calls=calls,
            kept=kept_of(element, FLOW_WORDS, ours),
        )

    def title(self, element: Any) -> str:
        return cut(element.get("name") or element.get("id", ""), 80)

    def link(self, element: Any) -> Link:
        source = self.named(element.get("sourceRef"))
        if own_attribute(element, "order"):
            self.ordered.add(element.get("id"))
        self.findings.in_element(element, {"documentation"}, self.title(element))
        return Link(
            key=element.get("id"),
            source=source,
            target=self.named(element.get("targetRef")),
            label=cut(element.get("name", ""), LONGEST_TITLE),
            kept=kept_of(element, (), {"name", "id", "sourceRef", "targetRef"}),
        )

    def read_collaborations(self, drawn: list[Any], pools: dict[Any, str]) -> None:
        by_process = {process.get("id"): pools[process] for process in drawn}
        outside = {}
        for one in self.participants():
            process = (one.get("processRef") or "").rpartition(":")[2]
            kept = kept_of(one, (), {"name", "processRef", "id"})
            if process in by_process:
                place = f"participant:{by_process[process]}"
                outside[one.get("id")] = None
            else:
                name = cut(one.get("name") or _("Utomstående"), 100)
                place, outside[one.get("id")] = f"party:{name}", name
            self.places.put(place, kept)
            self.findings.in_element(one, ())
        for one in self.root:
            if is_ours(one.tag) and local(one.tag) == "collaboration":
                self.read_messages(one, outside)

    def read_messages(self, collaboration: Any, outside: dict[str, str | None]) -> None:
        messages = Messages(self.findings, self.named, self.fresh, {step.key for step in self.steps})
        messages.read(collaboration, outside)
        self.links += messages.links
        for at, step in enumerate(self.steps):
            if step.key in messages.parties:
                self.steps[at] = replace(step, parties=tuple(messages.parties[step.key]))
        for place, kept in messages.kept():
            self.places.put(place, kept)
        messages.leave_rest(collaboration, outside)
        self.places.put("collaboration", Kept(elements=kept_of(collaboration, (), ()).elements))
        self.findings.in_element(collaboration, {"participant"})

    def keep_roots(self) -> None:
        words = {"process", "collaboration"}
        kept = kept_of(self.root, words, {"id", "name", "exporter", "exporterVersion"})
        attributes = tuple(pair for pair in kept.attributes if pair != ("targetNamespace", OURS))
        self.places.put("definitions", Kept(attributes, kept.elements))
        self.findings.in_element(self.root, words, attributes=False)

    def diagram(self, own: Any, title: str, pools: dict[Any, str]) -> Diagram:
        is_our_own = self.root.get("exporter") == EXPORTER
        self.connect()
        key = own.get("id", "") if is_name(own.get("id", "")) else "process"
        made = Diagram(key, title, documentation_of(own), tuple(self.steps))
        made = in_order(replace(made, links=tuple(self.links)))
        if not is_our_own:
            columns = columns_of(made)
            flat = sorted(made.steps, key=lambda step: columns.get(step.key, 0))
            made = in_order(replace(made, steps=tuple(flat)))
        shown = {(link.source, link.target) for link in implied(self.without_order(made))}
        links = tuple(
            link for link in made.links if link.key not in self.ordered or (link.source, link.target) not in shown
        )
        self.places.put_ids(pools, key)
        return replace(made, links=links, kept=self.places.all())

    def without_order(self, made: Diagram) -> Diagram:
        return replace(made, links=tuple(link for link in made.links if link.key not in self.ordered))

    def connect(self) -> None:
        """Flows between steps that are there, which of them is the usual, and where nothing follows."""
        steps = {step.key: step for step in self.steps}
        hosts = {key for key, step in steps.items() if not step.attached_to}
        for link in [link for link in self.links if not {link.source, link.target} <= steps.keys()]:
            self.findings.gone(link.key, _("Flöde som inte leder mellan två steg"))
            self.links.remove(link)
        defaults = {
            self.named(one.get("default")) for one in self.root.iter() if local(one.tag) in KINDS and one.get("default")
        }
        self.links = [replace(link, is_default=link.key in defaults) for link in self.links]
        leading = {link.source for link in self.links if not link.is_message}
        self.steps = [
            replace(
                step,
                stops=step.key not in leading and step.kind != StepKind.END and step.key not in self.open_ended,
                attached_to=step.attached_to if step.attached_to in hosts else "",
                element="intermediateCatchEvent"
                if step.attached_to and step.attached_to not in hosts
                else step.element,
            )
            for step in self.steps
        ]


def documentation_of(element: Any) -> str:
    texts = (
        "".join(one.itertext()).strip() for one in element if is_ours(one.tag) and local(one.tag) == "documentation"
    )
    return cut("\n".join(filter(None, texts)), LONGEST_TEXT)
