"""Any process of ours is valid BPMN and comes back equal; what comes from other tools goes out again whole."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from hjulet.rulebook.processes.bpmn.reading import read
from hjulet.rulebook.processes.bpmn.writing import write
from hjulet.rulebook.processes.diagram import Diagram, Link, Step, in_order
from hjulet.rulebook.processes.picture import draw
from hjulet.rulebook.processes.states import StepKind as K
from tests.rulebook.processes.bpmn.schema import faults_in

FILES = sorted((Path(__file__).parent / "files").glob("*.bpmn"))
WORDS = st.text("abcåäö ÅÄÖ<>&\"'?10", max_size=30).map(lambda text: " ".join(text.split()))
NAMES = st.sampled_from(["Handläggare", "Enhetschef", "Den enskilde", "Förvaltningen › Registrator"])


@st.composite
def diagrams(draw):
    """What our own pages and operations can make: steps in two pools, sub-processes, events on them, and ways."""
    count = draw(st.integers(1, 9))
    steps = []
    for number in range(count):
        holders = [one for one in steps if one.kind == K.SUB_PROCESS and not one.calls]
        inside = draw(st.sampled_from(["", *(one.key for one in holders)]))
        around = next((one for one in steps if one.key == inside), None)
        hosts = [one for one in steps if one.inside == inside and one.kind in (K.TASK, K.SUB_PROCESS)]
        host = draw(st.sampled_from([None, None, None, *hosts]))
        kind = K.EVENT if host else draw(st.sampled_from(K))
        around = around or host
        steps.append(
            Step(
                key=f"step-{number}",
                kind=kind.value,
                title=draw(WORDS),
                lane=draw(st.one_of(st.just(around.lane if around else ""), NAMES)),
                pool=around.pool if around else draw(st.sampled_from(["", "", "Regionen"])) if number else "",
                inside=inside,
                attached_to=host.key if host else "",
                description=draw(WORDS),
                parties=tuple(draw(st.lists(st.sampled_from(["Vårdcentralen", "Försäkringskassan"]), unique=True))),
                stops=kind != K.END and draw(st.booleans()),
                calls=draw(st.sampled_from(["", "process-7"])) if kind == K.SUB_PROCESS else "",
            )
        )
    ways = tuple(draw(links(steps)))
    return in_order(Diagram("process-1", "Handläggning", draw(WORDS), tuple(steps), ways))


@st.composite
def links(draw, steps):
    pairs = [
        (one, other)
        for one in steps
        for other in steps
        if one != other and (one.pool, one.inside) == (other.pool, other.inside) and one.kind != K.END
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6)) if pairs else []
    leading = {one.key for one, _other in chosen}
    for at, step in enumerate(steps):
        if step.key in leading and step.stops:
            steps[at] = Step(**{name: getattr(step, name) for name in Step.__slots__ if name != "stops"})
    return [Link(f"flow-{at}", one.key, other.key, draw(WORDS)) for at, (one, other) in enumerate(chosen)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(diagrams())
def test_any_process_is_valid_and_comes_back_equal(diagram):
    content = write(diagram)

    assert faults_in(content) == []
    assert read(content).diagram == diagram


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(diagrams())
def test_any_process_can_be_drawn(diagram):
    assert etree.fromstring(draw(diagram)).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_another_tool_goes_out_valid_and_comes_back_equal(file):
    diagram = read(file.read_bytes()).diagram
    content = write(diagram)

    assert faults_in(content) == []
    assert read(content).diagram == diagram


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_other_tools_add_is_still_there(file):
    """Every element and attribute of a namespace that is not the standard's, as often as before."""
    content = file.read_bytes()

    assert foreign(write(read(content).diagram)) == foreign(content)


def foreign(content):
    root = etree.fromstring(content)
    for drawn in root.findall("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"):
        root.remove(drawn)
    names = [name for one in root.iter() for name in (one.tag, *one.attrib)]
    return sorted(
        name for name in names if name.startswith("{") and not re.match(r"\{(http://www\.(omg|w3)|urn:)", name)
    )


def test_every_shape_is_in_the_diagram():
    content = write(read((FILES[0].parent / "bpmn_io.bpmn").read_bytes()).diagram)
    root = etree.fromstring(content)
    shown = root.xpath("//*[local-name()='BPMNShape' or local-name()='BPMNEdge']/@bpmnElement")
    drawn = "participant lane task subProcess textAnnotation dataObjectReference sequenceFlow messageFlow".split()
    wanted = [
        one.get("id")
        for one in root.iter()
        if isinstance(one.tag, str) and etree.QName(one).localname in drawn and one.getparent().get("id") != "Utred"
    ]

    assert sorted(shown) == sorted(wanted)
