"""Laws of the house that no linter has: where the database is written, what an operation is, how long a file may be."""

import ast
import importlib
import inspect

import pytest

from tests.architecture.source import calls, name_of, python_files, templates, tree_of

# Called inside the transaction of an operation, never alone.
PARTS_OF_OPERATIONS = {"hjulet.audit.operations.record", "hjulet.audit.operations.plain"}

# Files that are long for a reason: the reason.
LONG_FILES = {
    "planning/risks/models.py": "matrix, analysis, risk and assessment are read together",
}
LONG_TEMPLATES: dict[str, str] = {}


def operation_modules():
    files = [file for file in python_files("operations.py") if name_of(file) != "base/operations.py"]
    return [importlib.import_module(module_of(file)) for file in files]


def module_of(file):
    return "hjulet." + name_of(file).removesuffix(".py").replace("/", ".")


@pytest.mark.parametrize("module", operation_modules(), ids=lambda module: module.__name__)
def test_every_operation_asks_who(module):
    """`by` is said by name: no call can take one person for another."""
    operations = [function for function in vars(module).values() if hasattr(function, "is_operation")]

    unasked = [
        function.__qualname__
        for function in operations
        if (by := inspect.signature(function).parameters.get("by")) is None or by.kind is not by.KEYWORD_ONLY
    ]

    assert unasked == []


def test_only_operations_are_called_from_outside_their_module():
    """What runs outside `@operation` has no transaction."""
    used = {name for file in python_files() for name in used_from_operations(file)}

    bare = {name for name in used if not hasattr(resolve(name), "is_operation")}

    assert bare - PARTS_OF_OPERATIONS == set()


def used_from_operations(file):
    """Full names of what the file takes from any `operations` module but that of `base`."""
    tree = tree_of(file)
    modules = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("hjulet."):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if node.module.endswith(".operations") and node.module != "hjulet.base.operations":
                    yield full
                elif alias.name == "operations" and node.module != "hjulet.base":
                    modules[alias.asname or alias.name] = full
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def resolve(name):
    module, attribute = name.rsplit(".", 1)
    return getattr(importlib.import_module(module), attribute)


def test_views_do_not_reach_past_the_queries():
    """Rows are read through `…_visible_to(person)`: one place decides who sees them."""
    reaching = [
        f"{name_of(file)}:{node.lineno}"
        for file in python_files("views.py")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}
    ]

    assert reaching == []


def test_views_are_short():
    long = {
        f"{name_of(file)} {node.name}: {node.end_lineno - node.lineno + 1}"
        for file in python_files("views.py")
        for node in tree_of(file).body
        if is_view(node) and node.end_lineno - node.lineno + 1 > 25
    }

    assert long == set()


def is_view(node):
    return isinstance(node, ast.FunctionDef) and [argument.arg for argument in node.args.args][:1] == ["request"]


def test_rows_are_changed_in_bulk_and_removed_only_by_operations():
    """`update`, `bulk_create` and `delete` pass by checks, audit and revision: an operation answers for those itself."""
    outside = [
        f"{name_of(file)}:{call.lineno} {call.func.attr}"
        for file in python_files()
        if file.name != "operations.py"
        for call in calls(tree_of(file))
        if isinstance(call.func, ast.Attribute) and writes_past_the_checks(call)
    ]

    assert outside == []


def writes_past_the_checks(call):
    """A queryset's `update` takes names only; that of a dict, a bar or a digest does not."""
    if call.func.attr == "update":
        return bool(call.keywords) and not call.args
    return call.func.attr in {"bulk_create", "bulk_update", "delete", "adelete", "aupdate"}


# Content is withdrawn with a reason and stays. What is removed all the same, and why nothing is lost by it.
REMOVED = {
    "collaboration/attachments/operations.py": "a file on disk whose row was never saved",
    "collaboration/drafts/operations.py": "a draft is nobody's record, and goes when its form has been done",
    "collaboration/saved_views/operations.py": "a person's own way of looking at a list",
    "monitoring/indicators/measurements/operations.py": "days to come, as below; a unit that has become part of another",
    "monitoring/indicators/operations.py": "a unit where it is measured no longer; what was measured there stays",
    "monitoring/recurring_duties/operations.py": "days to come that nobody has done or said anything about",
    "monitoring/self_monitoring/operations.py": "days to come that nobody has done or said anything about",
    "organisation/reorganisations/operations.py": "the parts of a draft that are written anew; the log says what they were",
    "organisation/roles/operations.py": "a role that has not begun and is given in another unit; the log says so",
    "organisation/sign_on/operations.py": "what a group gave, by whoever sets it up: the log keeps it; groups seen long ago",
    "organisation/people/operations.py": "a lost second step, and an old address to log in with; the log says when",
    "planning/risk_matrix/operations.py": "the cells of a draft that are written anew; a matrix in force is never changed",
    "reporting/outside_links/operations.py": "an address that no text leads to any more; written anew from the texts",
    "rulebook/processes/activities/operations.py": "a step or a way of a draft; the log says what it was, and what is adopted stays",
    "search/operations.py": "the index, which is written anew from the rows",
}


def test_nothing_is_removed_without_a_reason():
    removing = {
        name_of(file)
        for file in python_files()
        for call in calls(tree_of(file))
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"delete", "adelete", "_raw_delete"}
        if not is_cache(call.func.value)
    }

    assert removing == set(REMOVED)


def is_cache(value):
    return isinstance(value, ast.Name) and value.id == "cache"


def test_files_are_short():
    long = {name_of(file) for file in python_files() if length(file) > 300}

    assert long == set(LONG_FILES)


def test_templates_are_short():
    long = {name_of(file) for file in templates() if length(file) > 120}

    assert long == set(LONG_TEMPLATES)


def length(file):
    return len(file.read_text().splitlines())
