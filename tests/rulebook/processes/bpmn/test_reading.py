"""What a file says, what it is taken for, and what is refused."""

from pathlib import Path

import pytest

from hjulet.rulebook.processes.bpmn.parsing import MOST_BYTES
from hjulet.rulebook.processes.bpmn.reading import MOST_STEPS, Unreadable, read
from hjulet.rulebook.processes.diagram import numbers
from hjulet.rulebook.processes.telling import told

HERE = Path(__file__).parent / "files"
MODEL = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"'
DECLARED = "Filen har en dokumenttypsdeklaration (DTD) eller egna entiteter och läses inte in av säkerhetsskäl."


def reading(name):
    return read((HERE / f"{name}.bpmn").read_bytes())


def said(name):
    diagram = reading(name).diagram
    return [(one.number, one.what, one.who, one.then) for one in told(diagram)]


def file_with(inside, **attributes):
    return f'<definitions {MODEL}><process id="p" name="P">{inside}</process></definitions>'.encode()


def test_camunda_modeler():
    assert said("camunda_modeler") == [
        ("1", "Start: Ansökan inkommer", "Ingen roll angiven", "→ 2"),
        ("2", "Utred behoven", "Ingen roll angiven", "→ 4"),
        ("3", "Händelse på vägen: 14 dagar har gått (kan inträffa under steg 2)", "Ingen roll angiven", "→ 6"),
        ("4", "Val av en väg: Är underlaget komplett?", "Ingen roll angiven", "ja → 5; nej → 6"),
        ("5", "Registrera beslutet", "Ingen roll angiven", "→ 7"),
        ("6", "Begär komplettering", "Ingen roll angiven", "→ 2"),
        ("7", "Slut: Klart", "Ingen roll angiven", "Här slutar processen."),
    ]


def test_bpmn_io_lanes_sub_process_and_those_outside():
    diagram = reading("bpmn_io").diagram

    assert diagram.title == "Klagomål och synpunkter"
    assert [(numbers(diagram)[step.key], step.title, step.lane, step.parties) for step in diagram.steps] == [
        ("1", "Ta emot och bekräfta", "Förvaltningen › Registrator", ()),
        ("2", "Utred synpunkten", "Förvaltningen › Utredare", ("Regionen",)),
        ("2.1", "Fråga dem som berörs", "Förvaltningen › Utredare", ()),
        ("2.2", "Skriv ner det", "Förvaltningen › Utredare", ()),
        ("3", "Svara den som klagat", "Enhetschef", ()),
    ]


def test_signavio_pools_and_messages():
    diagram = reading("signavio").diagram

    assert [(step.title, step.pool, step.lane, step.calls) for step in diagram.steps] == [
        ("Ta emot uppdraget", "", "Gruppchef", ""),
        ("", "", "Gruppchef", ""),
        ("Planera genomförandet", "", "Gruppchef", "planering"),
        ("Skicka uppdraget", "Myndighet", "", ""),
    ]
    assert [(link.label, link.is_message) for link in diagram.links] == [("", False), ("", False), ("Uppdrag", True)]


@pytest.mark.parametrize(
    ("name", "findings"),
    [
        (
            "camunda_modeler",
            [
                (3, "@historyTimeToLive", "Ansökan om hemtjänst", True),
                (8, "@assignee, @formKey", "Utred behoven", True),
                (10, "camunda:taskListener", "Utred behoven", True),
                (11, "camunda:inputOutput", "Utred behoven", True),
                (23, "@type, @topic", "Registrera beslutet", True),
                (26, "bpmn:multiInstanceLoopCharacteristics", "Registrera beslutet", True),
                (30, "bpmn:timerEventDefinition", "Timer_1", True),
                (39, "bpmn:conditionExpression", "ja", True),
            ],
        ),
        (
            "visio_export",
            [
                (0, "Flödet _f9", "Flöde som inte leder mellan två steg", False),
                (3, "semantic:message", "Anmälan", True),
                (4, "@page", "_p", True),
                (5, "semantic:messageEventDefinition", "_med", True),
            ],
        ),
    ],
)
def test_what_has_no_word_is_told_with_element_and_line(name, findings):
    assert [(one.line, one.element, one.about, one.is_kept) for one in reading(name).findings] == findings


BOMB = b"""<!DOCTYPE definitions [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><definitions %s><process id="p" name="&c;"/></definitions>"""
OUTSIDE = b"""<!DOCTYPE definitions [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions %s><process id="p" name="&x;"/>
</definitions>"""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB % MODEL.encode(), DECLARED),
        (OUTSIDE % MODEL.encode(), DECLARED),
        (b'<!DOCTYPE definitions SYSTEM "http://example.org/x.dtd"><definitions/>', DECLARED),
        (b"", "Filen går inte att läsa: felet finns på rad 1. Exportera den igen."),
        (b"<a>\n<b></a>", "Filen går inte att läsa: felet finns på rad 2. Exportera den igen."),
        (b"PK\x03\x04", "Filen går inte att läsa: felet finns på rad 1. Exportera den igen."),
        (
            b"<html/>",
            "Filen är ingen BPMN 2.0-fil. Välj att exportera som BPMN 2.0 i verktyget du ritade i.",
        ),
        (
            file_with('<dataObject id="d"/>'),
            "Filen har ingen process med steg i. Rita minst ett steg och exportera igen.",
        ),
        (b" " * (MOST_BYTES + 1), "Filen är för stor. Den får vara högst 2 MB."),
        (
            file_with("<task/>" * (MOST_STEPS + 1)),
            f"Processen har fler än {MOST_STEPS} steg. Dela upp den i flera.",
        ),
        (
            file_with("<task/>" * 40_001),
            "Filen har för många delar för att läsas in. Dela upp den i flera processer.",
        ),
        (
            file_with('<task id="t"/>' + "<subProcess>" * 70 + "</subProcess>" * 70),
            "Filen är för djupt nästlad för att läsas in.",
        ),
        (
            '<?xml version="1.0" encoding="påhitt"?><a/>'.encode(),
            "Filen går inte att läsa: felet finns på rad 1. Exportera den igen.",
        ),
    ],
    ids=[
        "bomb",
        "outside",
        "dtd",
        "empty",
        "broken",
        "zip",
        "html",
        "no steps",
        "long",
        "steps",
        "parts",
        "deep",
        "code",
    ],
)
def test_what_cannot_or_must_not_be_read(content, sentence):
    with pytest.raises(Unreadable) as refused:
        read(content)

    assert refused.value.sentence == sentence


def test_steps_without_names_or_with_the_same_are_given_new_ones():
    diagram = read(
        file_with('<task id="a b" name="1"/><task id="x" name="2"/><task id="x" name="3"/><task name="4"/>')
    ).diagram

    assert [step.key for step in diagram.steps] == ["task-1", "x", "task-2", "task-3"]


def test_an_event_whose_activity_is_gone_stands_alone():
    [event] = read(file_with('<boundaryEvent id="e" attachedToRef="borta"/>')).diagram.steps

    assert (event.attached_to, event.element) == ("", "intermediateCatchEvent")
