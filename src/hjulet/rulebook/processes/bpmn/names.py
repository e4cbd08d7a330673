"""The words of BPMN 2.0 that we know, and which of our kinds they are."""

import re
from typing import Final

from hjulet.base.documents.model import clean

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS: Final = "http://www.omg.org/spec/DD/20100524/DC"
WAYPOINTS: Final = "http://www.omg.org/spec/DD/20100524/DI"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
OURS: Final = "urn:kvalitetshjulet:process"
NAMESPACES: Final = {"bpmn": MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": WAYPOINTS, "hjulet": OURS}

HOLD_STEPS: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ARTIFACTS: Final = frozenset({"association", "group", "textAnnotation"})
DATA: Final = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
SEEN_AS_KEPT: Final = ARTIFACTS | DATA
# Between the opening of an element and its flows, in the order of the schema.
HEAD: Final = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")
AFTER_STEPS: Final = ("resourceRole", "performer", "humanPerformer", "potentialOwner", "correlationSubscription")
NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
LONGEST_KEY: Final = 150
LONGEST_TITLE: Final = 300
LONGEST_TEXT: Final = 4000


def of_model(name: str) -> str:
    return f"{{{MODEL}}}{name}"


def local(tag: object) -> str:
    """The name without its namespace; empty for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_ours(tag: object, namespace: str = MODEL) -> bool:
    return isinstance(tag, str) and tag.startswith(f"{{{namespace}}}")


def is_name(key: str) -> bool:
    """Whether it may be the id of an element."""
    return bool(NAME.fullmatch(key)) and ":" not in key


def cut(text: str | None, most: int) -> str:
    """On one line when it is a name, and no longer than there is room for."""
    said = " ".join((text or "").split()) if most <= LONGEST_TITLE else clean(text or "").strip()
    return said if len(said) <= most else said[: most - 1] + "…"
