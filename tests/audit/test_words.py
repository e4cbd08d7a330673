"""Whatever an operation writes in the log can be read as a sentence."""

import ast
import importlib
import re

from hjulet.audit.words import HAPPENINGS, happening
from hjulet.base.workflow import Workflow
from tests.architecture.source import name_of, python_files, tree_of

VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def written_verbs():
    """Verbs like "thing.happened" as it stands in operations, and the moves of every workflow."""
    for file in python_files("operations.py"):
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.fullmatch(node.value):
                yield node.value
    for file in python_files("states.py"):
        module = importlib.import_module("hjulet." + name_of(file).removesuffix(".py").replace("/", "."))
        for workflow in vars(module).values():
            if isinstance(workflow, Workflow):
                yield from (f"move.{name}" for name in workflow.by_name)


def test_every_verb_has_words():
    wordless = {verb for verb in written_verbs() if verb.partition(".")[2] not in HAPPENINGS}

    assert wordless == set()


def test_a_verb_without_words_is_shown_as_it_is():
    assert (happening("risk.accepted"), happening("risk.evaporated")) == ("accepterade", "risk.evaporated")
