"""What in a file we have no word for: which element, where, and whether it is kept."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from hjulet.rulebook.processes.bpmn.names import MODEL, OURS, is_ours, local

LAID_OUT_ANEW = frozenset({"BPMNDiagram", "documentation"})


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` is what it hangs on. What is not `is_kept` is gone when the process is exported again."""

    line: int
    element: str
    about: str
    is_kept: bool = True


@dataclass
class Findings:
    found: list[Finding] = field(default_factory=list)

    def in_element(
        self, element: Any, words: Collection[str], about: str | None = None, *, attributes: bool = True
    ) -> None:
        """Children and attributes beyond those we have words for."""
        said = about if about is not None else element.get("name") or element.get("id", "")
        for one in element:
            if isinstance(one.tag, str) and local(one.tag) == "extensionElements":
                self.found += [Finding(part.sourceline or 0, written(part), said) for part in one if is_tag(part)]
            elif is_tag(one) and not (is_ours(one.tag) and local(one.tag) in {*words, *LAID_OUT_ANEW}):
                name = one.get("name") or one.get("id", "")
                self.found.append(Finding(one.sourceline or 0, written(one), name or said))
        if attributes:
            foreign = [name for name in element.attrib if name.startswith("{") and not name.startswith(f"{{{OURS}}}")]
            names = ", ".join(f"@{local(name)}" for name in foreign)
            if names:
                self.found.append(Finding(element.sourceline or 0, names, said))

    def lost(self, element: Any, why: str) -> None:
        self.found.append(Finding(element.sourceline or 0, written(element), why, is_kept=False))

    def gone(self, key: str, why: str) -> None:
        self.found.append(Finding(0, _("Flödet %(key)s") % {"key": key}, why, is_kept=False))

    def all(self) -> tuple[Finding, ...]:
        """In the order of the file, those first that are not kept."""
        return tuple(sorted(self.found, key=lambda one: (one.is_kept, one.line)))


def is_tag(element: Any) -> bool:
    return isinstance(element.tag, str) and not (
        local(element.tag) in LAID_OUT_ANEW and etree.QName(element).namespace != MODEL
    )


def written(element: Any) -> str:
    """As it stands in the file, with its prefix."""
    return f"{element.prefix}:{local(element.tag)}" if element.prefix else local(element.tag)
