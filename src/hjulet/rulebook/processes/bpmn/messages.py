"""Messages between steps, and between a step and somebody outside, who then takes part in it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from hjulet.rulebook.processes.bpmn.findings import Findings
from hjulet.rulebook.processes.bpmn.keeping import kept_of
from hjulet.rulebook.processes.bpmn.names import LONGEST_TITLE, cut, is_name, local
from hjulet.rulebook.processes.diagram import Kept, Link

Outside = dict[str, str | None]
USUAL = [("out", "")]


@dataclass
class Messages:
    """`parties` says of a step who takes part, with the messages as (way, words)."""

    findings: Findings
    named: Callable[[str | None], str]
    fresh: Callable[[str], str]
    steps: set[str]
    links: list[Link] = field(default_factory=list)
    parties: dict[str, dict[str, list[tuple[str, str]]]] = field(default_factory=lambda: defaultdict(dict))

    def read(self, collaboration: Any, outside: Outside) -> None:
        """`outside` names the pools that hold no process, by their ids."""
        for one in collaboration:
            if local(one.tag) == "messageFlow":
                self.take(one, outside)

    def take(self, message: Any, outside: Outside) -> None:
        source, target = self.named(message.get("sourceRef")), self.named(message.get("targetRef"))
        label = cut(message.get("name", ""), LONGEST_TITLE)
        if source in self.steps and target in self.steps:
            key = message.get("id") if is_name(message.get("id", "")) else self.fresh("message")
            kept = kept_of(message, (), {"name", "id", "sourceRef", "targetRef"})
            self.links.append(Link(key, source, target, label, is_message=True, kept=kept))
        elif source in self.steps and (name := outside.get(target)):
            self.parties[source].setdefault(name, []).append(("out", label))
        elif target in self.steps and (name := outside.get(source)):
            self.parties[target].setdefault(name, []).append(("in", label))
        else:
            self.findings.lost(message, _("Meddelande mellan sådant som inte är steg"))

    def kept(self) -> Iterator[tuple[str, Kept]]:
        """Where it is more than one message without words from us."""
        for step, names in self.parties.items():
            for name, messages in names.items():
                if messages != USUAL:
                    yield f"messages:{step}:{name}", Kept(tuple(messages))

    def leave_rest(self, collaboration: Any, outside: Outside) -> None:
        """Leave in the element what has not been taken up: pools that nobody sends anything to, and notes."""
        taken = {name for names in self.parties.values() for name in names}
        for one in list(collaboration):
            is_unused = outside.get(one.get("id", "")) not in {None, *taken}
            if local(one.tag) == "messageFlow" or (local(one.tag) == "participant" and not is_unused):
                collaboration.remove(one)
            elif is_unused:
                one.attrib.pop("processRef", None)
