"""A day of which no list is held: what sources say of it, and where each cluster stood."""

from collections.abc import Iterator

from grappe.census.asked import Asked
from grappe.census.edition_changes import birth_of, standing_of
from grappe.domain.entity import Kind
from grappe.present.editions import ORDER
from grappe.present.plain import Plain
from grappe.present.report.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Country,
    Day,
    Heading,
    Name,
    Paragraph,
    Sentence,
    Several,
    Table,
    Tally,
    Title,
    Word,
)
from grappe.present.report.flows import standing
from grappe.queries.chapter_answers import Answers, first_cites
from grappe.queries.chapter_events import edition_value, span_of


def as_told(answers: Answers) -> Iterator[Block]:
    """What the edition is, the passages that speak of it, and a table of where the clusters stood."""
    country = Country(answers.country)
    asked = answers.ask("editions", edition=answers.edition.name)
    told = [Sentence("not_held", {"one": edition_value(answers.edition)}, asks=(asked,))]
    if answers.edition.note:
        told = [Sentence("as_told", {"text": Title(answers.edition.note)}, asks=(asked,))]
    rows = standings(answers)
    if rows:
        codes = [code for code in ORDER if any(row["standing"] == code for row in rows)]
        tallies = tuple(Tally(standing(code), answers.count("told", standing=code)) for code in codes)
        told.append(
            Sentence(
                "told",
                {
                    "country": country,
                    "count": answers.count("told", "clusters"),
                    "on": Day(answers.when.on.text),
                    "tallies": Several(tallies),
                },
            )
        )
    yield Paragraph(tuple(told))
    if rows:
        yield Table(
            "told",
            (Column("cluster", 4.5), Column("standing", 3), Column("born", 2.2)),
            tuple(
                (
                    Cell((answers.name(row["id"]),), row["statements"]),
                    Cell((standing(row["standing"]),)),
                    Cell((span_of(row["born"]) if row["born"] else Word("unknown"),)),
                )
                for row in rows
            ),
            {"country": country, "on": Day(answers.when.on.text)},
            (asked,),
        )
    passages = [
        one
        for one in answers.edition.passages
        if not one.entities or any(answers.is_of(entity) for entity in one.entities)
    ]
    if passages:
        yield Heading("passages", 2)
        yield Bullets(
            tuple(
                Sentence(
                    "passage",
                    {"printed": Name(one.printed.replace("*", ""))},
                    answers.cites_of_line(one.source, one.line, one.entities),
                )
                for one in passages
            )
        )


def standings(answers: Answers) -> list[Plain]:
    """Each cluster of the country that sources tell something of, and where it stood on the day."""
    newest = answers.newest
    asked = Asked(answers.facts)
    found = []
    for cluster in answers.facts.of_kind(Kind.CLUSTER):
        if not answers.is_of(cluster) or answers.facts.statements(cluster, "craft"):
            continue
        birth = birth_of(asked, cluster, newest)
        told = [one for one in answers.facts.statements(cluster) if one.field in ("state", "life", "created")]
        found.append(
            {
                "id": cluster,
                "standing": str(standing_of(asked, cluster, answers.when.on, birth)),
                "born": birth.printed if birth else None,
                "statements": first_cites(told, 2),
            }
        )
    return sorted(found, key=lambda row: answers.name(row["id"]).text.casefold())
