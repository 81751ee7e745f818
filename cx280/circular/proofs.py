"""Reads from the tests which catalogue ids they prove, without running them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

_NEVER_RUN = {"skip", "xfail"}  # a proof that never passes proves nothing


@dataclass(slots=True)
class Proofs:
    """What the tests say they prove.

    tests: by catalogue id, the tests that prove it, as `tests/kernel/test_quarter.py::test_name`.
    unreadable: marks whose ids are not written out as plain strings, with their line.
    """

    tests: dict[str, list[str]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def read_proofs(folder: Path) -> Proofs:
    """What the tests below a folder prove, by function, class and module mark."""
    found = Proofs()
    for path in sorted(folder.rglob("test_*.py")):
        place = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        _read(tree.body, place, _module_marks(tree), found)
    return found


def _read(body: list[ast.stmt], place: str, inherited: list[ast.expr], found: Proofs) -> None:
    for node in body:
        if isinstance(node, ast.ClassDef):
            marks = [*inherited, *node.decorator_list]
            _read(node.body, f"{place}::{node.name}", marks, found)
        elif _is_test(node):
            marks = [*inherited, *node.decorator_list]
            _add(marks, f"{place}::{node.name}", found)


def _is_test(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test")


def _add(marks: list[ast.expr], test: str, found: Proofs) -> None:
    if any(_mark_name(each) in _NEVER_RUN for each in marks):
        return
    for call in _proving_calls(marks):
        for argument in call.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                tests = found.tests.setdefault(argument.value, [])
                if test not in tests:
                    tests.append(test)
            else:
                found.unreadable.append(f"{test} (line {call.lineno})")


def _module_marks(tree: ast.Module) -> list[ast.expr]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(map(_is_pytestmark, node.targets)):
            value = node.value
            return list(value.elts) if isinstance(value, ast.List | ast.Tuple) else [value]
    return []


def _is_pytestmark(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "pytestmark"


def _proving_calls(marks: list[ast.expr]) -> Iterator[ast.Call]:
    """Calls of pytest.mark.proves, also inside pytest.param(..., marks=...)."""
    for mark in marks:
        for node in ast.walk(mark):
            if isinstance(node, ast.Call) and _mark_name(node) == "proves":
                yield node


def _mark_name(node: ast.expr) -> str:
    """The name of `pytest.mark.name` or `pytest.mark.name(...)`, or nothing."""
    if isinstance(node, ast.Call):
        node = node.func
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute):
        return ""
    return node.attr if node.value.attr == "mark" else ""
