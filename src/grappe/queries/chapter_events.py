"""What changed in a country by the day of a chapter: life events of its clusters, as sources date them."""

from collections.abc import Iterator
from dataclasses import dataclass

from grappe.census.disputes import shown_field
from grappe.present.report.content import (
    Block,
    Cell,
    Column,
    Country,
    Day,
    Heading,
    Paragraph,
    Sentence,
    Several,
    Table,
    Value,
    Word,
)
from grappe.queries.chapter_answers import Answers, first_cites

DATED = {
    "launched": "event_launched",
    "created": "event_created",
    "labelled": "event_labelled",
    "contracted": "event_contracted",
}
"""Fields of a cluster that are the day of an event, and the word for it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One life event: of which cluster, what, on which day if told, with whom, and who says so."""

    entity: str
    word: str
    day: str | None
    other: str | None
    cites: tuple[str, ...]


def life_events(answers: Answers) -> list[Event]:
    """Events of the clusters of a country, dated ones in order of time, then those without a date.

    The one place where the chapter asks for events: a comparison of two editions can answer instead.
    """
    found: list[Event] = []
    for entity in sorted(answers.ids):
        for field, word in DATED.items():
            for shown in shown_field(answers.facts, entity, field, answers.when.on):
                cites = first_cites((*shown.statements, *shown.confirmed_by))
                found.append(Event(entity, word, str(shown.statement.value), None, cites))
        merged = shown_field(answers.facts, entity, "merged_into", answers.when.on)
        for shown in merged:
            found.append(
                Event(entity, "event_merged", None, str(shown.statement.value), first_cites(shown.statements))
            )
        for shown in shown_field(answers.facts, entity, "life", answers.when.on):
            if shown.statement.value == "dissolved":
                found.append(Event(entity, "event_dissolved", None, None, first_cites(shown.statements)))
    # Within a year, a date that tells the month comes after one that does not.
    return sorted(found, key=lambda one: (one.day is None, one.day or "", one.entity, one.word))


def changes(answers: Answers) -> Iterator[Block]:
    """What happened, event by event: no net change and no growth rate, as no earlier list is held."""
    events = life_events(answers)
    if not events:
        return
    yield Heading("changes")
    sentences = [
        Sentence(
            "changes",
            {
                "country": Country(answers.country),
                "dated": answers.count("clusters", "clusters", measure="known", of="created"),
                "total": answers.count("clusters", "clusters"),
            },
        )
    ]
    merged = [one for one in events if one.word == "event_merged"]
    if merged:
        names = tuple(
            Word("merger", {"name": answers.name(one.entity), "other": answers.name(str(one.other))})
            for one in merged
        )
        sentences.append(
            Sentence(
                "merged",
                {"count": answers.count("mentioned", "merged", life="merged"), "names": Several(names)},
                tuple(cite for one in merged for cite in one.cites)[:3],
            )
        )
    yield Paragraph(tuple(sentences))
    yield Table(
        "changes",
        (Column("date", 1.6), Column("cluster", 4.4), Column("event", 3.4)),
        tuple(_row(answers, one) for one in events),
        {"country": Country(answers.country), "on": Day(answers.when.on.text)},
        (answers.ask("clusters"),),
    )


def _row(answers: Answers, event: Event) -> tuple[Cell, ...]:
    what: Value = Word(event.word)
    if event.other:
        what = Word(event.word, {"other": answers.name(event.other)})
    return (
        Cell((Day(event.day),) if event.day else (Word("undated"),)),
        Cell((answers.name(event.entity),), event.cites[:2]),
        Cell((what,)),
    )
