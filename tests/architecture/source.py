"""What the architecture tests read: our Python files, our templates, and the layers."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import hjulet

PACKAGE = Path(hjulet.__file__).parent
CHECKOUT = PACKAGE.parent.parent


def layers() -> list[str]:
    """The apps from the highest to the lowest, as the import contract has them."""
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return contracts[0]["layers"]


def python_files(pattern: str = "*.py") -> Iterator[Path]:
    return (file for file in sorted(PACKAGE.rglob(pattern)) if "migrations" not in file.parts)


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def name_of(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
