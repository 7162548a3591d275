"""Codes and words: each code that the package can utter has a sentence, and each sentence a use."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from grappe.domain import errors
from grappe.present.problems import ERRORS, PROBLEMS

SOURCE = Path(errors.__file__).parent.parent
FAMILY = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.GrappeError)
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("timezone", "now"),
}


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text("utf-8"))


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Name of what is called, the last part of a dotted one, with the call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def first_words(call: ast.Call) -> set[str]:
    """Strings that the first argument of a call can be: a literal, or either branch of a choice."""
    if not call.args:
        return set()
    return {
        n.value for n in ast.walk(call.args[0]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def problem_codes() -> dict[str, str]:
    """Codes of problems uttered anywhere below the faces, with the module that utters each."""
    found: dict[str, str] = {}
    for name, tree in trees("domain", "census", "actions"):
        for what, call in called(tree):
            if what in ("Problem", "_problem"):
                found |= dict.fromkeys(first_words(call), name)
        for node in ast.walk(tree):
            # Checks of single values return their code.
            target = getattr(node, "target", None)
            if (
                isinstance(node, ast.AnnAssign)
                and isinstance(target, ast.Name)
                and target.id == "_WRONG"
                and node.value
            ):
                words = [n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
                found |= {code: name for code in words if isinstance(code, str) and code.startswith("bad_")}
    return found


def error_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, tree in trees("domain", "census", "store", "actions", "queries", "cli", "web"):
        for what, call in called(tree):
            if what in FAMILY - {"DatasetError"}:
                found |= dict.fromkeys(first_words(call), name)
    return found


def test_the_readers_utter_many_codes():
    # A guard of the guard: were the pattern above to find nothing, the tests below would prove nothing.
    assert len(problem_codes()) > 35
    assert len(error_codes()) > 5


def test_every_code_of_problem_has_a_sentence():
    assert {code: module for code, module in problem_codes().items() if code not in PROBLEMS} == {}


def test_every_sentence_about_a_problem_is_uttered_somewhere():
    assert set(PROBLEMS) - problem_codes().keys() == set()


def test_every_code_of_error_has_a_sentence():
    assert {code: module for code, module in error_codes().items() if code not in ERRORS} == {}


def test_the_code_that_an_error_bears_by_itself_has_a_sentence_when_it_is_raised_bare():
    bare = {
        getattr(errors, what).code: name
        for name, tree in trees("domain", "census", "store", "actions", "queries", "cli", "web")
        for what, call in called(tree)
        if what in FAMILY - {"DatasetError"} and not call.args
    }
    assert {code: module for code, module in bare.items() if code not in ERRORS} == {}


@pytest.mark.parametrize("folder", ["domain", "census", "present"])
def test_no_layer_below_the_faces_reads_the_clock(folder: str):
    read = [
        f"{name}, line {node.lineno}"
        for name, tree in trees(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    ]
    assert read == []


def test_no_except_swallows_whatever_comes():
    broad = [
        f"{name}, line {node.lineno}"
        for name, tree in trees("domain", "census", "present", "store", "actions", "queries")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
        and not any(isinstance(n, ast.Raise) for n in ast.walk(node))
    ]
    assert broad == []
