"""From proposals to statements: the same checks as for a data set, with the place in the file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grappe.census.card import Card
from grappe.census.reading.proposal import Proposal
from grappe.census.rows import Row
from grappe.census.validation import Validator
from grappe.domain.entity import Kind
from grappe.domain.errors import InputRefused, Problem
from grappe.domain.field import FieldType, declaration
from grappe.domain.source import Source
from grappe.domain.statement import Statement
from grappe.domain.vocabulary import LANGUAGES


def statements_of(
    proposals: Sequence[Proposal],
    source: Source,
    as_of: str,
    known: Mapping[str, Kind],
    file: str = "proposals",
    lines: Mapping[str, int] | None = None,
) -> list[Statement]:
    """Statements of proposals, checked against the declarations of their fields.

    Parameters
    ----------
    proposals : sequence of Proposal
        Those that were accepted; entities that are in none of `known` must have their caption here.
    source : Source
        The document; it is cited by line, or by the locators of the proposals.
    as_of : str
        The day that the document speaks of.
    known : mapping of id to kind
        Entities of the census.
    file, lines : str, mapping of proposal id to line
        Where each proposal stands, for messages.

    Raises
    ------
    InputRefused
        With every problem: a value that its field cannot have, a reference that leads nowhere.
    """
    problems: list[Problem] = []
    where = lines or {}
    title = dict.fromkeys(LANGUAGES, source.title)
    validator = Validator(Card(file, title, as_of, "", {}, {}, {source.id: source}), file, problems)
    found: list[Statement] = []
    kinds = {**known, **{p.entity: p.kind for p in proposals}}
    for one in proposals:
        at = where.get(one.id, 0)
        if known.get(one.entity, one.kind) is not one.kind:
            problems.append(_problem("wrong_kind", file, at, one, one.entity, found=str(known[one.entity]),
                                     accepted=str(one.kind)))  # fmt: skip
            continue
        row = Row(one.entity, str(one.kind), one.field, _values(one, source, as_of), file, at)
        said = len(problems)
        statement = validator.statement(row)
        if statement is None and len(problems) == said + 1 and problems[-1].code == "duplicate_statement":
            # Two proposals of one line may say the same: one statement is enough.
            problems.pop()
        elif statement is not None:
            # A source that is cited by keys knows no parts: the reading saw where each statement stands.
            found.append(statement if source.parts else replace(statement, part=one.part))
            _check_references(one, statement, kinds, file, at, problems)
    problems += _captions(proposals, known, file, where)
    if problems:
        raise InputRefused("proposals_refused", problems=problems, count=len(problems))
    return found


def _values(one: Proposal, source: Source, as_of: str) -> dict[str, Any]:
    values: dict[str, Any] = {"source": source.id, "as_of": as_of, **one.attributes}
    values["value"] = list(one.value) if isinstance(one.value, tuple) else one.value
    if source.cited_by == "line":
        values["line"] = list(one.lines) if len(one.lines) != 1 else one.lines[0]
        if one.column is not None and one.column in source.columns:
            values["column"] = one.column
    else:
        values["key"] = one.locator or one.id
    if one.printed:
        values["printed"] = one.printed
    return values


def _check_references(
    one: Proposal,
    statement: Statement,
    kinds: Mapping[str, Kind],
    file: str,
    at: int,
    problems: list[Problem],
) -> None:
    field = declaration(one.kind).fields[one.field]
    if field.type not in (FieldType.REF, FieldType.PLACES):
        return
    targets = statement.value if isinstance(statement.value, tuple) else (str(statement.value),)
    for target in targets:
        if target not in kinds:
            problems.append(_problem("dangling_reference", file, at, one, target))
        elif kinds[target] not in field.refers:
            accepted = ", ".join(field.refers)
            problems.append(
                _problem("wrong_kind", file, at, one, target, found=str(kinds[target]), accepted=accepted)
            )


def _captions(
    proposals: Sequence[Proposal], known: Collection[str], file: str, where: Mapping[str, int]
) -> list[Problem]:
    named = {p.entity for p in proposals if p.field == declaration(p.kind).caption}
    first: dict[str, Proposal] = {}
    for one in proposals:
        first.setdefault(one.entity, one)
    return [
        _problem(
            "missing_caption", file, where.get(one.id, 0), one, None, caption=declaration(one.kind).caption
        )
        for entity, one in first.items()
        if entity not in known and entity not in named
    ]


def _problem(code: str, file: str, at: int, one: Proposal, value: object, **params: str) -> Problem:
    shown = None if value is None else str(value)
    return Problem(code, file, at or None, f"{one.entity}.{one.field}", shown, params)
