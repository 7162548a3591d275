"""Proposals in a file: written for a person to edit, read back with every problem and its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from grappe.census.reading.difference import Difference
from grappe.census.reading.proposal import Leftover, Proposal, Reason, Step
from grappe.census.reading.reader import Reading
from grappe.census.yaml_nodes import items, line, plain, read_yaml
from grappe.domain.dates import is_date
from grappe.domain.entity import Kind
from grappe.domain.errors import InputRefused, Problem, UnknownThing
from grappe.domain.field import declaration
from grappe.domain.identifiers import is_identifier
from grappe.domain.source import Part

_KEYS = frozenset(
    [
        "id",
        "step",
        "entity",
        "name",
        "kind",
        "field",
        "value",
        "line",
        "lines",
        "locator",
        "column",
        "part",
        "printed",
        "confidence",
        "reason",
        "because",
        "known",
        "doubt",
        "attributes",
        "change",
        "against",
    ]
)


@dataclass(frozen=True, slots=True)
class ProposalsFile:
    """Proposals of one document, their source and day, and the line of each in the file."""

    document: str
    digest: str
    source: str
    edition: str
    cited_by_line: bool
    proposals: tuple[Proposal, ...]
    lines: Mapping[str, int] = field(default_factory=dict)
    name: str = "proposals.yml"


def plain_reading(reading: Reading, edition: str, differences: Sequence[Difference] = ()) -> dict[str, Any]:
    """A reading as plain values: what the file, the command's JSON and a page hold."""
    change = {one.proposal.id: one for one in differences}
    return {
        "document": reading.document.name,
        "digest": reading.document.digest,
        "form": reading.document.form,
        "cited_by": "line" if reading.document.cited_by_line else "key",
        "source": reading.source,
        "edition": edition,
        "proposals": [plain_proposal(one, change.get(one.id)) for one in reading.proposals],
        "leftovers": [_plain_leftover(one, reading) for one in reading.leftovers],
    }


def _plain_leftover(one: Leftover, reading: Reading) -> dict[str, Any]:
    return {
        "line": one.line,
        "locator": reading.document.lines[one.line - 1].locator,
        "text": one.text,
        "why": one.why.code,
    }


def plain_proposal(one: Proposal, difference: Difference | None = None) -> dict[str, Any]:
    """One proposal as plain values, with how it stands to the census where that is known."""
    row: dict[str, Any] = {
        "id": one.id,
        "step": str(one.step),
        "entity": one.entity,
        "name": one.name,
        "kind": str(one.kind),
        "field": one.field,
        "value": list(one.value) if isinstance(one.value, tuple) else one.value,
    }
    if one.attributes:
        row["attributes"] = dict(one.attributes)
    if one.lines:
        row["line"] = one.lines[0] if len(one.lines) == 1 else list(one.lines)
    row["locator"] = one.locator
    if one.column:
        row["column"] = one.column
    row |= {
        "part": str(one.part),
        "printed": one.printed,
        "confidence": one.confidence,
        "reason": one.reason.code,
        "known": one.known,
    }
    if one.reason.params:
        row["because"] = dict(one.reason.params)
    if one.doubt:
        row["doubt"] = dict(one.doubt)
    if difference is not None:
        row["change"] = str(difference.change)
        if difference.against:
            row["against"] = [_against(s) for s in difference.against[:3]]
    return row


def _against(statement: Any) -> dict[str, Any]:
    value = list(statement.value) if isinstance(statement.value, tuple) else statement.value
    return {
        "value": value,
        "source": statement.source,
        "locator": statement.locator,
        "as_of": statement.as_of,
    }


HEAD = """\
# Proposed statements. Set `step` to accepted or rejected; correct entity, field, value or attributes where
# the reading is wrong; then accept them with `grappe read {name} --accept`. Lines left over stand at the end.
"""


def proposals_text(read: Mapping[str, Any], name: str = "proposals.yml") -> str:
    """The text of a file of proposals, from the plain values of `plain_reading`."""
    body: str = yaml.dump(
        dict(read),
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
        default_flow_style=False,
    )
    return HEAD.format(name=name) + body


def load_proposals(path: Path) -> ProposalsFile:
    """Read a file of proposals back.

    Raises
    ------
    UnknownThing
        If there is no such file.
    InputRefused
        With every problem and its line.
    """
    if not path.is_file():
        raise UnknownThing("no_document", path=path)
    problems: list[Problem] = []
    read = read_yaml(path, path.name, problems)
    if read is None:
        raise InputRefused("proposals_refused", problems=problems, count=len(problems))
    head = {str(k.value): v for k, v in items(read.root)}
    for key in ("document", "source", "edition", "proposals"):
        if key not in head:
            problems.append(Problem("missing_field", path.name, 1, key))
    if problems:
        raise InputRefused("proposals_refused", problems=problems, count=len(problems))
    edition = str(plain(head["edition"]))
    if not is_date(edition):
        problems.append(Problem("bad_date", path.name, line(head["edition"]), "edition", edition))
    proposals: list[Proposal] = []
    lines: dict[str, int] = {}
    rows = head["proposals"].value if isinstance(head["proposals"], yaml.SequenceNode) else []
    for number, node in enumerate(rows, 1):
        one = proposal_of(plain(node), path.name, line(node), number, problems)
        if one is None:
            continue
        if one.id in lines:
            first = {"first": f"{path.name}, line {lines[one.id]}"}
            problems.append(Problem("proposal_twice", path.name, line(node), one.id, None, first))
            continue
        lines[one.id] = line(node)
        proposals.append(one)
    if problems:
        raise InputRefused("proposals_refused", problems=problems, count=len(problems))
    return ProposalsFile(
        document=str(plain(head["document"])),
        digest=str(plain(head["digest"])) if "digest" in head else "",
        source=str(plain(head["source"])),
        edition=edition,
        cited_by_line="cited_by" not in head or plain(head["cited_by"]) == "line",
        proposals=tuple(proposals),
        lines=lines,
        name=path.name,
    )


def proposal_of(row: Any, file: str, at: int, number: int, problems: list[Problem]) -> Proposal | None:
    """The proposal of plain values; nothing if they are wrong, which `problems` then tell.

    Parameters
    ----------
    row : mapping
        As `plain_proposal` gives it, perhaps edited.
    file, at : str, int
        Name of the file and line in it, for messages.
    number : int
        How many proposals there are up to this one: its id where it has none.
    problems : list of Problem
        Takes what is wrong.
    """
    before = len(problems)
    if not isinstance(row, dict):
        problems.append(Problem("not_a_mapping", file, at, f"proposal {number}"))
        return None
    ident = str(row.get("id", f"p{number:04}"))
    for key in row.keys() - _KEYS:
        accepted = {"accepted": ", ".join(sorted(_KEYS))}
        problems.append(Problem("unknown_field", file, at, ident, str(key), accepted))
    for key in ("entity", "kind", "field", "value"):
        if key not in row:
            problems.append(Problem("missing_field", file, at, f"{ident}.{key}"))
    if len(problems) > before:
        return None
    kind = _code(row["kind"], Kind, "kind", ident, file, at, problems)
    step = _code(row.get("step", "proposed"), Step, "step", ident, file, at, problems)
    part = _code(row.get("part", "text"), Part, "part", ident, file, at, problems)
    if not is_identifier(row["entity"]):
        problems.append(Problem("bad_identifier", file, at, ident, str(row["entity"])))
    if kind is not None and row["field"] not in declaration(Kind(kind)).fields:
        accepted = {"accepted": ", ".join(sorted(declaration(Kind(kind)).fields))}
        problems.append(Problem("unknown_field", file, at, ident, str(row["field"]), accepted))
    lines = row.get("line", row.get("lines", []))
    cited = tuple(lines) if isinstance(lines, list) else (lines,)
    if not all(isinstance(n, int) and n >= 1 for n in cited):
        problems.append(Problem("bad_locator", file, at, ident, str(lines)))
    if not isinstance(row.get("attributes", {}), dict):
        problems.append(Problem("not_a_mapping", file, at, f"{ident}.attributes"))
    confidence = row.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        problems.append(Problem("bad_number", file, at, f"{ident}.confidence", str(confidence)))
    if len(problems) > before:
        return None
    value = row["value"]
    because = row.get("because", {})
    doubt = row.get("doubt", {})
    return Proposal(
        id=ident,
        entity=str(row["entity"]),
        kind=Kind(str(kind)),
        field=str(row["field"]),
        value=tuple(str(v) for v in value) if isinstance(value, list) else value,
        printed=str(row.get("printed", "")),
        part=Part(str(part)),
        confidence=float(confidence),
        reason=Reason(str(row.get("reason", "by_hand")), because if isinstance(because, dict) else {}),
        lines=cited,
        locator=str(row.get("locator", "")),
        column=row.get("column"),
        attributes=row.get("attributes", {}),
        known=row.get("known") is True,
        name=str(row.get("name", "")),
        doubt=tuple(doubt.items()) if isinstance(doubt, dict) else (),
        step=Step(str(step)),
    )


def _code(
    given: object, codes: Any, key: str, ident: str, file: str, at: int, problems: list[Problem]
) -> str | None:
    if str(given) in {str(code) for code in codes}:
        return str(given)
    accepted = {"accepted": ", ".join(str(code) for code in codes)}
    problems.append(Problem("bad_code", file, at, f"{ident}.{key}", str(given), accepted))
    return None
