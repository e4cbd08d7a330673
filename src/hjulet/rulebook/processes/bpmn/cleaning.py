"""What somebody typed, as XML can hold it."""

from dataclasses import replace

from hjulet.base.documents.model import clean
from hjulet.rulebook.processes.bpmn.names import is_name
from hjulet.rulebook.processes.diagram import Diagram


def cleaned(diagram: Diagram) -> Diagram:
    """Without what no XML can hold, and with an id that XML takes."""
    key = diagram.key if is_name(diagram.key) else "process"
    steps = tuple(
        replace(
            step,
            title=clean(step.title),
            lane=clean(step.lane),
            pool=clean(step.pool),
            description=clean(step.description),
            parties=tuple(map(clean, step.parties)),
            calls=clean(step.calls),
        )
        for step in diagram.steps
    )
    links = tuple(replace(link, label=clean(link.label)) for link in diagram.links)
    named = {"key": key, "title": clean(diagram.title), "purpose": clean(diagram.purpose)}
    return replace(diagram, steps=steps, links=links, **named)
