"""Claims of the study that concern a country, put to the test of the census."""

from collections.abc import Iterator

from grappe.domain.vocabulary import LANGUAGES
from grappe.present.comparisons import reason_words, scope_words, tally_words
from grappe.present.plain import Plain
from grappe.present.report.content import (
    Ask,
    Block,
    Cell,
    Column,
    Count,
    Country,
    Day,
    Entry,
    Heading,
    Paragraph,
    Sentence,
    Several,
    Table,
    Title,
    Value,
    Word,
)
from grappe.queries.chapter_answers import ALL, Answers

VERDICTS = ("supported", "contradicted", "cannot_tell")


def claims(answers: Answers) -> Iterator[Block]:
    """Claims on the country itself, then those on all countries of which its clusters are part."""
    rows = answers.rows("claims")
    # Where no table is held there is nothing that a claim could be read of.
    if not rows or not answers.rows("clusters"):
        return
    yield Heading("claims")
    tallies = tuple(
        answers.count("claims", f"claims_{code}", verdict=code)
        for code in VERDICTS
        if answers.rows("claims", verdict=code)
    )
    yield Paragraph(
        (
            Sentence(
                "claims",
                {
                    "country": Country(answers.country),
                    "count": answers.count("claims", "claims"),
                    "tallies": Several(tallies),
                },
            ),
            Sentence("claims_read", asks=(answers.ask("claims"),)),
        )
    )
    for own in (True, False):
        if found := answers.rows("claims", own=own):
            key = "claims_own" if own else "claims_shared"
            if answers.country == ALL:
                key = "claims_all"
            yield Table(
                key,
                (Column("claim", 3.2), Column("verdict", 1.5), Column("read_of", 2), Column("evidence", 5.6)),
                tuple(_row(answers, row) for row in found),
                {"country": Country(answers.country), "on": Day(answers.when.on.text)},
                (answers.ask("claims", own=own),),
            )


def _row(answers: Answers, row: Plain) -> tuple[Cell, ...]:
    scope = row["scopes"][0]
    quoted = [one for quote in row["quotes"] for one in answers.cites_of_line(quote["source"], quote["line"])]
    verdict = [Word(f"verdict_{row['verdict']}")]
    if not row["holds_in_all_scopes"]:
        verdict.append(Word("verdict_otherwise"))
    entries = [_evidence(answers, row, scope, one) for one in scope["evidence"]]
    if scope["unknown"]:
        whole = Count(len(scope["unknown"]), _ask(row, scope, "unknown"), "clusters")
        entries.append(Entry((Word("evidence_unknown", {"count": whole}),)))
    if scope["reason"]:
        entries.append(Entry((_words(reason_words, scope["reason"]),)))
    return (
        Cell((Title(row["claim"], f"@/claims/#{row['id']}"),), tuple(quoted[:2])),
        Cell(tuple(verdict)),
        Cell((Word("read_of", {"scope": _words(scope_words, scope["scope"]),
                               "count": Count(scope["clusters"], _ask(row, scope, "scope"))}),)),
        Cell(entries=tuple(entries)),
    )  # fmt: skip


def _evidence(answers: Answers, row: Plain, scope: Plain, one: Plain) -> Entry:
    """How many of how many, the interval where they are few, how many of them are of the country."""
    params: dict[str, Value] = {
        "what": _words(tally_words, one["label"]),
        "count": Count(one["count"], _ask(row, scope, one["label"])),
        "of": Count(one["of"], _ask(row, scope, "scope")),
    }
    qualifiers: list[Value] = []
    if one["few"] and one["of"]:
        bounds = {
            "low": Count(round(100 * one["low"])),
            "high": Count(round(100 * one["high"]), noun="unit_percent"),
        }
        qualifiers.append(Word("interval", bounds))
    shared = not row["own"] and answers.country != ALL
    if shared and one["count"] and not one["label"].startswith("country:"):
        here = Count(len(answers.ids.intersection(one["ids"])), _ask(row, scope, one["label"]))
        qualifiers.append(Word("evidence_here", {"here": here, "country": Country(answers.country)}))
    return Entry((Word("evidence", params),), (), tuple(qualifiers))


def _ask(row: Plain, scope: Plain, label: str) -> Ask:
    return Ask("claims", (("claim", row["id"]), ("scope", scope["scope"]), ("label", label)))


def _words(word: object, code: str) -> Title:
    assert callable(word)
    return Title({language: word(code, language) for language in LANGUAGES})
