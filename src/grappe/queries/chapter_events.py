"""What changed in a country: since the earlier edition, what that one foresaw, and its life events.

Never a net change and no growth rate: an edition that is not held has no list to subtract from.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from grappe.census.editions import Edition
from grappe.census.life_events import EventKind
from grappe.present.editions import ORDER
from grappe.present.plain import Plain
from grappe.present.report.content import (
    Block,
    Cell,
    Code,
    Column,
    Count,
    Country,
    Day,
    Figure,
    FlowsDrawing,
    Heading,
    Name,
    Paragraph,
    Sentence,
    Several,
    Table,
    Tally,
    Title,
    Value,
    Word,
)
from grappe.present.report.flows import standing
from grappe.queries.chapter_answers import ALL, Answers

_LISTS = {
    "constituted": "state", "state": "state", "legal_form": "legal_form", "recognised": "recognition",
    "recognition_ended": "recognition",
}  # fmt: skip
"""Lists whose codes are the values that events of a kind change."""


def changes(answers: Answers) -> Iterator[Block]:
    """Events since the earlier edition, certain and possible; what it foresaw; then the whole course."""
    happened, course = answers.rows("changes"), answers.rows("timeline")
    if not happened and not course:
        return
    yield Heading("changes")
    if answers.earlier is not None:
        yield from _since(answers, answers.earlier, happened)
        yield from _foreseen(answers, answers.earlier)
    # Of all countries together the flows and what was foreseen: event by event, each chapter tells its own.
    if course and answers.country != ALL:
        yield Heading("course", 2)
        yield Table(
            "course",
            (Column("date", 1.8), Column("cluster", 3.6), Column("event", 4.2)),
            tuple(_course_row(answers, row) for row in course),
            {"country": Country(answers.country), "on": Day(answers.when.on.text)},
            (answers.ask("timeline"),),
        )


def edition_value(one: Edition) -> Value:
    """An edition as a sentence names it, or by its day."""
    return Title(one.phrase) if one.phrase else Day(one.day.text)


def _since(answers: Answers, earlier: Edition, rows: list[Plain]) -> Iterator[Block]:
    where = {"from": earlier.name, "to": answers.edition.name}
    both: dict[str, Value] = {"one": edition_value(earlier), "other": edition_value(answers.edition)}
    country = Country(answers.country)
    told = []
    if rows:
        kinds = [kind for kind in EventKind if any(row["kind"] == kind for row in rows)]
        tallies = tuple(
            Tally(Word(f"event_{kind}"), answers.count("changes", kind=str(kind))) for kind in kinds
        )
        asked = answers.ask("changes", **where)
        told.append(
            Sentence(
                "compared",
                both
                | {
                    "country": country,
                    "count": answers.count("changes", "events"),
                    "tallies": Several(tallies),
                },
                asks=(asked,),
            )
        )
        if answers.rows("changes", when="possible"):
            told.append(
                Sentence("possible", {"count": answers.count("changes", "events", when="possible")} | both)
            )
    else:
        told.append(Sentence("compared_none", both | {"country": country}, asks=(answers.ask("changes"),)))
    unheld = next((one for one in (earlier, answers.edition) if not one.held), None)
    key = "no_net_change" if unheld else "no_net_change_held"
    told.append(Sentence(key, {"one": edition_value(unheld or earlier)}, asks=(answers.ask("editions"),)))
    unknown = answers.rows("standing", then="unknown")
    if unknown:
        told.append(
            Sentence(
                "standing_unknown",
                {
                    "count": answers.count("standing", "clusters", then="unknown"),
                    "total": answers.count("standing"),
                    "one": edition_value(earlier),
                },
            )
        )
    yield Paragraph(tuple(told))
    if rows and answers.country != ALL:
        yield Table(
            "changes",
            (
                Column("event", 2.4), Column("who", 3.6), Column("date", 2.2), Column("what", 3),
                Column("when", 1.2),
            ),
            tuple(_row(answers, row) for row in rows),
            {"country": country} | both,
            (answers.ask("changes", **where),),
        )  # fmt: skip
    yield from _flows(answers, earlier, both, where)


def _flows(
    answers: Answers, earlier: Edition, both: dict[str, Value], where: dict[str, str]
) -> Iterator[Block]:
    pairs = sorted(
        {(row["then"], row["now"]) for row in answers.rows("standing")},
        key=lambda pair: (ORDER.index(pair[0]), ORDER.index(pair[1])),
    )
    if not pairs:
        return
    found = tuple((then, now, len(answers.rows("standing", then=then, now=now))) for then, now in pairs)
    yield Figure(
        "flows",
        FlowsDrawing(edition_value(earlier), edition_value(answers.edition), found),
        {"country": Country(answers.country)} | both,
        (answers.ask("standing", **where),),
        (Sentence("flows_note", both, asks=(answers.ask("standing", **where),)),),
    )


def _foreseen(answers: Answers, earlier: Edition) -> Iterator[Block]:
    rows = answers.rows("foreseen")
    yield Heading("foreseen", 2)
    params: dict[str, Value] = {"one": edition_value(earlier), "country": Country(answers.country)}
    if not rows:
        yield Paragraph((Sentence("foreseen_none", params, asks=(answers.ask("foreseen"),)),))
        return
    yield Paragraph((Sentence("foreseen", params | {"count": answers.count("foreseen", "expectations")}),))
    yield Table(
        "foreseen",
        (Column("cluster", 4), Column("expectation", 2.4), Column("outcome", 3)),
        tuple(
            (
                Cell((answers.name(row["id"]),), row["statements"]),
                Cell((standing(row["expectation"]),)),
                Cell((Word(f"outcome_{row['outcome']}"),)),
            )
            for row in rows
        ),
        params,
        (answers.ask("foreseen"),),
    )


def _row(answers: Answers, row: Plain) -> tuple[Cell, ...]:
    return (
        Cell((Word(f"event_{row['kind']}"),)),
        Cell((answers.name(row["entity"]),), row["statements"]),
        Cell((span(row),)),
        Cell(tuple(_changed(answers, row))),
        Cell((Word(f"when_{row['when']}"),)),
    )


def _course_row(answers: Answers, row: Plain) -> tuple[Cell, ...]:
    changed = tuple(_changed(answers, row))
    event = Word(f"event_{row['kind']}")
    if changed:
        joined = "event_into" if row["kind"] == EventKind.MERGED else "event_with"
        event = Word(joined, {"event": event, "what": changed[0]})
    return (
        Cell((span(row),)),
        Cell((answers.name(row["entity"]),), row["statements"][:2]),
        Cell((event,)),
    )


def _changed(answers: Answers, row: Plain) -> Iterator[Value]:
    """What an event changed: the two values, the new one, or the other one concerned."""
    before, after = (_value(row, row[end]) for end in ("before", "after"))
    if before and after:
        yield Word("changed", {"before": before, "after": after})
    elif after and not row["other"]:
        if row["kind"] != EventKind.CONSTITUTED:  # the event itself says what it led to
            yield after
    elif row["other"]:
        other: Value = answers.name(row["other"])
        if row["kind"] == EventKind.MERGED:
            other = Word("into", {"other": other})
        yield Word("changed_by", {"what": after, "other": other}) if after else other


def _value(row: Plain, value: object) -> Value | None:
    if value is None:
        return None
    if isinstance(value, list):
        return Several(tuple(Name(str(one)) for one in value), "comma")
    if row["kind"] in _LISTS:
        return Code(_LISTS[row["kind"]], str(value))
    return Count(value) if isinstance(value, int | float) else Name(str(value))


def span(row: Plain) -> Value:
    """When an event happened: the date as printed, or the bounds that are known."""
    if row["printed"]:
        return span_of(str(row["printed"]))
    end = date.fromisoformat(row["latest"]) + timedelta(days=1)
    first = date.fromisoformat(row["earliest"]) if row["earliest"] else None
    # Bounds are as exact as what bounds them: a source of a month bounds by that month.
    exact = end.day != 1 or (first is not None and first.day != 1)
    last = Day(row["latest"] if exact else row["latest"][:7])
    if first is None:
        return Word("by_day" if exact else "by_month", {"day": last})
    start = Day(row["earliest"] if exact else row["earliest"][:7])
    return Word("between_days" if exact else "between_months", {"first": start, "last": last})


def span_of(printed: str) -> Value:
    """A date as printed; dates that cannot all be true beside one another."""
    days = tuple(Day(text) for text in printed.split(" / "))
    return days[0] if len(days) == 1 else Several(days, "versus")
