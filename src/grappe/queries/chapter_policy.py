"""The policy of a country: its instruments with their figures, and the programmes that reach it."""

from collections.abc import Iterator

from grappe.census.disputes import shown_values
from grappe.census.reconciliation import Shown
from grappe.domain.vocabulary import vocabulary
from grappe.present.plain import Plain
from grappe.present.report.content import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Count,
    Country,
    Day,
    Heading,
    Name,
    Paragraph,
    Sentence,
    Several,
    Table,
    Tally,
    Value,
    Word,
)
from grappe.queries.chapter_answers import Answers, first_cites
from grappe.queries.chapter_schemes import schemes


def policy(answers: Answers) -> Iterator[Block]:
    """Instruments by kind, table of them, their figures; then programmes and events."""
    rows = answers.rows("instruments")
    if not rows and not answers.rows("programmes"):
        return
    yield Heading("policy")
    if rows:
        yield from _instruments(answers, rows)
    yield from schemes(answers)
    if programmes := answers.rows("programmes"):
        yield from _programmes(answers, programmes)


def _instruments(answers: Answers, rows: list[Plain]) -> Iterator[Block]:
    kinds = [code for code in vocabulary("instrument_kind") if any(row["kind"] == code for row in rows)]
    tallies = tuple(
        Tally(Code("instrument_kind", code), answers.count("instruments", kind=code)) for code in kinds
    )
    yield Paragraph(
        (
            Sentence(
                "instruments",
                {
                    "country": Country(answers.country),
                    "count": answers.count("instruments", "instruments"),
                    "tallies": Several(tallies),
                },
            ),
        )
    )
    # In order of time, as a policy unfolds; those without a date last.
    ordered = sorted(rows, key=lambda row: (row["start"] is None, row["start"] or "", str(row["name"])))
    yield Table(
        "instruments",
        (Column("instrument", 4), Column("kind", 2.2), Column("authority", 3.4), Column("period", 1.8)),
        tuple(_instrument(answers, row) for row in ordered),
        {"country": Country(answers.country)},
        (answers.ask("instruments"),),
    )
    items = tuple(item for row in ordered if (item := _figures(answers, row)))
    if items:
        yield Heading("instrument_figures", 2)
        yield Bullets(items)


def _instrument(answers: Answers, row: Plain) -> tuple[Cell, ...]:
    values = shown_values(answers.facts, row["id"], answers.when.on)
    bodies = tuple(answers.name(str(one.statement.value)) for one in values.get("authority", []))
    return (
        Cell((Name(str(row["name"]), row["id"]),), answers.cites(row["id"], "name")[:2]),
        Cell((Code("instrument_kind", row["kind"]),) if row["kind"] in vocabulary("instrument_kind") else ()),
        Cell((Several(bodies, "comma"),) if bodies else (Word("blank"),)),
        Cell(period(row)),
    )


def period(row: Plain) -> tuple[Value, ...]:
    """Start and end of something, as far as they are known."""
    if row["start"] and row["end"]:
        if row["start"] == row["end"]:
            return (Day(row["start"]),)
        return (Word("from_to", {"start": Day(row["start"]), "end": Day(row["end"])}),)
    if row["start"]:
        return (Day(row["start"]),)
    return (Word("until", {"end": Day(row["end"])}),) if row["end"] else (Word("blank"),)


def _figures(answers: Answers, row: Plain) -> Sentence | None:
    shown = shown_values(answers.facts, row["id"], answers.when.on).get("figure", [])
    if not shown:
        return None
    return Sentence(
        "instrument_figures",
        {
            "name": Name(str(row["name"]), row["id"]),
            "figures": Several(tuple(_figure(one) for one in shown), "semicolon"),
        },
        first_cites(one.statement for one in shown),
    )


def _figure(shown: Shown) -> Value:
    return Word(
        "figure_of",
        {"what": Code("measure", str(shown.statement.attributes.get("of"))), "figure": figure(shown)},
    )


def figure(shown: Shown) -> Value:
    """A figure with its unit and how exact it is."""
    statement = shown.statement
    assert isinstance(statement.value, int | float)
    unit = str(statement.attributes.get("unit") or "count")
    # What a field counts in is told by its label; other units stand beside the number.
    noun = None if unit in ("count", shown.field.unit) else f"unit_{unit}"
    precision = str(statement.attributes.get("precision", "exact"))
    low, high = statement.attributes.get("low"), statement.attributes.get("high")
    if precision == "range" and isinstance(low, int | float) and isinstance(high, int | float):
        return Word("precision_range", {"low": Count(low), "high": Count(high, noun=noun)})
    value = Count(statement.value, noun=noun)
    return value if precision in ("exact", "range") else Word(f"precision_{precision}", {"figure": value})


def _programmes(answers: Answers, rows: list[Plain]) -> Iterator[Block]:
    yield Heading("programmes", 2)
    ordered = sorted(rows, key=lambda row: (row["start"] is None, row["start"] or "", str(row["name"])))
    yield Table(
        "programmes",
        (Column("programme", 4), Column("kind", 1.6), Column("run_by", 3.6), Column("period", 2.2)),
        tuple(_programme(answers, row) for row in ordered),
        {"country": Country(answers.country)},
        (answers.ask("programmes"),),
    )


def _programme(answers: Answers, row: Plain) -> tuple[Cell, ...]:
    values = shown_values(answers.facts, row["id"], answers.when.on)
    bodies = dict.fromkeys(
        str(one.statement.value) for name in ("organiser", "funder") for one in values.get(name, [])
    )
    names = tuple(answers.name(one) for one in bodies)
    return (
        Cell((Name(str(row["name"]), row["id"]),), answers.cites(row["id"], "name")[:2]),
        Cell((Code("kind", row["kind"]),)),
        Cell((Several(names, "comma"),) if names else (Word("blank"),)),
        Cell(period(row)),
    )
