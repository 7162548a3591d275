"""Cooperation of the clusters of a country: counts by level, a drawing, the list, who has none known."""

from collections.abc import Iterator

from grappe.present.plain import Plain, caption
from grappe.present.report.content import (
    Block,
    Cell,
    Code,
    Column,
    Country,
    Day,
    Entry,
    Figure,
    Heading,
    Look,
    Paragraph,
    Sentence,
    Several,
    Table,
    Tally,
    TiesDrawing,
    Value,
    Word,
)
from grappe.queries.chapter_answers import Answers, first_cites

UNKNOWN = "unknown"
LEVELS = ("national", "intra_maghreb", "south_south", "africa", "euromed", "other", UNKNOWN)


def cooperation(answers: Answers) -> Iterator[Block]:
    """Links that count as cooperation, by level computed from the countries of both ends."""
    rows = answers.rows("links", counts=True)
    if not answers.rows("links"):
        return
    yield Heading("cooperation")
    params: dict[str, Value] = {
        "country": Country(answers.country),
        "count": answers.count("links", "links"),
    }
    sentences = [
        Sentence(
            "links",
            params
            | {
                "counting": answers.count("links", "cooperations", counts=True),
                "tallies": Several(
                    tuple(
                        Tally(
                            Word("level_unknown") if level == UNKNOWN else Code("level", level),
                            answers.count("links", counts=True, level=level),
                        )
                        for level in LEVELS
                        if answers.rows("links", counts=True, level=level)
                    )
                ),
            },
        )
        if rows
        else Sentence("links_none", params)
    ]
    if untied := answers.rows("untied"):
        names = Several(tuple(answers.name(row["id"]) for row in untied))
        sentences.append(Sentence("untied", {"count": answers.count("untied", "clusters"), "names": names}))
    yield Paragraph(tuple(sentences))
    if rows:
        yield Figure(
            "ties",
            _drawing(answers, rows),
            {"country": Country(answers.country), "on": Day(answers.when.on.text)},
            (answers.ask("links"),),
        )
    for level in LEVELS:
        if found := answers.rows("links", counts=True, level=level):
            yield Heading(
                "level", 2, {"level": Word("level_unknown") if level == UNKNOWN else Code("level", level)}
            )
            yield _table(answers, level, found)


def _table(answers: Answers, level: str, rows: list[Plain]) -> Table:
    """A row per cluster of the country, with its partners of a level in alphabetical order."""
    found: dict[str, list[Plain]] = {}
    for row in rows:
        found.setdefault(_ends(answers, row)[0], []).append(row)
    told = Word("level_unknown") if level == UNKNOWN else Code("level", level)
    return Table(
        "links",
        (Column("cluster", 2.2), Column("partners", 5)),
        tuple(
            (
                Cell((answers.name(cluster),), look=_look(answers, cluster)),
                Cell(
                    entries=tuple(
                        _partners(answers, found[cluster], abroad=level not in ("national", UNKNOWN))
                    )
                ),
            )
            for cluster in sorted(found, key=lambda one: _text(answers, one).casefold())
        ),
        {"country": Country(answers.country), "level": told},
        (answers.ask("links", level=level),) if level != UNKNOWN else (answers.ask("links"),),
    )


def _partners(answers: Answers, rows: list[Plain], *, abroad: bool) -> Iterator[Entry]:
    for row in sorted(rows, key=lambda row: (_text(answers, _ends(answers, row)[1]).casefold(), row["id"])):
        yield partner_entry(answers, row, _ends(answers, row)[1], abroad=abroad)


def partner_entry(answers: Answers, row: Plain, partner: str, *, abroad: bool) -> Entry:
    """A partner with its country, the kind of the link and its status, and the lines that print it."""
    qualifiers: list[Value] = []
    if abroad and (country := _country(answers, partner)):
        qualifiers.append(Country(country))
    qualifiers.append(Code("link_kind", row["kind"]))
    if row["status"] not in (None, "active"):
        qualifiers.append(Code("status", row["status"]))
    return Entry((answers.name(partner),), _cites(answers, row), tuple(qualifiers))


def _ends(answers: Answers, row: Plain) -> tuple[str, str]:
    """The cluster of the country first; of two, the one that names the other."""
    source, target = str(row["source"]), str(row["target"])
    return (source, target) if source in answers.ids else (target, source)


def _cites(answers: Answers, row: Plain) -> tuple[str, ...]:
    return first_cites(answers.facts.statements(row["id"]), 2)


def _text(answers: Answers, entity: str) -> str:
    return caption(answers.facts, entity) or entity


def _country(answers: Answers, entity: str) -> str | None:
    found = {str(one.value) for one in answers.facts.statements(entity, "country")}
    return found.pop() if len(found) == 1 else None


def _drawing(answers: Answers, rows: list[Plain]) -> TiesDrawing:
    looks: dict[str, Look] = {}
    partners: dict[str, str] = {}
    ties = set()
    order = {level: index for index, level in enumerate(LEVELS)}
    for row in sorted(rows, key=lambda row: order[row["level"] or UNKNOWN]):
        cluster, partner = _ends(answers, row)
        level = row["level"] or UNKNOWN
        looks[cluster] = _look(answers, cluster)
        partners.setdefault(partner, level)
        ties.add((cluster, partner, level))
    places = {one: caption(answers.facts, one) or one for one in (*looks, *partners)}
    return TiesDrawing(
        tuple(
            (one, _short(answers, one), looks[one])
            for one in sorted(looks, key=lambda one: places[one].casefold())
        ),
        tuple(
            (one, _short(answers, one), level, _country(answers, one))
            for one, level in sorted(
                partners.items(), key=lambda pair: (order[pair[1]], places[pair[0]].casefold())
            )
        ),
        tuple(sorted(ties)),
    )


def _short(answers: Answers, entity: str) -> str:
    """An acronym where there is one: names of a drawing must fit beside it."""
    acronyms = answers.facts.statements(entity, "acronym")
    return str(acronyms[0].value) if acronyms else answers.name(entity).text


def _look(answers: Answers, entity: str) -> Look:
    for what in ("clusters", "mentioned"):
        for row in answers.rows(what, id=entity):
            return Look(row["sector"], row["state"], row["anchoring"] if row["anchoring"] != "none" else None)
    return Look()
