"""Rows: one statement each as plain values, with the place in the file it came from.

Every reader (YAML, JSONL, CSV) yields rows; `grappe.census.validation` turns rows into statements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grappe.census.card import CARD
from grappe.census.yaml_nodes import YamlFile, items, line, plain, read_yaml
from grappe.domain.entity import Kind
from grappe.domain.errors import Problem
from grappe.domain.field import declaration

REDACTIONS = "redactions.yml"
NOT_ROWS = (CARD, REDACTIONS, "remarks.yml", "rulings.yml")
HEAD = {"id", "kind", "source", "as_of", "entities"}
DEFAULTS = ("line", "column", "key", "printed", "source", "as_of")


@dataclass(frozen=True, slots=True)
class Row:
    """One statement before validation: `values` as written, and where."""

    entity: str
    kind: str
    field: str
    values: dict[str, Any]
    file: str
    line: int
    node: yaml.Node | None = None


def yaml_files(folder: Path) -> list[Path]:
    """Data files of a data set, in a stable order."""
    return sorted(p for p in folder.rglob("*.yml") if p.name not in NOT_ROWS)


def read_yaml_rows(folder: Path, problems: list[Problem]) -> Iterator[Row]:
    """Rows of every YAML file of a data set; what cannot be read becomes a problem."""
    for path in yaml_files(folder):
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        read = read_yaml(path, name, problems)
        if read is not None:
            yield from rows_of_file(read, problems)


def rows_of_file(read: YamlFile, problems: list[Problem]) -> Iterator[Row]:
    """Rows of one file: a single entity under `id`, or many under `entities`."""
    if not isinstance(read.root, yaml.MappingNode):
        problems.append(Problem("not_a_mapping", read.name, 1))
        return
    pairs = {str(key.value): value for key, value in items(read.root)}
    head = {key: plain(pairs[key]) for key in ("kind", "source", "as_of") if key in pairs}
    kind = str(head.get("kind"))
    if kind not in set(Kind):
        problems.append(
            Problem("bad_code", read.name, read.line_of("kind"), "kind", kind, {"accepted": ", ".join(Kind)})
        )
        return
    for key in ("source", "as_of"):
        if key not in head:
            problems.append(Problem("missing_field", read.name, 1, key))
    defaults: dict[str, Any] = {key: head[key] for key in ("source", "as_of") if key in head}
    if "entities" in pairs:
        for key in pairs.keys() - HEAD:
            problems.append(
                Problem(
                    "unknown_field",
                    read.name,
                    line(pairs[key]),
                    key,
                    params={"accepted": ", ".join(sorted(HEAD))},
                )
            )
        if not items(pairs["entities"]):
            problems.append(Problem("not_a_mapping", read.name, line(pairs["entities"]), "entities"))
        for key_node, row in items(pairs["entities"]):
            yield from _entity(str(key_node.value), kind, row, defaults, read.name, line(key_node), problems)
    elif "id" in pairs:
        body = [(k, v) for k, v in items(read.root) if k.value not in HEAD]
        yield from _fields(str(pairs["id"].value), kind, body, defaults, read.name, problems)
    else:
        problems.append(Problem("missing_field", read.name, 1, "id"))


def _entity(
    entity: str,
    kind: str,
    row: yaml.Node,
    defaults: dict[str, Any],
    file: str,
    at: int,
    problems: list[Problem],
) -> Iterator[Row]:
    if not isinstance(row, yaml.MappingNode):
        problems.append(Problem("not_a_mapping", file, at, entity))
        return
    own = dict(defaults)
    body: list[tuple[yaml.ScalarNode, yaml.Node]] = []
    also: list[yaml.Node] = []
    fields = declaration(Kind(kind)).fields
    for key, value in items(row):
        if key.value in DEFAULTS and key.value not in fields:
            own[key.value] = plain(value)
        elif key.value == "also":
            also = list(value.value) if isinstance(value, yaml.SequenceNode) else [value]
        else:
            body.append((key, value))
    yield from _fields(entity, kind, body, own, file, problems)
    caption = declaration(Kind(kind)).caption
    captioned = next((value for key, value in body if key.value == caption), None)
    for extra in also:
        if captioned is None or not isinstance(extra, yaml.MappingNode):
            problems.append(Problem("bad_also", file, line(extra), "also", params={"caption": caption}))
            continue
        first = captioned.value[0] if isinstance(captioned, yaml.SequenceNode) else captioned
        base = plain(first)
        value = base["value"] if isinstance(base, dict) else base
        kept: dict[str, Any] = {key: own[key] for key in ("source", "as_of") if key in own}
        yield Row(entity, kind, caption, {**kept, "value": value, **plain(extra)}, file, line(extra), extra)


def _fields(
    entity: str,
    kind: str,
    body: list[tuple[yaml.ScalarNode, yaml.Node]],
    defaults: dict[str, Any],
    file: str,
    problems: list[Problem],
) -> Iterator[Row]:
    outer = {key: value for key, value in defaults.items() if key in ("source", "as_of")}
    for key, node in body:
        name = str(key.value)
        for item in node.value if _is_list_of_statements(node) else [node]:
            if isinstance(item, yaml.MappingNode):
                own = plain(item)
                # A statement with a locator of its own must not inherit half of the row's.
                base = outer if own.keys() & {"line", "key"} else defaults
                yield Row(entity, kind, name, {**base, **own}, file, line(item), item)
            else:
                yield Row(entity, kind, name, {**defaults, "value": plain(item)}, file, line(item), item)
    if not body:
        problems.append(Problem("no_statement", file, None, entity))


def _is_list_of_statements(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and all(
        isinstance(child, yaml.MappingNode) for child in node.value
    )
