"""What the sources contradict, what they leave open, and of how many clusters each thing is known."""

from collections.abc import Iterator

from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.present.clusters import KEYS
from grappe.present.plain import Plain, caption
from grappe.present.report.content import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Count,
    Country,
    Day,
    Finding,
    Heading,
    Label,
    Name,
    Paragraph,
    Sentence,
    Several,
    Table,
    Url,
    Value,
    Word,
)
from grappe.queries.chapter_answers import Answers

_TOLD = (
    "created", "members_total", "jobs", "website", "legal_form", "emergence_mode", "anchoring", "places",
    "partner_north", "partner_south",
)  # fmt: skip
"""Keys of a cluster whose coverage the chapter tells; the field of `places` is `place`."""
_COUNTED = ("link_without_flag",)
"""Rules whose sentence agrees with a number, which the words of the pages leave open."""


def disputes_and_unknowns(answers: Answers) -> Iterator[Block]:
    """Disputes, findings, and the coverage of the fields of a cluster."""
    disputes, findings = answers.rows("disputes"), answers.rows("findings")
    clusters = answers.rows("clusters")
    if not (disputes or findings or clusters):
        return
    yield Heading("open")
    if disputes:
        yield Heading("disputes", 2)
        yield Paragraph(
            (
                Sentence(
                    "disputes",
                    {
                        "country": Country(answers.country),
                        "count": answers.count("disputes", "disputes"),
                        "major": answers.count("disputes", "major", severity="major"),
                    },
                ),
            )
        )
        yield Table(
            "disputes",
            (Column("about", 3.2), Column("field", 2), Column("values", 5), Column("why", 2.6)),
            tuple(_dispute(answers, row) for row in disputes),
            {"country": Country(answers.country)},
            (answers.ask("disputes"),),
        )
    if findings:
        yield Heading("findings", 2)
        yield Paragraph(
            (
                Sentence(
                    "findings",
                    {"country": Country(answers.country), "count": answers.count("findings", "findings")},
                ),
            )
        )
        yield Bullets(tuple(_finding(answers, row) for row in findings))
    if clusters:
        yield Heading("coverage", 2)
        yield _coverage(answers)


def _coverage(answers: Answers) -> Table:
    assert set(_TOLD) <= set(KEYS)
    total = answers.count("clusters", "clusters")
    rows = []
    for key in _TOLD:
        known = answers.count("clusters", measure="known", of=key)
        field = "place" if key == "places" else key
        rows.append(
            (
                Cell((Label("cluster", field),)),
                Cell((known,)),
                Cell((Count(total.value - known.value, known.ask),)),
            )
        )
    return Table(
        "coverage",
        (Column("field", 4), Column("known", 1.6, "end"), Column("unknown_of", 1.6, "end")),
        tuple(rows),
        {"country": Country(answers.country), "count": total},
        (answers.ask("clusters"),),
    )


def _dispute(answers: Answers, row: Plain) -> tuple[Cell, ...]:
    values: list[Value] = []
    seen: set[str] = set()
    for one in row["values"]:
        if str(one["value"]) not in seen:
            seen.add(str(one["value"]))
            values.append(_value(answers, row, one["value"]))
    cites = tuple(one["statement"] for one in row["values"])
    kind = Kind(row["kind"])
    about: Value = (
        answers.name(row["entity"]) if kind is not Kind.LINK else _link(answers, str(row["entity"]))
    )
    return (
        Cell((about,)),
        Cell((Label(row["kind"], row["field"]),)),
        Cell((Several(tuple(values), "versus"),), cites[:4]),
        Cell((Word(f"why_{row['why']}"),)),
    )


def _link(answers: Answers, entity: str) -> Value:
    ends = [str(one.value) for field in ("from", "to") for one in answers.facts.statements(entity, field)[:1]]
    return Several(tuple(Name(caption(answers.facts, one) or one, one) for one in ends), "dash")


def _value(answers: Answers, row: Plain, value: object) -> Value:
    field = declaration(Kind(row["kind"])).fields[row["field"]]
    if isinstance(value, list):
        return Several(tuple(Name(str(one)) for one in value), "comma")
    match field.type:
        case FieldType.TAG:
            return Code(str(field.vocabulary), str(value))
        case FieldType.DATE:
            return Day(str(value))
        case FieldType.COUNTRY:
            return Country(str(value))
        case FieldType.URL:
            return Url(str(value))
    if isinstance(value, bool):
        return Word("tick")
    return Count(value) if isinstance(value, int | float) else Name(str(value))


def _finding(answers: Answers, row: Plain) -> Sentence:
    shown = [
        one for one in row["entities"] if answers.facts.entities[one].kind not in (Kind.PERSON, Kind.LINK)
    ]
    names = tuple(answers.name(one) for one in shown)
    params: dict[str, Value] = {"message": Finding(row["rule"], row["params"])}
    cites, asks = answers.at_lines(row["source"], row["lines"], row["entities"]), (answers.ask("findings"),)
    if names and row["rule"] in _COUNTED:
        told: dict[str, Value] = {
            "names": Several(names, "comma"),
            "count": Count(int(row["params"]["count"])),
            "side": Word(f"side_{row['params']['side']}"),
        }
        return Sentence(f"finding_{row['rule']}", told, cites, asks)
    if not names:
        return Sentence("finding", params, cites, asks)
    return Sentence("finding_about", params | {"names": Several(names, "comma")}, cites, asks)
