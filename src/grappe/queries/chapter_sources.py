"""How a chapter was made, and what it cites: documents of the census, texts outside it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from grappe.domain.errors import UnknownThing
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.report.content import (
    Block,
    Bullets,
    Cell,
    Citation,
    Code,
    Column,
    Count,
    Country,
    Day,
    Heading,
    Name,
    Sentence,
    Several,
    Table,
    Title,
    Word,
    parts_of,
)
from grappe.queries.chapter_answers import ALL, Answers


def method(answers: Answers) -> Iterator[Block]:
    """How the chapter was made, in figures of what it rests on."""
    ask = answers.ask("sources")
    yield Heading("method")
    yield Bullets(
        (
            Sentence("method_statements", {"on": Day(answers.when.on.text)}, asks=(ask,)),
            Sentence("method_unknown", asks=(ask,)),
            Sentence("method_levels", asks=(answers.ask("links"),)),
            Sentence("method_disputes", asks=(answers.ask("disputes"),)),
            Sentence("method_events", asks=(answers.ask("editions"),)),
            Sentence("method_claims", asks=(answers.ask("claims"),)),
            Sentence("method_schemes", asks=(answers.ask("schemes"),)),
            _state(answers),
        )
    )


def _state(answers: Answers) -> Sentence:
    asks = (answers.ask("clusters"),)
    if answers.country == ALL:
        return Sentence("method_state_all", asks=asks)
    return Sentence("method_state", {"country": Country(answers.country)}, asks=asks)


def sources(answers: Answers, cited: Iterable[str]) -> Iterator[Block]:
    """The documents that the chapter cites, and how many of their statements it rests on."""
    cited = set(cited)
    rows = Counter(answers.facts.by_id[one].source for one in cited if one not in answers.outside)
    yield Heading("sources")
    cells = []
    for id in sorted(rows, key=lambda one: (-rows[one], one)):
        source = answers.facts.sources[id]
        told = [Name(part) for part in (source.author, source.publisher) if part]
        cells.append(
            (
                Cell((Name(source.title, lang=source.language),)),
                Cell((Several(tuple(told), "comma"),) if told else (Word("blank"),)),
                Cell((Code("source_kind", str(source.kind)),)),
                Cell((Day(source.date),)),
                Cell((Count(rows[id]),)),
            )
        )
    yield Table(
        "sources",
        (
            Column("title", 4), Column("by", 4), Column("kind", 2), Column("date", 2),
            Column("statements", 1.4, "end"),
        ),
        tuple(cells),
        asks=(answers.ask("sources"),),
    )  # fmt: skip
    yield from _documents(answers)


def _documents(answers: Answers) -> Iterator[Block]:
    """Legal texts and pages outside the census, by the number that marks them."""
    found = [one for one in answers.outside.values() if one.number is not None]
    if not found:
        return
    yield Table(
        "documents",
        (Column("number", 0.8), Column("title", 7), Column("date", 2)),
        tuple(
            (
                Cell((Count(one.number or 0),)),
                Cell((Title(dict.fromkeys(LANGUAGES, str(one.title)), one.href),)),
                Cell((Day(one.published) if one.published else Word("blank"),)),
            )
            for one in sorted(found, key=lambda one: one.number or 0)
        ),
        asks=(answers.ask("schemes"),),
    )


def cited_in(blocks: object) -> Iterator[str]:
    """Statements that some blocks cite, each as often as they do."""
    for part in parts_of(tuple(blocks) if isinstance(blocks, list) else blocks):
        yield from getattr(part, "cites", ())


def citation(answers: Answers, statement: str) -> Citation:
    """Where a statement, or what is cited outside the census, stands.

    Raises
    ------
    UnknownThing
        If there is no such statement.
    """
    if statement in answers.outside:
        return answers.outside[statement]
    found = answers.facts.by_id.get(statement)
    if found is None:
        raise UnknownThing("unknown_statement", id=statement)
    return Citation(found.source, found.lines[0] if found.lines else None, found.key)
