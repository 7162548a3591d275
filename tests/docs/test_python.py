"""Every Python example of the manual gives what it shows."""

import doctest

import pytest

from tests.docs.markdown import ROOT, blocks, pages

PAGES = {
    page.relative_to(ROOT).as_posix(): [b for b in blocks(page.read_text("utf-8")) if b.language == "python"]
    for page in pages()
}


@pytest.mark.parametrize("name", [name for name, found in PAGES.items() if found])
def test_python_examples_give_what_they_show(name: str) -> None:
    parser, names = doctest.DocTestParser(), {}
    failures = 0
    said: list[str] = []
    for block in PAGES[name]:
        test = parser.get_doctest(block.text, names, name, name, block.line - 1)
        assert test.examples, f"{name}, line {block.line}: a Python block without an example"
        runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
        # Names made in one block serve the next, as a reader would type them.
        failures += runner.run(test, out=said.append, clear_globs=False).failed
        names = test.globs
    assert not failures, "".join(said)
