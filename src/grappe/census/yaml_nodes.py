"""YAML read as nodes, so that every value keeps its line and its span in the file."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from grappe.domain.errors import Problem


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One parsed file: its name for messages, its text and its root node."""

    name: str
    path: Path
    text: str
    root: yaml.Node

    def plain(self) -> Any:
        """The whole file as plain Python values."""
        return plain(self.root)

    def line_of(self, *keys: str) -> int:
        """Line, counted from one, of the value under a path of keys."""
        node = self.root
        for key in keys:
            child = next((v for k, v in items(node) if k.value == key), None)
            if child is None:
                break
            node = child
        return line(node)


def read_yaml(path: Path, name: str, problems: list[Problem]) -> YamlFile | None:
    """Parse a file; wrong encoding, wrong syntax, a repeated key or an empty file become problems."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        where = raw[: error.start].count(b"\n") + 1
        problems.append(Problem("not_utf8", name, where, value=repr(raw[error.start : error.end])))
        return None
    try:
        root = yaml.compose(text, yaml.CSafeLoader)
        if root is not None:
            _plain_keys(root, 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.append(
            Problem(
                "bad_yaml", name, mark.line + 1 if mark else None, params={"reason": error.problem or "?"}
            )
        )
        return None
    except yaml.YAMLError as error:
        problems.append(Problem("bad_yaml", name, None, params={"reason": str(error).splitlines()[0]}))
        return None
    if root is None:
        problems.append(Problem("empty_file", name, 1))
        return None
    _repeated_keys(root, name, problems)
    return YamlFile(name, path, text, root)


def items(node: yaml.Node) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Pairs of a mapping node; nothing for any other node."""
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def line(node: yaml.Node) -> int:
    """Line of a node in its file, counted from one."""
    return int(node.start_mark.line) + 1


def plain(node: yaml.Node) -> Any:
    """Plain Python value of a node; dates stay text, as the precision of a date is part of it."""
    if isinstance(node, yaml.MappingNode):
        return {str(plain(k)): plain(v) for k, v in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(child) for child in node.value]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    value: str = node.value
    match node.tag:
        case "tag:yaml.org,2002:int":
            return _number(int, value)
        case "tag:yaml.org,2002:float":
            return _number(float, value)
        case "tag:yaml.org,2002:bool":
            return value.lower() in ("true", "yes", "on") if not _is_country(value) else value
        case "tag:yaml.org,2002:null":
            return None
    return value


def _number(read: Callable[[str], int | float], value: str) -> int | float | str:
    # YAML 1.1 calls numbers some forms that Python does not read (1:30, 0x1F) or that no field
    # can hold (.inf): they stay text, and the check of the field refuses them by name.
    try:
        number = read(value.replace("_", ""))
    except ValueError:
        return value
    return number if isfinite(number) else value


def _is_country(value: str) -> bool:
    # YAML 1.1 reads Norway's code NO as false; the census writes countries in capitals.
    return value == "NO"


DEEPEST = 40
"""Deeper nesting than any data set needs: it is a mistake, or an alias that holds itself."""


def _plain_keys(node: yaml.Node, depth: int) -> None:
    if depth > DEEPEST:
        raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=node.start_mark)
    for child in node.value if isinstance(node, yaml.SequenceNode) else ():
        _plain_keys(child, depth + 1)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=key.start_mark)
        _plain_keys(value, depth + 1)


def _repeated_keys(node: yaml.Node, name: str, problems: list[Problem]) -> None:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _repeated_keys(child, name, problems)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if key.value in seen:
            problems.append(Problem("repeated_key", name, line(key), key.value, key.value))
        seen.add(key.value)
        _repeated_keys(value, name, problems)
