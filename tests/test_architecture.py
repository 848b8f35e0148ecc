"""The layout holds: small modules and functions, declared floors, no word of the domain in Python."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

MODULES = sorted((PROJECT / "kg").rglob("*.py"))
MAX_LINES, MAX_FUNCTION = 300, 40
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
# Names that only the ontology may know, such as would tempt a special case.
PLATFORMS = re.compile(
    r"\b(LGSP|NGSP|NDXP|NDOP|VNeID|TABMIS|SVCQG|eMOC|V?DXP|CPNET|TSLCD|CSDL|DVC|QLVB)\b", re.IGNORECASE
)
# The script itself is the subject of this module: its letters and tone marks, never a word.
LETTERS_ONLY = {"text.py"}

by_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings that the program works with: all but docstrings, those of attributes included."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def configuration() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(PROJECT / "setup.cfg", encoding="utf-8")
    return parser


def floors() -> list[set[str]]:
    declared = configuration()["importlinter:contract:floors"]["layers"]
    return [{name.strip(" ()") for name in line.split("|")} for line in declared.strip().splitlines()]


def test_the_package_is_flat() -> None:
    assert {path.parent for path in MODULES} == {PROJECT / "kg"}


@by_module
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES


@by_module
def test_a_function_fits_on_a_screen(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {node.name: _length(node) for node in functions if _length(node) > MAX_FUNCTION}
    assert not long


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: what it says of itself may be long."""
    begin = function.body[1].lineno if ast.get_docstring(function) and len(function.body) > 1 else function.lineno
    return (function.end_lineno or begin) - begin + 1


@by_module
def test_python_knows_no_vietnamese_word(path: Path) -> None:
    if path.name in LETTERS_ONLY:
        pytest.skip("its subject is the script")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [
        node.value for node in literals(tree) if VIETNAMESE.search(str(node.value)) and len(str(node.value)) > 1
    ]


@by_module
def test_python_knows_no_platform(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.value for node in literals(tree) if PLATFORMS.search(str(node.value))]


@by_module
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_module_stands_on_one_declared_floor() -> None:
    declared = [name for floor in floors() for name in sorted(floor)]
    assert len(declared) == len(set(declared))
    assert {path.stem for path in MODULES} - {"__init__"} <= set(declared)


def test_every_library_has_its_door() -> None:
    needed = {
        re.split(r"[ ><=]", line)[0] for line in configuration()["options"]["install_requires"].split("\n") if line
    }
    modules = {"PyYAML": "yaml", "pyahocorasick": "ahocorasick", "python-docx": "docx"}
    doors = {name.rpartition("door-")[2] for name in configuration().sections() if "door-" in name}
    of_others = {"lxml_html_clean"}  # nothing of ours imports it
    assert {modules.get(name, name) for name in needed - of_others} == doors


def test_ontology_travels_with_an_installation() -> None:
    kinds = configuration()["options.package_data"]["kg_ontology"].split()
    left = [
        path.name
        for path in (PROJECT / "ontology").rglob("*")
        if path.is_file() and not any(path.relative_to(PROJECT / "ontology").match(kind) for kind in kinds)
    ]
    assert not left
