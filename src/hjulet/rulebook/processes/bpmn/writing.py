"""A process as a BPMN 2.0 file, with what an imported file said beyond our words put back where it stood."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from lxml import etree

from hjulet.rulebook.processes.bpmn.cleaning import cleaned
from hjulet.rulebook.processes.bpmn.names import (
    AFTER_STEPS,
    ARTIFACTS,
    HEAD,
    HOLD_STEPS,
    NAMESPACES,
    OURS,
    is_ours,
    local,
    of_model,
)
from hjulet.rulebook.processes.bpmn.shapes import add_shapes
from hjulet.rulebook.processes.diagram import NOTHING, WITHIN, Diagram, Kept, Link, Step, implied
from hjulet.rulebook.processes.elements import USUAL
from hjulet.rulebook.processes.states import StepKind

EXPORTER = "Kvalitetshjulet"
OWN = f"{{{OURS}}}"
BEFORE_LANES = frozenset({*HEAD, "supportedInterfaceRef", "ioSpecification", "ioBinding", "property"})
ROOTS_AFTER = ("relationship",)


def write(diagram: Diagram) -> bytes:
    """The bytes of the file; the same process gives the same bytes."""
    return etree.tostring(
        _Writing(cleaned(diagram)).definitions(), xml_declaration=True, encoding="UTF-8", pretty_print=True
    )


class _Writing:
    def __init__(self, diagram: Diagram):
        self.diagram = diagram
        self.implied = implied(diagram)
        self.links = (*diagram.links, *self.implied)
        self.used = {step.key for step in diagram.steps} | {link.key for link in self.links}
        self.process_ids = {pool: self.process_id(pool, at) for at, pool in enumerate(diagram.pools)}
        self.shapes: dict[str, str] = {}

    def process_id(self, pool: str, at: int) -> str:
        kept = dict(self.diagram.kept_at(f"process:{pool}").attributes).get("id")
        return self.fresh(kept or (f"{self.diagram.key}-pool-{at}" if pool else self.diagram.key))

    def fresh(self, wanted: str) -> str:
        """An id that nothing else in the file has."""
        key, number = wanted, 1
        while key in self.used:
            number += 1
            key = f"{wanted}-{number}"
        self.used.add(key)
        return key

    def definitions(self) -> Any:
        root = etree.Element(of_model("definitions"), nsmap=declared_in(self.diagram) | NAMESPACES)
        root.set("id", self.fresh(f"{self.diagram.key}-definitions"))
        root.set("exporter", EXPORTER)
        put_attributes(root, self.diagram.kept_at("definitions"))
        root.set("targetNamespace", root.get("targetNamespace", OURS))
        roots = elements_of(self.diagram.kept_at("definitions"))
        kept_ids = {one.get("id") for root_ in roots for one in root_.iter() if one.get("id")}
        self.used |= kept_ids
        root.extend([one for one in roots if local(one.tag) in {"import", "extension"}])
        root.extend([one for one in roots if local(one.tag) not in {"import", "extension", *ROOTS_AFTER}])
        root.append(self.collaboration())
        for pool in self.diagram.pools:
            root.append(self.process(pool))
        drop_dangling(root)
        add_shapes(root, self.diagram, self.shapes, self.fresh)
        root.extend([one for one in roots if local(one.tag) in ROOTS_AFTER])
        return root

    def collaboration(self) -> Any:
        element = etree.Element(of_model("collaboration"), id=self.fresh(f"{self.diagram.key}-collaboration"))
        kept = elements_of(self.diagram.kept_at("collaboration"))
        element.extend([one for one in kept if local(one.tag) in HEAD])
        for pool in self.diagram.pools:
            key = self.add_participant(element, f"participant:{pool}", pool or self.diagram.title)
            element[-1].set("processRef", self.process_ids[pool])
            self.shapes[f"pool:{pool}"] = key
        parties = {party: self.add_participant(element, f"party:{party}", party) for party in self.diagram.parties}
        self.shapes |= {f"party:{party}": key for party, key in parties.items()}
        element.extend([one for one in kept if local(one.tag) == "participant"])
        for link in self.links:
            if link.is_message:
                element.append(self.flow(link, "messageFlow"))
        for step in self.diagram.steps:
            self.add_messages(element, step, parties)
        element.extend([one for one in kept if local(one.tag) not in {*HEAD, "participant"}])
        return element

    def add_participant(self, parent: Any, place: str, name: str) -> str:
        kept = self.diagram.kept_at(place)
        key = self.fresh(dict(kept.attributes).get("id") or f"{self.diagram.key}-{place.partition(':')[0]}")
        element = etree.SubElement(parent, of_model("participant"), id=key, name=name)
        put_attributes(element, kept)
        element.extend(elements_of(kept))
        return key

    def add_messages(self, parent: Any, step: Step, parties: dict[str, str]) -> None:
        for party in step.parties:
            kept = self.diagram.kept_at(f"messages:{step.key}:{party}")
            for way, name in kept.attributes or (("out", ""),):
                ends = (step.key, parties[party]) if way == "out" else (parties[party], step.key)
                key = self.fresh(f"{step.key}-message")
                element = etree.SubElement(parent, of_model("messageFlow"), id=key)
                put_name(element, name)
                element.set("sourceRef", ends[0])
                element.set("targetRef", ends[1])
                self.shapes[f"message:{key}"] = f"{step.key} {party} {way}"

    def process(self, pool: str) -> Any:
        kept = self.diagram.kept_at(f"process:{pool}")
        element = etree.Element(of_model("process"), id=self.process_ids[pool])
        put_name(element, pool or self.diagram.title)
        element.set("isExecutable", "false")
        put_attributes(element, kept)
        if self.diagram.purpose and not pool:
            etree.SubElement(element, of_model("documentation")).text = self.diagram.purpose
        rest = elements_of(kept)
        steps = [step for step in self.diagram.steps if step.pool == pool and not step.inside]
        element.extend([one for one in rest if local(one.tag) in BEFORE_LANES])
        self.add_lanes(element, pool)
        self.add_steps(element, steps)
        middle = {*BEFORE_LANES, *ARTIFACTS, *AFTER_STEPS, "supports"}
        element.extend([one for one in rest if local(one.tag) not in middle])
        element.extend([one for one in rest if local(one.tag) in ARTIFACTS])
        element.extend([one for one in rest if local(one.tag) in {*AFTER_STEPS, "supports"}])
        return element

    def add_lanes(self, parent: Any, pool: str) -> None:
        own = [step for step in self.diagram.steps if step.pool == pool and step.lane and self.names_lane(step)]
        lanes = dict.fromkeys(step.lane for step in own)
        if not lanes:
            return
        root = etree.SubElement(parent, of_model("laneSet"), id=self.fresh(f"{self.process_ids[pool]}-lanes"))
        sets = {"": root}
        for name in lanes:
            lane, path = None, ""
            for part in name.split(WITHIN):
                path = f"{path}{WITHIN}{part}" if path else part
                lane = self.lane(sets, path, pool)
            at = 1 + max(
                (at for at, one in enumerate(lane) if local(one.tag) in {*HEAD, "partitionElement"}), default=-1
            )
            for key in reversed([step.key for step in own if step.lane == name]):
                reference = etree.Element(of_model("flowNodeRef"))
                reference.text = key
                lane.insert(at, reference)

    def names_lane(self, step: Step) -> bool:
        """Inside a sub-process only when it is another than that of the whole."""
        return not step.inside or self.diagram.by_key[step.inside].lane != step.lane

    def lane(self, sets: dict[str, Any], path: str, pool: str) -> Any:
        """The lane with this path, made at its first mention inside the set of the one around it."""
        outer, _within, name = path.rpartition(WITHIN)
        if f"lane {path}" in sets:
            return sets[f"lane {path}"]
        if outer not in sets:
            around = sets[f"lane {outer}"]
            key = self.fresh(f"{around.get('id')}-lanes")
            sets[outer] = etree.SubElement(around, of_model("childLaneSet"), id=key)
        kept = self.diagram.kept_at(f"lane:{pool}:{path}")
        key = self.fresh(dict(kept.attributes).get("id") or f"{self.process_ids[pool]}-lane")
        element = etree.SubElement(sets[outer], of_model("lane"), id=key, name=name)
        put_attributes(element, kept)
        element.extend(elements_of(kept))
        sets[f"lane {path}"] = element
        self.shapes[f"lane:{pool}:{path}"] = key
        return element

    def add_steps(self, parent: Any, steps: Iterable[Step]) -> None:
        keys = set()
        for step in steps:
            keys.add(step.key)
            parent.append(self.step(step))
        for link in self.links:
            if link.source in keys and not link.is_message:
                parent.append(self.flow(link, "sequenceFlow"))

    def step(self, step: Step) -> Any:
        element = etree.Element(of_model(element_of(step)), id=step.key)
        put_name(element, step.title)
        self.put_facts(element, step)
        if step.description:
            etree.SubElement(element, of_model("documentation")).text = step.description
        kept = elements_of(step.kept)
        element.extend([one for one in kept if local(one.tag) in HEAD])
        self.add_ends(element, step)
        inner = [one for one in self.diagram.steps if one.inside == step.key]
        in_the_middle = [one for one in kept if local(one.tag) not in {*HEAD, *ARTIFACTS}]
        flow_elements = [
            one for one in in_the_middle if local(one.tag).startswith("data") and local(element.tag) in HOLD_STEPS
        ]
        before = [one for one in in_the_middle if one not in flow_elements or local(one.tag).endswith("Association")]
        element.extend(before)
        self.add_steps(element, inner)
        element.extend([one for one in flow_elements if one not in before])
        element.extend([one for one in kept if local(one.tag) in ARTIFACTS])
        return element

    def put_facts(self, element: Any, step: Step) -> None:
        put_attributes(element, step.kept)
        if step.calls and local(element.tag) == "callActivity":
            element.set("calledElement", step.calls)
        if local(element.tag) == "boundaryEvent":
            element.set("attachedToRef", step.attached_to)
        default = next((link.key for link in self.links if link.source == step.key and link.is_default), None)
        if default:
            element.set("default", default)
        # Without an own word for it the order would be read as a way on.
        if step.kind != StepKind.END and not step.stops and not self.leads(step):
            element.set(f"{OWN}open", "true")

    def leads(self, step: Step) -> bool:
        return any(link.source == step.key and not link.is_message for link in self.links)

    def add_ends(self, element: Any, step: Step) -> None:
        for word, end in (("incoming", "target"), ("outgoing", "source")):
            for link in self.links:
                if getattr(link, end) == step.key and not link.is_message:
                    etree.SubElement(element, of_model(word)).text = link.key

    def flow(self, link: Link, name: str) -> Any:
        element = etree.Element(of_model(name), id=link.key)
        put_name(element, link.label)
        element.set("sourceRef", link.source)
        element.set("targetRef", link.target)
        put_attributes(element, link.kept)
        if link in self.implied:
            element.set(f"{OWN}order", "true")
        element.extend(elements_of(link.kept))
        return element


def element_of(step: Step) -> str:
    if step.element == "boundaryEvent" or step.attached_to:
        return "boundaryEvent" if step.attached_to else "intermediateCatchEvent"
    return step.element or ("callActivity" if step.calls else USUAL[step.kind])


def put_name(element: Any, name: str) -> None:
    if name:
        element.set("name", name)


def put_attributes(element: Any, kept: Kept) -> None:
    """Never over what we say ourselves."""
    for name, value in kept.attributes:
        if name not in element.attrib:
            element.set(name, value)


def declared_in(diagram: Diagram) -> dict[str, str]:
    """The prefixes of what is kept: some stand in names inside texts, which nobody translates."""
    held = [kept for _place, kept in diagram.kept]
    held += [one.kept for one in (*diagram.steps, *diagram.links)]
    nodes = (node for kept in held for one in elements_of(kept) for node in one.iter())
    return {prefix: uri for node in nodes for prefix, uri in node.nsmap.items() if prefix}


def elements_of(kept: Kept) -> list[Any]:
    return [etree.fromstring(text) for text in (kept or NOTHING).elements]


def drop_dangling(root: Any) -> None:
    """What was kept and points at something that is no longer there goes too."""
    ids = defaultdict(int)
    for element in root.iter():
        ids[element.get("id", "")] += 1
    for element in list(root.iter()):
        name = local(element.tag)
        if is_ours(element.tag) and name in {
            "association",
            "messageFlow",
            "dataInputAssociation",
            "dataOutputAssociation",
        }:
            ends = [element.get("sourceRef"), element.get("targetRef")]
            ends += [one.text for one in element if local(one.tag) in {"sourceRef", "targetRef"}]
            if any(end and end.rpartition(":")[2].strip() not in ids for end in ends):
                element.getparent().remove(element)
