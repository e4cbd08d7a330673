"""What a file says that we have no word for, as it stood, ready to be put back."""

import re
from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from hjulet.rulebook.processes.bpmn.names import ARTIFACTS, INSTANCE, MODEL, NAMESPACES, OURS, is_ours, local, of_model
from hjulet.rulebook.processes.diagram import Kept

OWN: Final = f"{{{OURS}}}"
TYPE: Final = f"{{{INSTANCE}}}type"
PREFIX: Final = re.compile(r"([^\W\d][\w.\-]*):[^\W\d][\w.\-]*$")


def own_attribute(element: Any, name: str) -> bool:
    return element.get(f"{OWN}{name}") == "true"


def kept_of(element: Any, words: Collection[str], attributes: Collection[str]) -> Kept:
    """All but the elements and attributes named, which are taken up as our own."""
    names = {name: value for name, value in element.attrib.items() if name not in attributes and is_kept_name(name)}
    children = [one for one in element if isinstance(one.tag, str)]
    extensions = [one for one in children if one.tag == of_model("extensionElements")]
    strays = [one for one in children if not is_ours(one.tag)]
    kept = [one for one in children if is_ours(one.tag) and local(one.tag) not in {*words, "extensionElements"}]
    told = [as_text(one) for one in kept if local(one.tag) == "documentation"]
    rest = [as_text(one) for one in sorted(kept, key=is_artifact) if local(one.tag) != "documentation"]
    return Kept(tuple(sorted(names.items())), (*told, *merged_extensions(extensions, strays), *rest))


def is_artifact(element: Any) -> bool:
    """The schema has them last."""
    return local(element.tag) in ARTIFACTS


def is_kept_name(name: str) -> bool:
    """Where the schema of the file lies is no matter of the next file's."""
    return not name.startswith((OWN, f"{{{INSTANCE}}}", f"{{{MODEL}}}"))


def merged_extensions(extensions: list[Any], strays: list[Any]) -> tuple[str, ...]:
    """One element, with what tools have put where the schema has no room for it."""
    if not extensions and not strays:
        return ()
    first = extensions[0] if extensions else etree.Element(of_model("extensionElements"))
    for one in [*(child for more in extensions[1:] for child in more), *strays]:
        first.append(one)
    for child in [child for child in first if not isinstance(child.tag, str) or is_bare(child.tag)]:
        first.remove(child)
    return (as_text(first),) if len(first) else ()


def is_bare(tag: str) -> bool:
    """Of no namespace, or of the standard's own: the schema wants those of others here."""
    return not tag.startswith("{") or is_ours(tag)


def as_text(element: Any) -> str:
    """The same text for the same element, whatever prefixes the file has for what is the standard's own."""
    known = NAMESPACES.values()
    named = {prefix: uri for one in element.iter() for prefix, uri in one.nsmap.items() if prefix and uri not in known}
    around = etree.Element(of_model("definitions"), nsmap=named | NAMESPACES)
    for one in element.iter():
        put_type(one)
    mentioned = [prefix for one in element.iter() for prefix in prefixes_in(one)]
    declared = {prefix: element.nsmap[prefix] for prefix in mentioned if prefix in element.nsmap}
    moved = etree.SubElement(around, element.tag, dict(element.attrib), nsmap=declared)
    moved.text = element.text
    moved.extend(deepcopy(list(element)))
    try:
        return etree.tostring(
            moved, method="c14n", exclusive=True, inclusive_ns_prefixes=sorted(declared), with_tail=False
        ).decode()
    except etree.C14NError:  # a namespace that is no address: some tools write one
        return etree.tostring(moved, encoding="unicode", with_tail=False)


def put_type(element: Any) -> None:
    """The type of an expression, with the prefix that our own files have for the standard."""
    prefix, colon, name = element.get(TYPE, "").rpartition(":")
    if name and element.nsmap.get(prefix if colon else None) == MODEL:
        element.set(TYPE, f"bpmn:{name}")


def prefixes_in(element: Any) -> list[str]:
    """What looks like the prefix of a name in a value or a text."""
    said = [element.text or "", *element.attrib.values()]
    return [match[1] for text in said if (match := PREFIX.match(text.strip()))]


@dataclass
class Places:
    """What is kept of the parts of a file that are no step and no flow."""

    found: dict[str, Kept] = field(default_factory=dict)

    def put(self, place: str, kept: Kept) -> None:
        if kept:
            self.found[place] = kept

    def put_ids(self, pools: dict[Any, str], key: str) -> None:
        """Other parts may point at a process by its id."""
        for at, (process, pool) in enumerate(pools.items()):
            usual = f"{key}-pool-{at}" if pool else key
            if process.get("id") and process.get("id") != usual:
                kept = self.found.get(f"process:{pool}", Kept())
                self.found[f"process:{pool}"] = Kept((("id", process.get("id")), *kept.attributes), kept.elements)

    def all(self) -> tuple[tuple[str, Kept], ...]:
        return tuple(sorted(self.found.items(), key=lambda item: item[0]))
