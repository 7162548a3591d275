"""The reference of `grappe.agglomeration`, written from its docstrings."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import EnumType
from typing import Any

from grappe import agglomeration
from tests.docs.markdown import ROOT

PAGE = ROOT / "docs" / "reference" / "agglomeration.md"
HEAD = """# Reference of `grappe.agglomeration`

<!-- written from the docstrings by `python -m tests.docs` -->

What each measure answers, with a worked example, stands in [the methods](../methods/README.md); this page
gives every public name with its parameters, shapes, units and errors. Import them as
`from grappe import agglomeration`.
"""
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)


def page() -> str:
    """The whole page: a table of contents by module, then a section per name."""
    homes: dict[str, list[str]] = {}
    for name in agglomeration.__all__:
        homes.setdefault(home(name), []).append(name)
    contents = [
        f"| `{module}` | {', '.join(f'[`{name}`](#{name.lower()})' for name in names)} |"
        for module, names in sorted(homes.items())
    ]
    parts = [HEAD, "\n".join(["| module | names |", "|---|---|", *contents]) + "\n"]
    parts += [section(name) for module in sorted(homes) for name in homes[module]]
    return "\n".join(parts)


def home(name: str) -> str:
    """The module in which a public name is defined."""
    return agglomeration._HOMES[name]


def section(name: str) -> str:
    """Heading, signature and docstring of one name."""
    thing: Any = getattr(agglomeration, name)
    text = "\n".join([f"## {name}\n", *_signature(name, thing), markdown(inspect.getdoc(thing) or "")])
    return "\n".join([text.rstrip("\n") + "\n", *(one.strip("\n") + "\n" for one in _members(thing))])


def markdown(docstring: str) -> str:
    """A docstring of the numpy form in Markdown: sections in bold, parameters as a list, examples fenced."""
    pieces = _SECTION.split(docstring)
    written = [_code(pieces[0].strip()) + "\n"]
    for title, body in zip(pieces[1::2], pieces[2::2], strict=True):
        written.append(f"**{title}**\n")
        text = body.strip("\n")
        match title:
            case "Examples":
                written.append(f"```pycon\n{text.strip()}\n```")
            case "Parameters" | "Returns" | "Raises" | "Attributes" | "Yields" | "Warns":
                written.append("\n".join(_entries(text)))
            case _:
                written.append(_code(text.strip()))
        written[-1] += "\n"
    return "\n".join(written)


def _signature(name: str, thing: Any) -> Iterator[str]:
    if isinstance(thing, EnumType) or (inspect.isclass(thing) and issubclass(thing, Warning)):
        return
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return
    shown = []
    for one in signature.parameters.values():
        if one.kind is inspect.Parameter.KEYWORD_ONLY and "*" not in shown:
            shown.append("*")
        shown.append(_parameter(one))
    plain = f"{name}({', '.join(shown)})"
    if len(plain) > 100:
        plain = f"{name}(\n    " + ",\n    ".join(shown) + ",\n)"
    yield f"```text\n{plain}\n```\n"


def _parameter(one: inspect.Parameter) -> str:
    mark = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}.get(one.kind, "")
    if one.default is inspect.Parameter.empty:
        return f"{mark}{one.name}"
    default = "…" if "<" in repr(one.default) else repr(one.default)
    return f"{one.name}={default}"


def _members(thing: Any) -> Iterator[str]:
    """Public methods and properties of a class of results."""
    if isinstance(thing, EnumType):
        yield "\n" + "\n".join(f"- `{one.value}`" for one in thing) + "\n"
    elif is_dataclass(thing) and inspect.isclass(thing):
        for name, member in vars(thing).items():
            own = member.__func__ if isinstance(member, classmethod) else member
            if not name.startswith("_") and (inspect.isfunction(own) or isinstance(own, property)):
                documented = inspect.getdoc(own) or ""
                call = "" if isinstance(own, property) else "()"
                yield f"\n**`.{name}{call}`** {markdown(documented)}".rstrip("\n") + "\n"


def _entries(text: str) -> Iterator[str]:
    """Entries of a section: a line at the margin names one, indented lines describe it."""
    entry: list[str] = []
    for line in [*text.split("\n"), "end"]:
        if line and not line.startswith(" ") and entry:
            yield _entry(entry)
            entry = []
        entry.append(line)


def _entry(lines: list[str]) -> str:
    name, _, kind = lines[0].partition(" : ")
    rest = " ".join(line.strip() for line in lines[1:] if line.strip())
    return f"- `{name}`" + (f" ({kind})" if kind else "") + (f": {_code(rest)}" if rest else "")


def _code(text: str) -> str:
    return text.replace("``", "`")
