"""The clusters of a country: in figures, by sector, in the table of the study with its legend, on a map."""

from collections.abc import Iterator
from typing import Any

from grappe.domain.vocabulary import vocabulary
from grappe.present.geojson import point_of
from grappe.present.plain import Plain, caption
from grappe.present.report.content import (
    BarsDrawing,
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Count,
    Country,
    Day,
    Figure,
    Heading,
    Look,
    MapDrawing,
    Name,
    Paragraph,
    Point,
    Sentence,
    Several,
    Table,
    Tally,
    Word,
)
from grappe.queries.chapter_answers import Answers
from grappe.queries.chapter_told import as_told

STATES = ("constituted", "emerging", "expected", "potential")


def introduction(answers: Answers) -> Iterator[Block]:
    """The country in figures."""
    rows = answers.rows("clusters")
    where = Country(answers.country)
    yield Heading("introduction")
    if not rows and not answers.edition.held:
        yield from as_told(answers)
        return
    if not rows:
        yield Paragraph(tuple(_outside_the_tables(answers)))
        return
    count = answers.count("clusters", "clusters")
    told = [
        Sentence(
            "listed",
            {"country": where, "count": count, "on": Day(answers.when.on.text), "states": _states(answers)},
        ),
        Sentence(
            "sectors",
            {
                "count": answers.count("clusters", "sectors", measure="values", of="sector"),
                "tallies": _tallies(answers, "sector"),
            },
        ),
    ]
    if creative := answers.rows("clusters", creative=True):
        names = tuple(answers.name(row["id"]) for row in creative)
        told.append(
            Sentence(
                "creative",
                {"count": answers.count("clusters", "creative", creative=True), "names": Several(names)},
            )
        )
    told.append(Sentence("anchored", {"tallies": _tallies(answers, "anchoring")}))
    told.append(
        Sentence(
            "flags",
            {
                "north": answers.count("clusters", "clusters", north=True),
                "south": answers.count("clusters", "clusters", south=True),
            },
        )
    )
    yield Paragraph(tuple(told))
    yield Figure(
        "bars",
        BarsDrawing(
            tuple(
                (code, state, sum(1 for row in rows if str(row["sector"]) == code and row["state"] == state))
                for code in vocabulary("sector")
                for state in STATES
            )
        ),
        {"country": where, "on": Day(answers.when.on.text)},
        (answers.ask("clusters"),),
    )
    yield Paragraph((*_known(answers), *_outside_the_tables(answers)))


def _states(answers: Answers) -> Several:
    found = [answers.count("clusters", state, state=state) for state in STATES]
    return Several(tuple(one for one in found if one.value))


def _tallies(answers: Answers, key: str) -> Several:
    """How many clusters of each code, in the order of the list; those unknown last."""
    found: list[Tally] = []
    for code in (*vocabulary(key), "unknown"):
        value: str | int = int(code) if code.isdigit() else code
        where: dict[str, Any] = {key: value}
        count = answers.count("clusters", **where)
        if count.value:
            found.append(Tally(Word("unknown") if code == "unknown" else Code(key, code), count))
    return Several(tuple(found))


def _known(answers: Answers) -> Iterator[Sentence]:
    """What is known of dates and members, always with how many clusters it is known of."""
    total = answers.count("clusters", "clusters")
    dated = answers.count("clusters", "clusters", measure="known", of="created")
    if dated.value:
        rows = [row for row in answers.rows("clusters") if row["created"]]
        first = min(rows, key=lambda row: (row["created"][:4], row["created"]))
        last = max(rows, key=lambda row: (row["created"][:4], row["created"]))
        yield Sentence(
            "created",
            {
                "count": dated, "total": total,
                "first": answers.name(first["id"]), "first_day": Day(first["created"]),
                "last": answers.name(last["id"]), "last_day": Day(last["created"]),
            },
            answers.cites(first["id"], "created")[:1] + answers.cites(last["id"], "created")[:1],
        )  # fmt: skip
    members = answers.count("clusters", "clusters", measure="known", of="members_total")
    if members.value > 1:
        yield Sentence(
            "members",
            {
                "count": members,
                "total": total,
                "least": answers.count("clusters", measure="min", of="members_total"),
                "most": answers.count("clusters", "members", measure="max", of="members_total"),
            },
        )


def _outside_the_tables(answers: Answers) -> Iterator[Sentence]:
    where = Country(answers.country)
    if not answers.rows("clusters"):
        yield Sentence("no_table", {"country": where}, asks=(answers.ask("clusters"),))
    if rows := answers.rows("mentioned"):
        names = tuple(answers.name(row["id"]) for row in rows)
        yield Sentence(
            "mentioned", {"count": answers.count("mentioned", "other_clusters"), "names": Several(names)}
        )
    if answers.rows("potential"):
        yield Sentence("potential", {"count": answers.count("potential", "crafts")})
    if forms := answers.rows("forms"):
        codes = [code for code in vocabulary("form_kind") if any(row["kind"] == code for row in forms)]
        tallies = tuple(Tally(Code("form_kind", code), answers.count("forms", kind=code)) for code in codes)
        yield Sentence("forms", {"count": answers.count("forms", "forms"), "tallies": Several(tallies)})


def by_sector(answers: Answers) -> Iterator[Block]:
    """The clusters sector by sector, in the order of the study's codes, then by name."""
    if not answers.rows("clusters"):
        return
    yield Heading("by_sector")
    for code in vocabulary("sector"):
        rows = sorted(answers.rows("clusters", sector=int(code)), key=lambda row: str(row["name"]).casefold())
        if not rows:
            continue
        yield Heading("sector", 2, {"sector": Code("sector", code)})
        yield Bullets(tuple(_line(answers, row) for row in rows))


def _line(answers: Answers, row: Plain) -> Sentence:
    """A cluster in one sentence: state, place, what it is anchored in, and since when it exists."""
    params = {
        "name": Name(_full(row), row["id"]),
        "state": Code("state", row["state"]) if row["state"] else Word("unknown"),
        "places": Several(tuple(Name(place) for place in row["places"]), "comma")
        if row["places"] else Word("unknown"),
    }  # fmt: skip
    cites = answers.cites(row["id"], "state", "place")
    if row["created"]:
        return Sentence("line_dated", params | {"created": Day(row["created"])}, cites)
    return Sentence("line", params, cites)


def _full(row: Plain) -> str:
    acronym = row.get("acronym")
    return f"{row['name']} ({acronym})" if acronym and acronym not in row["name"] else str(row["name"])


def table_of_the_study(answers: Answers) -> Iterator[Block]:
    """The country table, with the study's columns and legend."""
    rows = answers.rows("clusters")
    if not rows:
        return
    yield Heading("table")
    disputed = {(row["entity"], row["field"]) for row in answers.rows("disputes")}
    yield Table(
        "table",
        (
            Column("cluster", 4.1),
            *(Column(state, 1.55, "center", "state") for state in STATES[:3]),
            Column("sector", 1.35, "center"),
            Column("north", 1.0, "center", "partnerships"),
            Column("south", 1.0, "center", "partnerships"),
            Column("rooted", 2.3, group="position"),
            Column("constructed", 2.3, group="position"),
        ),
        tuple(_study_row(answers, row, disputed) for row in rows),
        {"country": Country(answers.country), "on": Day(answers.when.on.text)},
        (answers.ask("clusters"),),
        (Sentence("table_note", asks=(answers.ask("clusters"),)),),
        legend=True,
    )


def _study_row(answers: Answers, row: Plain, disputed: set[tuple[str, str]]) -> tuple[Cell, ...]:
    id = row["id"]

    def doubt(*fields: str) -> tuple[Word, ...]:
        return (Word("contested"),) if any((id, field) in disputed for field in fields) else ()

    def tick(on: bool, field: str) -> Cell:
        return Cell((Word("tick"), *doubt(field)), answers.cites(id, field)[:1]) if on else Cell()

    def flag(field: str) -> Cell:
        return Cell(((Word("tick") if row[field] else Word("blank")), *doubt(field)))

    places = tuple(Name(place) for place in row["places"])
    where = Cell(
        (
            *((Several(places, "comma"),) if places else (Word("blank"),)),
            *((Word("provisional"),) if row["provisional_location"] else ()),
            *doubt("place", "anchoring"),
        )
    )
    if row["anchoring"] in ("rooted", "constructed"):
        position = (where, Cell()) if row["anchoring"] == "rooted" else (Cell(), where)
    else:
        note = Code("anchoring", "none") if row["anchoring"] == "none" else Word("anchoring_unknown")
        position = (Cell((*where.values, note), span=2), Cell(span=0))
    return (
        Cell((Name(_full(row), id),), answers.cites(id, "listed")[:1], look(row)),
        *(Cell((Word("tick"), *doubt("state"))) if row["state"] == state else Cell() for state in STATES[:3]),
        Cell(((Count(row["sector"]) if row["sector"] else Word("blank")), *doubt("sector"))),
        flag("partner_north"),
        flag("partner_south"),
        *position,
    )


def look(row: Plain) -> Look:
    """The symbol of a row of a list of clusters."""
    anchoring = row["anchoring"] if row["anchoring"] != "none" else None
    return Look(row["sector"], row["state"], anchoring, bool(row.get("provisional_location")))


def the_map(answers: Answers) -> Iterator[Block]:
    """A point for each place of each cluster; those without a place are named below."""
    rows = answers.rows("clusters")
    if not rows:
        return
    points, nowhere = [], []
    for row in rows:
        found = _points(answers, row)
        points += found
        if not found:
            nowhere.append(row)
    yield Heading("map")
    notes = [Sentence("map_note", {"country": Country(answers.country)}, asks=(answers.ask("clusters"),))]
    if nowhere:
        names = Several(tuple(answers.name(row["id"]) for row in nowhere))
        notes.append(Sentence("map_nowhere", {"names": names}, asks=(answers.ask("clusters"),)))
    yield Figure(
        "map",
        MapDrawing(answers.country, tuple(points)),
        {"country": Country(answers.country), "on": Day(answers.when.on.text)},
        (answers.ask("clusters"),),
        tuple(notes),
        legend=True,
    )


def _points(answers: Answers, row: Plain) -> list[Point]:
    found = []
    for place in dict.fromkeys(
        place for one in answers.facts.statements(row["id"], "place") for place in one.places
    ):
        point = point_of(answers.facts, place)
        name = caption(answers.facts, place) or place
        if point and name in row["places"]:
            arabic = answers.facts.statements(place, "name_ar")
            label = str(row["acronym"] or row["name"])
            found.append(Point(*point, look(row), label, name, str(arabic[0].value) if arabic else None))
    return found
