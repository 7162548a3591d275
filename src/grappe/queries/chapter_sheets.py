"""The identity sheets of the clusters of a country: every field with its statements and its rivals."""

from collections.abc import Iterable, Iterator

from grappe.census.disputes import shown_values
from grappe.census.reconciliation import Shown
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.statement import Statement
from grappe.present.plain import Plain, caption
from grappe.present.report.content import (
    Block,
    Code,
    Count,
    Country,
    Day,
    Entry,
    Heading,
    Label,
    Look,
    Name,
    Several,
    Sheet,
    Url,
    Value,
    Word,
)
from grappe.queries.chapter_answers import Answers, first_cites
from grappe.queries.chapter_cooperation import partner_entry
from grappe.queries.chapter_policy import figure

_LEFT_OUT = ("name", "listed", "acronym", "creative")
"""Fields told by the heading and the symbol of the sheet."""


def sheets(answers: Answers) -> Iterator[Block]:
    """A sheet per cluster of the country's table, in its order; then those of the text that say enough."""
    rows = answers.rows("clusters")
    if not rows:
        return
    yield Heading("sheets")
    for row in rows:
        look = Look(
            row["sector"],
            row["state"],
            row["anchoring"] if row["anchoring"] != "none" else None,
            bool(row["provisional_location"]),
        )
        acronym = f" ({row['acronym']})" if row["acronym"] and row["acronym"] not in row["name"] else ""
        yield Sheet(row["id"], f"{row['name']}{acronym}", look, tuple(_rows(answers, row["id"])))


def _rows(answers: Answers, entity: str) -> Iterator[tuple[Value, tuple[Entry, ...]]]:
    values = shown_values(answers.facts, entity, answers.when.on)
    for name in declaration(Kind.CLUSTER).fields:
        if name in _LEFT_OUT or name not in values:
            continue
        yield Label("cluster", name), tuple(_entries(answers, values[name]))
    links = [row for row in answers.rows("links") if entity in (row["source"], row["target"])]
    if links:
        yield Word("sheet_links"), tuple(_links(answers, entity, links))


def _links(answers: Answers, entity: str, rows: Iterable[Plain]) -> Iterator[Entry]:
    found = [(row["target"] if row["source"] == entity else row["source"], row) for row in rows]
    for partner, row in sorted(
        found, key=lambda pair: (answers.name(pair[0]).text.casefold(), pair[1]["id"])
    ):
        entry = partner_entry(answers, row, partner, abroad=row["level"] not in (None, "national"))
        printed = row["level_printed"]
        level = (Code("level_printed", printed),) if printed else ()
        yield Entry(entry.values, entry.cites, (*entry.qualifiers, *level))


def _entries(answers: Answers, slots: Iterable[Shown]) -> Iterator[Entry]:
    for shown in slots:
        yield Entry(
            (_values(answers, shown.statements, shown),),
            first_cites((*shown.statements, *shown.confirmed_by), 2),
            tuple(_qualifiers(answers, shown.statement)),
            tuple(_rival(answers, shown, one) for one in _distinct(shown.rivals)),
        )


def _rival(answers: Answers, shown: Shown, statement: Statement) -> Entry:
    return Entry((_value(answers, statement, shown),), (statement.id,))


def _distinct(statements: Iterable[Statement]) -> list[Statement]:
    return list({str(one.value): one for one in statements}.values())


def _values(answers: Answers, statements: tuple[Statement, ...], shown: Shown) -> Value:
    found = tuple(_value(answers, one, shown) for one in _distinct(statements))
    return found[0] if len(found) == 1 else Several(found, "versus")


def _value(answers: Answers, statement: Statement, shown: Shown) -> Value:
    if statement.redacted:
        return Word("withheld")
    value = statement.value
    match shown.field.type:
        case FieldType.TAG:
            return Code(str(shown.field.vocabulary), str(value))
        case FieldType.DATE:
            return Day(str(value))
        case FieldType.COUNTRY:
            return Country(str(value))
        case FieldType.URL:
            return Url(str(value))
        case FieldType.FLAG:
            return Word("flag_yes")
        case FieldType.FIGURE:
            return _figure(shown, statement)
        case FieldType.PLACES:
            names = tuple(Name(caption(answers.facts, one) or one) for one in statement.places)
            return Several(names, "comma")
        case FieldType.REF:
            kind = answers.facts.entities[str(value)].kind
            name = caption(answers.facts, str(value)) or str(value)
            return Name(name, None if kind is Kind.PERSON else str(value))
    return Count(value) if isinstance(value, int | float) else Name(str(value), lang=statement.language)


def _figure(shown: Shown, statement: Statement) -> Value:
    told = figure(Shown(shown.field, shown.slot, (statement,), (), (), shown.why, None))
    of = statement.attributes.get("of")
    if of is None or shown.field.vocabulary is None:
        return told
    return Word("figure_of", {"what": Code(shown.field.vocabulary, str(of)), "figure": told})


def _qualifiers(answers: Answers, statement: Statement) -> Iterator[Value]:
    """What limits a value: not of members, not observed, planned, by whom, in what role."""
    attributes = statement.attributes
    if attributes.get("perimeter") not in (None, "members"):
        yield Code("perimeter", str(attributes["perimeter"]))
    if attributes.get("modality") not in (None, "observed"):
        yield Code("modality", str(attributes["modality"]))
    if attributes.get("status") not in (None, "active"):
        yield Code("status", str(attributes["status"]))
    if (role := attributes.get("role")) is not None:
        yield Code("member_role", str(role))
    if (level := attributes.get("level")) is not None:
        yield Code("level_printed", str(level))
    if isinstance(by := attributes.get("by"), str):
        yield Name(caption(answers.facts, by) or by, by)
    if attributes.get("provisional"):
        yield Word("provisional_word")
    if attributes.get("period"):
        yield Name(str(attributes["period"]))
