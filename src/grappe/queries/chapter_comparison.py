"""The countries side by side: what they share and where they differ, never ranked; legal forms; flows."""

from collections.abc import Iterator

from grappe.domain.vocabulary import LANGUAGES
from grappe.present.comparisons import code_words, form_code_words, part_words
from grappe.present.plain import Plain
from grappe.present.report.content import (
    Ask,
    Block,
    Cell,
    Code,
    Column,
    Count,
    Country,
    Day,
    Entry,
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
from grappe.queries.chapter_answers import Answers
from grappe.queries.comparisons import compare, matrix_of_forms

PARTS = (
    "state", "sector", "anchoring", "large_city", "legal_form", "emergence_mode", "partner_north",
    "partner_south", "level", "instrument_kind", "type",
)  # fmt: skip
"""Parts of a comparison that the chapter tells, in its order."""


def countries_with_table(answers: Answers) -> list[str]:
    """Countries of which the study has a table, by code."""
    return sorted({str(row["country"]) for row in answers.rows("clusters")})


def all_in_figures(answers: Answers) -> Iterator[Block]:
    """Clusters of all tables by country and state."""
    rows = answers.rows("clusters")
    if not rows:
        return
    told = countries_with_table(answers)
    yield Heading("introduction")
    tallies = tuple(Tally(Country(code), answers.count("clusters", country=code)) for code in told)
    states = tuple(
        answers.count("clusters", state, state=state)
        for state in ("constituted", "emerging", "expected")
        if answers.rows("clusters", state=state)
    )
    yield Paragraph(
        (
            Sentence(
                "listed_all",
                {
                    "count": answers.count("clusters", "clusters"),
                    "on": Day(answers.when.on.text),
                    "tallies": Several(tallies),
                },
            ),
            Sentence("states_all", {"states": Several(states)}),
            Sentence("not_ranked", asks=(answers.ask("clusters"),)),
        )
    )


def side_by_side(answers: Answers) -> Iterator[Block]:
    """A table per part, a column per country: how many of how many, the interval where they are few."""
    told = countries_with_table(answers)
    if len(told) < 2:
        return
    found = compare(answers.when, countries=told)
    parts = {part["part"]: part for part in found["parts"]}
    yield Heading("side_by_side")
    yield Paragraph((Sentence("shares", asks=(answers.ask("clusters"),)),))
    for name in PARTS:
        if name in parts and parts[name]["rows"]:
            yield _part(answers, parts[name], told)


def _part(answers: Answers, part: Plain, countries: list[str]) -> Table:
    title = Title({language: part_words(part["part"], language) for language in LANGUAGES})
    rows = [
        (
            Cell((_code(part["part"], row["code"]),)),
            *(Cell((_share(part["part"], row["code"], code, row["cells"][code]),)) for code in countries),
        )
        for row in part["rows"]
    ]
    if any(part["unknown"][code] for code in countries):
        unknown = (_count(part["part"], "unknown", code, len(part["unknown"][code])) for code in countries)
        rows.append((Cell((Word("unknown"),)), *(Cell((one,)) for one in unknown)))
    return Table(
        "compared",
        (Column("code", 3), *(Column(code, 2, "end") for code in countries)),
        tuple(rows),
        {"title": title, "on": Day(answers.when.on.text)},
        (Ask("compared", (("countries", ",".join(countries)),)),),
    )


def _code(part: str, code: str) -> Title:
    return Title({language: code_words(part, code, language) for language in LANGUAGES})


def _count(part: str, row: str, country: str, value: int) -> Count:
    return Count(value, Ask("compared", (("country", country), ("part", part), ("row", row))))


def _share(part: str, row: str, country: str, cell: Plain) -> Value:
    count = _count(part, row, country, cell["count"])
    if cell["of"] is None:
        return count
    if not cell["of"]:
        return Word("blank")
    whole = Count(cell["of"])
    if not cell["few"]:
        share = Count(round(100 * cell["share"]), noun="unit_percent")
        return Word("share", {"count": count, "of": whole, "share": share})
    low, high = Count(round(100 * cell["low"])), Count(round(100 * cell["high"]), noun="unit_percent")
    return Word("share_few", {"count": count, "of": whole, "low": low, "high": high})


def forms_matrix(answers: Answers) -> Iterator[Block]:
    """Legal forms by aspect, as printed or as coded from what is printed; what is not told stays open."""
    found = matrix_of_forms(answers.when)
    if not found["forms"]:
        return
    yield Heading("forms_matrix")
    ask = Ask("compared", (("legal_forms", "matrix"),))
    yield Paragraph(
        (
            Sentence(
                "forms_matrix",
                {
                    "count": Count(found["clusters"], ask, "clusters"),
                    "unknown": Count(len(found["unknown"]), ask),
                },
            ),
        )
    )
    aspects = ("law", "members", "admission", "public_money")
    yield Table(
        "forms_matrix",
        (
            Column("form", 2.4),
            *(Column(f"aspect_{one}", 2.6) for one in aspects),
            Column("form_clusters", 1.4, "end"),
        ),
        tuple(_form(answers, form, aspects) for form in found["forms"]),
        {"on": Day(answers.when.on.text)},
        (ask,),
    )


def _form(answers: Answers, form: Plain, aspects: tuple[str, ...]) -> tuple[Cell, ...]:
    kinds = tuple(Code("legal_form", code) for code in form["covers"])
    own, general = len(form["told_of_the_cluster"]), len(form["told_of_the_country"])
    ask = Ask("compared", (("legal_forms", form["id"]),))
    return (
        Cell((Word("form_of", {"form": Several(kinds, "comma"), "country": Country(form["country"])}),)),
        *(_aspect(answers, form["aspects"][one]) for one in aspects),
        Cell((Count(own + general, ask),)),
    )


def _aspect(answers: Answers, told: Plain | None) -> Cell:
    if told is None:
        return Cell((Word("unknown"),))
    cites = tuple(one for line in told["lines"] for one in answers.cites_of_line(told["source"], line))
    if told["code"]:
        words = Title({language: form_code_words(told["code"], language) for language in LANGUAGES})
        return Cell(entries=(Entry((words,), cites),))
    return Cell(entries=(Entry((Word("quoted", {"text": Name(told["printed"])}),), cites),))
