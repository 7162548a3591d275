"""Examples in docstrings run, and every public name of the library of measures is documented in full."""

import doctest
import inspect
import pkgutil
from importlib import import_module

import pytest

from grappe import agglomeration
from tests.docs import reference_doc

MODULES = sorted(
    f"grappe.agglomeration.{one.name}"
    for one in pkgutil.iter_modules(agglomeration.__path__)
    if not one.ispkg
)
FUNCTIONS = [name for name in agglomeration.__all__ if inspect.isfunction(getattr(agglomeration, name))]


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_give_what_they_show(module: str) -> None:
    done = doctest.testmod(
        import_module(module), optionflags=doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert done.failed == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_says_what_it_takes_gives_and_refuses_with_an_example(name: str) -> None:
    documented = inspect.getdoc(getattr(agglomeration, name)) or ""
    missing = [
        title
        for title in ("Parameters", "Returns", "Raises", "Examples")
        if f"{title}\n{'-' * len(title)}" not in documented
    ]
    assert missing == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_of_a_public_function_is_described(name: str) -> None:
    function = getattr(agglomeration, name)
    documented = (inspect.getdoc(function) or "").partition("Parameters\n")[2].partition("\nReturns\n")[0]
    words = set(documented.replace(",", " ").replace("*", " ").split())
    assert [one for one in inspect.signature(function).parameters if one not in words] == []


def test_the_reference_is_what_the_docstrings_say() -> None:
    assert reference_doc.PAGE.read_text("utf-8") == reference_doc.page(), (
        "run: .venv/bin/python -m tests.docs"
    )
