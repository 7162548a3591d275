"""Codes and words: each code that the package can utter has a sentence, and each sentence a use."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from grappe.domain import errors
from grappe.present.measure_problems import TABLE_PROBLEMS
from grappe.present.problems import ERRORS, OTHER_PROBLEMS, PROBLEMS
from grappe.present.verdicts import REASONS

SOURCE = Path(errors.__file__).parent.parent
FAMILY = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.GrappeError)
}
ROOMS = (
    "domain", "census", "agglomeration", "policy", "present", "store", "actions", "queries", "cli", "web",
)  # fmt: skip
"""Folders in which an error may be raised."""
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


def table_problem_codes() -> dict[str, str]:
    """Codes of problems of tables and points: named in a problem, a mark, or a case of an expression."""
    found: dict[str, str] = {}
    for name, tree in trees("agglomeration"):
        for what, call in called(tree):
            if what == "Problem" and not any(isinstance(n, ast.Subscript) for n in ast.walk(call.args[0])):
                found |= dict.fromkeys(first_words(call), name)
            elif what == "mark":
                words = [
                    a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                found |= dict.fromkeys(words[:1], name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "wrong":
                words = [n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
                found |= {word: name for word in words if isinstance(word, str) and "_" in word}
    return found


def error_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, tree in trees(*ROOMS):
        for what, call in called(tree):
            if what in FAMILY - {"DatasetError"}:
                found |= dict.fromkeys(first_words(call), name)
    return found


def test_the_readers_utter_many_codes():
    # A guard of the guard: were the pattern above to find nothing, the tests below would prove nothing.
    assert len(problem_codes()) > 35
    assert len(error_codes()) > 40
    assert len(table_problem_codes()) > 10


def test_every_code_of_problem_has_a_sentence():
    worded = PROBLEMS.keys() | OTHER_PROBLEMS.keys()
    assert {code: module for code, module in problem_codes().items() if code not in worded} == {}


def test_every_sentence_about_a_problem_is_uttered_somewhere():
    assert set(PROBLEMS) - problem_codes().keys() == set()


def test_every_code_of_problem_of_a_table_has_a_sentence():
    worded = TABLE_PROBLEMS.keys() | PROBLEMS.keys()
    assert {code: module for code, module in table_problem_codes().items() if code not in worded} == {}


def test_every_sentence_about_a_problem_of_a_table_is_uttered_somewhere():
    uttered = {
        node.value
        for _, tree in trees("agglomeration")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert TABLE_PROBLEMS.keys() - uttered == set()


def test_a_problem_of_a_table_has_no_second_sentence():
    assert TABLE_PROBLEMS.keys() & PROBLEMS.keys() == set()


def test_every_reason_why_an_industry_cannot_be_tested_has_a_sentence():
    uttered = {
        node.value
        for _, tree in trees("agglomeration")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert REASONS.keys() - uttered == set()


def test_every_code_of_error_has_a_sentence():
    assert {code: module for code, module in error_codes().items() if code not in ERRORS} == {}


def test_the_code_that_an_error_bears_by_itself_has_a_sentence_when_it_is_raised_bare():
    bare = {
        getattr(errors, what).code: name
        for name, tree in trees(*ROOMS)
        for what, call in called(tree)
        if what in FAMILY - {"DatasetError"} and not call.args
    }
    assert {code: module for code, module in bare.items() if code not in ERRORS} == {}


@pytest.mark.parametrize("folder", ["domain", "census", "agglomeration", "present"])
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
        for name, tree in trees(*set(ROOMS) - {"cli", "web"})
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
        and not any(isinstance(n, ast.Raise) for n in ast.walk(node))
    ]
    assert broad == []


def gaps(words: str) -> set[str]:
    """Names of the gaps of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_every_gap_of_a_sentence_finds_a_value_where_it_is_raised():
    sentences = {**ERRORS, "dataset_refused": ""}
    empty = []
    for module, tree in trees(*ROOMS):
        for what, call in called(tree):
            given = {keyword.arg for keyword in call.keywords}
            # Parameters spread from a mapping are not seen here; an option is named by its role.
            if what not in FAMILY or None in given:
                continue
            given |= {"option"} if "role" in given else set()
            empty += [
                (f"{module}, line {call.lineno}", code, sorted(gaps(sentences[code]) - given))
                for code in first_words(call) & sentences.keys()
                if gaps(sentences[code]) - given
            ]
    assert empty == []


def test_no_code_of_error_has_two_sentences():
    """Tables of words are joined into one: a second sentence would silently take the place of the first."""
    from grappe.present import problems

    tables = {name: table for name, table in vars(problems).items() if name.endswith("_ERRORS")}
    codes = [code for table in tables.values() for code in table]
    # A wish that cannot be sent is told by the sentence of the problem with it.
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    assert len(tables) > 6
