"""The schema of BPMN 2.0 by OMG (BPMN20.xsd and what it includes).

OMG gives it out freely, but our repository holds no files of others: it is read from the package SpiffWorkflow (LGPL-3,
only for development), which carries it unchanged. Nothing of the package is run.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree


@cache
def schema():
    package = Path(find_spec("SpiffWorkflow").origin).parent
    return etree.XMLSchema(etree.parse(package / "bpmn" / "parser" / "schema" / "BPMN20.xsd"))


def faults_in(content):
    """What the standard has against the file; nothing, one hopes."""
    found = schema()
    found.validate(etree.fromstring(content))
    return [f"{error.line}: {error.message}" for error in found.error_log]
