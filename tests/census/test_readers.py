"""Readers: YAML, JSON rows and CSV say the same things with the same ids."""

# ruff: noqa: E501 - rows of data sets are written as they stand in their files

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.worlds import CARD, census, codes, problems_of

from grappe.census.census import Census, find_dataset, read_dataset, shipped
from grappe.census.census import open_census as opened
from grappe.domain.entity import Kind
from grappe.domain.errors import DatasetError, UnknownThing
from grappe.domain.source import Part
from grappe.domain.statement import Statement

World = Callable[[str], Path]

ONE = """
    id: xx-a
    kind: cluster
    source: book
    as_of: 2019-03
    name: {value: Cuir, line: 1, column: name, printed: Cuir (C)}
"""


def read(folder: Path) -> list[Statement]:
    return list(read_dataset(folder).statements)


def by_field(folder: Path) -> dict[str, Statement]:
    return {statement.field: statement for statement in read(folder)}


# --- one file per entity --------------------------------------------------------------------------


def test_a_statement_takes_source_and_day_from_the_head_and_its_part_from_the_line(world: World):
    (found,) = read(world(ONE))
    assert (found.entity, found.field, found.value) == ("xx-a", "name", "Cuir")
    assert (found.source, found.as_of, found.part) == ("book", "2019-03", Part.TABLE)
    assert (found.lines, found.column, found.printed, found.language) == ((1,), "name", "Cuir (C)", "fr")


def test_a_statement_may_have_a_source_and_a_day_of_its_own(world: World):
    found = by_field(world(ONE + "    website: {value: www.c.ma, source: web, as_of: 2020, key: home}\n"))[
        "website"
    ]
    assert (found.source, found.as_of, found.key, found.lines, found.part) == (
        "web",
        "2020",
        "home",
        (),
        Part.TABLE,
    )


def test_a_list_of_statements_is_as_many_statements(world: World):
    text = (
        ONE
        + "    created:\n      - {value: '2015', line: 12, printed: a}\n      - {value: '2018', line: 500, printed: b}\n"
    )
    found = [s for s in read(world(text)) if s.field == "created"]
    assert [(s.value, s.part) for s in found] == [("2015", Part.SHEET), ("2018", Part.TEXT)]


def test_a_locator_may_list_several_lines(world: World):
    text = ONE + "    acronym: {value: C, line: [950, 12], printed: C}\n"
    assert by_field(world(text))["acronym"].lines == (950, 12)
    assert by_field(world(text))["acronym"].part is Part.FOOTNOTE  # the first line tells the part


@pytest.mark.parametrize("written", ["2010", "2010-12", "2010-12-05", "'2010'", "'2010-12-05'"])
def test_a_date_keeps_the_precision_it_is_written_with(world: World, written: str):
    found = by_field(world(ONE + f"    created: {{value: {written}, line: 12, printed: d}}\n"))["created"]
    assert found.value == written.strip("'")


def test_the_country_code_of_norway_is_no_refusal(world: World):
    assert (
        by_field(world(ONE + "    country: {value: NO, line: 12, printed: Norvège}\n"))["country"].value
        == "NO"
    )


def test_a_note_in_three_languages_is_kept_beside_the_value(world: World):
    text = ONE + "    acronym: {value: C, line: 12, printed: C, note: {fr: sigle, en: initials, ar: مختصر}}\n"
    assert by_field(world(text))["acronym"].attributes["note"] == ("fr:sigle", "en:initials", "ar:مختصر")


def test_a_comment_or_the_order_of_fields_changes_no_id(world: World):
    lines = [
        "acronym: {value: C, line: 12, printed: C}",
        "sector: {value: 4, line: 1, column: name, printed: '4'}",
    ]
    one = world(ONE + "".join(f"    {line}\n" for line in lines))
    first = {s.id for s in read(one)}
    other = world(ONE + "    # said otherwise\n" + "".join(f"    {line}\n" for line in reversed(lines)))
    assert {s.id for s in read(other)} == first


def test_the_order_of_files_changes_no_id(world: World):
    b = ONE.replace("xx-a", "xx-b")
    first = {s.id for s in read(world(f"== a.yml{ONE}\n== z/b.yml{b}"))}
    second = {s.id for s in read(world(f"== z.yml{ONE}\n== a.yml{b}\n== z/b.yml\n"
                                       "id: xx-c\nkind: cluster\nsource: book\nas_of: 2019\nname: {value: C, line: 3, printed: C}\n"))}  # fmt: skip
    assert first < second


# --- many entities in a file ----------------------------------------------------------------------

MANY = """
    kind: organisation
    source: book
    as_of: 2019-03
    entities:
      xx-one: {name: Premier, type: company, country: MA, line: 500, printed: Premier}
      xx-two:
        name: {value: Deuxième, line: 501, printed: Deuxième}
        type: {value: company, source: web, key: p2}
        line: 502
        printed: autre
        country: MA
"""


def test_a_row_gives_its_locator_to_all_that_has_none_of_its_own(world: World):
    found = {(s.entity, s.field): s for s in read(world(MANY))}
    assert found["xx-one", "name"].lines == found["xx-one", "country"].lines == (500,)
    assert found["xx-one", "type"].printed == "Premier"
    assert (found["xx-two", "name"].lines, found["xx-two", "country"].lines) == ((501,), (502,))


def test_a_statement_with_a_locator_of_its_own_inherits_no_half_of_another(world: World):
    found = {(s.entity, s.field): s for s in read(world(MANY))}["xx-two", "type"]
    assert (found.source, found.key, found.lines, found.printed) == ("web", "p2", (), None)


def test_also_repeats_the_caption_on_another_line(world: World):
    text = MANY.replace(
        "printed: Premier}",
        "printed: Premier, also: [{line: 600, printed: Premier}, {line: 700, printed: Premier}]}",
    )
    names = [s.lines for s in read(world(text)) if s.entity == "xx-one" and s.field == "name"]
    assert names == [(500,), (600,), (700,)]


def test_a_list_of_scalars_is_one_value_of_places(world: World):
    text = """
        == places.yml
        kind: place
        source: book
        as_of: 2019
        entities:
          pl-x: {name: X, line: 500, printed: X}
          pl-y: {name: Y, line: 500, printed: Y}
        == a.yml
        id: xx-a
        kind: cluster
        source: book
        as_of: 2019
        name: {value: Cuir, line: 1, printed: Cuir}
        place: {value: [pl-x, pl-y], line: 1, printed: X-Y}
    """
    assert by_field(world(text))["place"].value == ("pl-x", "pl-y")


# --- rows of JSON and of CSV ----------------------------------------------------------------------

JSONL = """
    == statements.jsonl
    {"entity": "xx-a", "kind": "cluster", "field": "name", "value": "Cuir", "source": "book", "as_of": "2019-03", "line": 1, "column": "name", "printed": "Cuir (C)"}
    {"entity": "xx-a", "kind": "cluster", "field": "sector", "value": 4, "source": "book", "as_of": "2019-03", "line": 1, "printed": "4"}
    {"entity": "xx-a", "kind": "cluster", "field": "jobs", "value": 300, "precision": "about", "perimeter": "members", "modality": "observed", "source": "book", "as_of": "2019-03", "line": 12, "printed": "300"}
    {"entity": "xx-a", "kind": "cluster", "field": "creative", "value": true, "source": "book", "as_of": "2019-03", "line": 12, "printed": "art"}
"""
CSV = """
    == statements.csv
    entity,kind,field,value,precision,perimeter,modality,source,as_of,line,column,printed
    xx-a,cluster,name,Cuir,,,,book,2019-03,1,name,Cuir (C)
    xx-a,cluster,sector,4,,,,book,2019-03,1,,4
    xx-a,cluster,jobs,300,about,members,observed,book,2019-03,12,,300
    xx-a,cluster,creative,True,,,,book,2019-03,12,,art
"""
YAML = (
    ONE
    + """
    sector: {value: 4, line: 1, printed: "4"}
    jobs: {value: 300, precision: about, perimeter: members, modality: observed, line: 12, printed: "300"}
    creative: {value: true, line: 12, printed: art}
"""
)


@pytest.mark.parametrize("text", [JSONL, CSV], ids=["jsonl", "csv"])
def test_the_same_facts_have_the_same_ids_in_every_format(world: World, tmp_path: Path, text: str):
    rows = {s.id: s for s in read(world(text))}
    (tmp_path / "tiny" / "statements.jsonl").unlink(missing_ok=True)
    (tmp_path / "tiny" / "statements.csv").unlink(missing_ok=True)
    assert rows == {s.id: s for s in read(world(YAML))}


def test_a_cell_of_csv_may_hold_several_places_and_quoted_commas(world: World):
    text = """
        == statements.csv
        entity,kind,field,value,source,as_of,key
        pl-x,place,name,"Kef, Le",web,2019,1
        pl-y,place,name,Sfax,web,2019,2
        xx-a,cluster,name,Cuir,web,2019,3
        xx-a,cluster,place,pl-x|pl-y,web,2019,4
        pl-x,place,lon,8.7,web,2019,5
    """
    found = {(s.entity, s.field): s.value for s in read(world(text))}
    assert found["pl-x", "name"] == "Kef, Le"
    assert found["xx-a", "place"] == ("pl-x", "pl-y")
    assert found["pl-x", "lon"] == 8.7


def test_a_bad_cell_is_told_with_its_line_in_the_csv_file(world: World):
    (found,) = problems_of(world(CSV.replace("jobs,300", "jobs,3O")))
    assert (found.code, found.file, found.line, found.field, found.value) == (
        "bad_number",
        "tiny/statements.csv",
        4,
        "xx-a.jobs",
        "3O",
    )


def test_one_entity_in_two_files_is_defined_twice(world: World):
    assert codes(world(ONE + "\n    == statements.csv\n    entity,kind,field,value,source,as_of,line,printed\n"
                       "    xx-a,cluster,acronym,C,book,2019,1,C\n")) == ["duplicate_id"]  # fmt: skip


# --- refused whole --------------------------------------------------------------------------------


def test_all_errors_come_at_once_each_with_its_place(world: World):
    folder = world(
        """
        == a.yml
        id: xx-a
        kind: cluster
        source: book
        as_of: 2019-03
        name: {value: Cuir, line: 1, printed: Cuir}
        colour: {value: red, line: 1, printed: rouge}
        created: {value: 2010-13, line: 12, printed: "2010"}
        place: {value: [pl-nowhere], line: 1, printed: Nowhere}
        acronym: {value: C, printed: C}
        == b.yml
        id: xx-a
        kind: cluster
        source: book
        as_of: 2019-03
        name: {value: Encore, line: 2, printed: Encore}
        == statements.jsonl
        {"entity": "xx-c", "kind": "cluster", "field": "name", "value": "C", "source": "book", "as_of": "2019"}
        {nonsense
        """
    )
    (folder / "latin.yml").write_bytes("id: xx-é\n".encode("latin-1"))
    found = {(p.code, p.file, p.line, p.field, p.value) for p in problems_of(folder)}
    assert found >= {
        ("unknown_field", "tiny/a.yml", 6, "xx-a.colour", "colour"),
        ("bad_date", "tiny/a.yml", 7, "xx-a.created", "2010-13"),
        ("dangling_reference", "tiny/a.yml", 8, "xx-a.place", "pl-nowhere"),
        ("missing_locator", "tiny/a.yml", 9, "xx-a.acronym", None),
        ("duplicate_id", "tiny/b.yml", 5, "xx-a.name", "xx-a"),
        ("not_utf8", "tiny/latin.yml", 1, None, "b'\\xe9'"),
        ("missing_locator", "tiny/statements.jsonl", 1, "xx-c.name", None),
        ("bad_json", "tiny/statements.jsonl", 2, None, None),
    }


def test_one_error_refuses_the_whole_data_set(world: World):
    with pytest.raises(DatasetError) as refused:
        read_dataset(world(YAML + "    colour: {value: red, line: 1, printed: rouge}\n"))
    assert refused.value.params["count"] == "1"
    assert refused.value.exit_code == 4


def test_a_problem_says_what_is_accepted(world: World):
    (found,) = problems_of(world(ONE + "    sector: {value: 8, line: 1, printed: '8'}\n"))
    assert found.params["accepted"] == "1, 2, 3, 4, 5, 6, 7"


def test_one_fault_is_one_problem(world: World):
    for line in (
        "acronym: {value: C, printed: C}",
        "acronym: {value: C, line: x, printed: C}",
        "acronym: {value: C, line: 1}",
        "created: {value: soon, line: 1, printed: C}",
        "president: {redacted: asked, line: x}",
        "jobs: {value: 9, perimeter: members, line: 1, printed: '9'}",
        "place: {value: [El Jem], line: 1, printed: El Jem}",
    ):
        assert len(problems_of(world(ONE + f"    {line}\n"))) == 1, line


def test_an_unknown_source_is_told_with_those_of_the_card(world: World):
    (found, *_) = problems_of(world(ONE.replace("source: book", "source: memory")))
    assert (found.code, found.params["accepted"]) == ("unknown_source", "book, web")


# --- the census as opened -------------------------------------------------------------------------


def test_a_census_is_asked_of_the_day_of_its_card_unless_told_otherwise(world: World):
    folder = world(ONE)
    assert str(census(folder).on) == "2019-03"
    assert [row.name for row in census(folder).clusters(listed=None)] == ["Cuir"]
    assert census(folder).at("2018").clusters(listed=None) == []


def test_only_clusters_of_the_country_tables_are_listed(world: World):
    folder = world(
        f"== a.yml{ONE}    listed: {{value: true, line: 1, printed: Cuir}}\n== b.yml{ONE.replace('xx-a', 'xx-b')}"
    )
    found = census(folder)
    ids: Any = lambda **options: [row.id for row in found.clusters(**options)]  # noqa: E731
    assert (ids(), ids(listed=False), ids(listed=None)) == (["xx-a"], ["xx-b"], ["xx-a", "xx-b"])


def test_a_sheet_has_every_field_that_something_is_said_of(world: World):
    assert list(census(world(YAML)).sheet("xx-a")) == ["name", "sector", "creative", "jobs"]


def test_nobody_has_a_sheet_without_being_known(world: World):
    with pytest.raises(UnknownThing):
        census(world(ONE)).sheet("xx-z")


def test_rulings_and_remarks_come_with_the_data_set(world: World):
    folder = world(ONE.replace("name: {value: Cuir, line: 1, column: name, printed: Cuir (C)}", """name:
      - {value: Cuir, line: 1, column: name, printed: Cuir (C)}
      - {value: Cuirs, line: 500, printed: Cuirs}""") + """
    == rulings.yml
    rulings:
      - {entity: xx-a, field: name, value: Cuirs, line: 500, why: {fr: a, en: because, ar: ج}}
    == remarks.yml
    source: book
    remarks:
      - {id: odd, lines: [500], severity: note, entities: [xx-a], message: {fr: a, en: b, ar: ج}}
    """)  # fmt: skip
    found = census(folder)
    assert str(found.sheet("xx-a")["name"][0].statement.value) == "Cuirs"
    assert str(found.sheet("xx-a")["name"][0].why) == "ruling"
    assert list(found.dataset.rulings.values()) == ["because"]
    assert [(r.id, r.lines, r.entities) for r in found.dataset.remarks] == [("odd", (500,), ("xx-a",))]


def test_a_data_set_is_found_by_name_or_by_folder(world: World):
    assert "maghreb-2019" in shipped()
    assert find_dataset("maghreb-2019") == shipped()["maghreb-2019"]
    folder = world(ONE)
    assert find_dataset(str(folder)) == folder
    assert isinstance(opened(str(folder)), Census)


def test_a_data_set_that_is_nowhere_is_told_with_those_that_ship(tmp_path: Path):
    with pytest.raises(UnknownThing) as unknown:
        find_dataset(str(tmp_path))
    assert "maghreb-2019" in unknown.value.params["accepted"]


def test_the_card_is_kept_with_its_sources(world: World):
    card = read_dataset(world(f"== dataset.yml{CARD}bounds: {{cluster: {{min: 1}}}}\n== a.yml{ONE}")).card
    assert (card.id, card.as_of, card.licence) == ("tiny", "2019-03", "CC0")
    assert card.title["ar"] == "عالم صغير"
    assert list(card.sources) == ["book", "web"]
    assert card.bounds[Kind.CLUSTER][0] == 1
