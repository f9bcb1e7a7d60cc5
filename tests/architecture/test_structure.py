"""What the shape of the code promises."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT, modules

OURS = ("democracy", "schema", "workflows")
ALLOWED = sys.stdlib_module_names | {"workflows", "transitions"}
LONGEST = 400
ALONE = {"democracy/counting/recount.py"}
"""Handed out as a single file, to be run by whoever does not trust the rest."""


def imported(tree: ast.AST) -> Iterator[str]:
    """Every top-level package that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield (node.module or "").split(".")[0]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules("workflows"), ids=relative)
def test_the_rulebook_needs_nothing_but_the_standard_library_and_the_state_machine(path: Path) -> None:
    strange = set(imported(ast.parse(path.read_text("utf-8")))) - ALLOWED
    # Statutes are decoded strictly; that is the one place in the rulebook that reads what people wrote.
    if path.is_relative_to(ROOT / "workflows" / "statutes"):
        strange -= {"msgspec"}
    assert strange == set()


@pytest.mark.parametrize("name", OURS)
def test_no_other_distribution_installs_a_package_of_our_name(name: str) -> None:
    # From a checkout our own are found by their folder; test_wheel.py looks where they are installed.
    assert set(packages_distributions().get(name, ())) <= {"democracy"}


@pytest.mark.parametrize("path", modules(*OURS), ids=relative)
def test_every_module_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "write a docstring"


@pytest.mark.parametrize("path", [path for path in modules(*OURS) if relative(path) not in ALONE], ids=relative)
def test_no_module_is_too_long_to_be_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
