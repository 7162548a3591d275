"""Every command shown in the manual runs, and prints what the manual shows."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, Example, blocks, examples, file_of, pages

ELLIPSIS = "…"
WRITTEN = {page.relative_to(ROOT).as_posix(): list(blocks(page.read_text("utf-8"))) for page in pages()}
COMMANDS: dict[str, list[Example]] = {
    name: [
        e for b in found if b.language == "console" for e in examples(b) if e.command.startswith("grappe ")
    ]
    for name, found in WRITTEN.items()
}
CASES = [
    pytest.param(name, index, id=f"{name}:{example.line}")
    for name, found in COMMANDS.items()
    for index, example in enumerate(found)
]


def as_shown(shown: str, printed: str) -> bool:
    """Tell whether an output is the one shown: an ellipsis stands for anything, a line of it for lines.

    Widths of columns follow the data, so runs of spaces and of rules count as one.
    """
    pattern = ""
    for line in _narrow(shown).split("\n"):
        if line.strip() == ELLIPSIS:
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split(ELLIPSIS)) + r"\n"
    return re.fullmatch(pattern, _narrow(printed) + "\n") is not None


def _narrow(text: str) -> str:
    lines = re.sub("[ ━]*━[ ━]*", "━", re.sub(" +", " ", text)).rstrip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What every command of the manual prints."""
    steps = {
        name: [
            {"file": written[0], "text": written[1]} if written else {"command": example.command}
            for block in found
            for written, example in _steps(block)
        ]
        for name, found in WRITTEN.items()
        if COMMANDS[name]
    }
    folder: Path = tmp_path_factory.mktemp("manual")
    done = subprocess.run(
        [sys.executable, "-m", "tests.docs.player", str(folder)],
        input=json.dumps(steps),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, list[str]] = json.loads(done.stdout)
    return answers


def _steps(block):
    if written := file_of(block):
        yield written, None
    elif block.language == "console":
        for example in examples(block):
            if example.command.startswith("grappe "):
                yield None, example


@pytest.mark.parametrize(("page", "index"), CASES)
def test_a_command_prints_what_the_manual_shows(page: str, index: int, played: dict[str, list[str]]) -> None:
    example = COMMANDS[page][index]
    printed = played[page][index]
    assert "Traceback" not in printed
    if example.shown:
        assert as_shown(example.shown, printed), f"$ {example.command}\n{printed}"
    else:
        # An example without output must at least be a command that works.
        assert not printed.startswith(("Usage:", "Error:")), printed


def test_an_ellipsis_stands_for_any_text_and_nothing_else_does() -> None:
    assert as_shown("a … c\n…\nend", "a b c\nx\ny\nend\n")
    assert as_shown("a\n…", "a\n")
    assert not as_shown("a\nend", "a\nb\nend\n")
    assert not as_shown("a … c", "a b d\n")
    assert as_shown("a │ b\n━━╇━", "a    │ b  \n━━━━━╇━━━\n")
