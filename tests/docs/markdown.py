"""Pages of the manual read as data: fenced blocks, links, headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FILE = "# file: "
PROMPT = "$ "


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text, the line its first line stands on."""

    language: str
    text: str
    line: int


@dataclass(frozen=True)
class Example:
    """One command of a page, with the output it shows; none shown is an empty text."""

    command: str
    shown: str
    line: int


def pages() -> list[Path]:
    """The manual: README and every page under docs, in order."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str) -> Iterator[Block]:
    """Fenced blocks of a page in order."""
    for found in _FENCE.finditer(text):
        yield Block(found[1], found[2], text.count("\n", 0, found.start()) + 2)


def examples(block: Block) -> Iterator[Example]:
    """Commands of a console block, each with the lines shown below it."""
    command, shown, at = "", [], block.line
    for number, line in enumerate(block.text.split("\n"), block.line):
        if line.startswith(PROMPT):
            if command:
                yield Example(command, "\n".join(shown).rstrip("\n"), at)
            command, shown, at = line.removeprefix(PROMPT), [], number
        else:
            shown.append(line)
    if command:
        yield Example(command, "\n".join(shown).rstrip("\n"), at)


def file_of(block: Block) -> tuple[str, str] | None:
    """Name and content of a block that begins with ``# file: name``."""
    first, _, rest = block.text.partition("\n")
    return (first.removeprefix(FILE).strip(), rest) if first.startswith(FILE) else None


def links(text: str) -> Iterator[str]:
    """Targets of all links of a page, code apart."""
    yield from _LINK.findall(re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text)))


def between_marks(page: str, start: str, end: str, text: str) -> str:
    """The page with what stands between two marks written anew.

    Raises
    ------
    ValueError
        If the page lacks one of the marks.
    """
    before, opened, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"The page has no place between {start} and {end}.")
    return f"{before}{start}\n\n{text}\n\n{end}{after}"
