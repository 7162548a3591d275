"""Redaction of a data set's files: the name is gone everywhere, the locator and the reason stay."""

# ruff: noqa: E501 - rows of data sets are written as they stand in their files

from collections.abc import Callable
from pathlib import Path

import pytest

from grappe.census.census import read_dataset
from grappe.census.redaction import Erasure, mentions_person, names_person, rewrite
from grappe.domain.fold import fold
from grappe.domain.statement import Statement

World = Callable[[str], Path]

WORLD = """
    == people.yml
    kind: person
    source: book
    as_of: 2019-03
    entities:
      person-1: {name: Amel Benzarti, line: 12, printed: "PRÉSIDENTE : Amel BENZARTI"}
      person-2:
        name: {value: Sami Trabelsi, line: 13, printed: "Sami TRABELSI"}
        alias: {value: Samy Trabelsi, line: 500, printed: "Samy Trabelsi"}
    == clusters/a.yml
    # A comment of the editors stays.
    id: xx-a
    kind: cluster
    source: book
    as_of: 2019-03
    name: {value: Cuir, line: 1, printed: "Cuir (C)"}
    president: {value: person-1, title: Directrice, line: 12, printed: "PRÉSIDENTE : Amel BENZARTI"}
    director:
      - {value: person-2, line: 13, printed: "Sami TRABELSI"}
      - {value: person-2, line: 500, printed: "M. Trabelsi, directeur"}
    created:
      value: "2010"
      line: 14
      printed: "créé en 2010 par Mme Benzarti"
    acronym: {value: C, line: 1, printed: "Cuir (C)"}
    == clusters/b.yml
    id: xx-b
    kind: cluster
    source: book
    as_of: 2019-03
    name: {value: Bois, line: 2, printed: Bois}
"""
AMEL = Erasure(
    slots=frozenset({("person-1", "name"), ("xx-a", "president")}),
    persons=frozenset({"person-1"}),
    names=("Amel Benzarti",),
)


def erase(folder: Path, erasure: Erasure = AMEL) -> dict[tuple[str, str], Statement]:
    """Rewrites the files as the action does, and reads them again."""
    for path, text in rewrite(folder, erasure, "asked by the person").items():
        path.write_text(text, "utf-8")
    return {(s.entity, s.field): s for s in read_dataset(folder).statements}


def everything(folder: Path) -> str:
    return fold("\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.yml"))))


def test_the_name_is_nowhere_in_the_files_any_more(world: World):
    folder = world(WORLD)
    assert "benzarti" in everything(folder)
    erase(folder)
    assert "benzarti" not in everything(folder)
    assert "amel" not in everything(folder)


def test_locator_and_reason_stay(world: World):
    found = erase(world(WORLD))
    for slot, line in ((("person-1", "name"), 12), (("xx-a", "president"), 12)):
        assert found[slot].value is None
        assert found[slot].printed is None
        assert (found[slot].lines, found[slot].redacted) == ((line,), "asked by the person")


def test_a_statement_about_something_else_keeps_its_value_and_loses_the_name(world: World):
    found = erase(world(WORLD))["xx-a", "created"]
    assert (found.value, found.lines, found.redacted) == ("2010", (14,), None)
    assert "enzarti" not in str(found.printed)


def test_what_does_not_hold_the_name_is_left_as_it_was(world: World):
    folder = world(WORLD)
    before = {(s.entity, s.field, s.lines): s for s in read_dataset(folder).statements}
    files = rewrite(folder, AMEL, "asked")
    assert {path.name for path in files} == {"people.yml", "a.yml"}
    erase(folder)
    after = {(s.entity, s.field, s.lines): s for s in read_dataset(folder).statements}
    assert before.keys() == after.keys()
    touched = {("person-1", "name", (12,)), ("xx-a", "president", (12,)), ("xx-a", "created", (14,))}
    assert {key for key in before if before[key] != after[key]} == touched
    assert "A comment of the editors stays." in (folder / "clusters" / "a.yml").read_text("utf-8")


def test_nothing_is_written_before_the_action_says_so(world: World):
    folder = world(WORLD)
    before = everything(folder)
    assert rewrite(folder, AMEL, "asked")
    assert everything(folder) == before


def test_erasing_twice_changes_nothing_more(world: World):
    folder = world(WORLD)
    erase(folder)
    assert rewrite(folder, AMEL, "asked again") == {}


def test_a_person_without_any_place_left_touches_no_file(world: World):
    nobody = Erasure(frozenset(), frozenset({"person-9"}), ("Karim Inconnu",))
    assert rewrite(world(WORLD), nobody, "asked") == {}


def test_every_spelling_and_every_role_of_a_person_goes(world: World):
    folder = world(WORLD)
    sami = Erasure(
        frozenset({("person-2", "name"), ("person-2", "alias")}),
        frozenset({"person-2"}),
        ("Sami Trabelsi", "Samy Trabelsi"),
    )
    found = erase(folder, sami)
    assert "trabelsi" not in everything(folder)
    assert "benzarti" in everything(folder)
    assert [s.redacted for key, s in found.items() if key[1] in ("director", "alias")] == [
        "asked by the person"
    ] * 2


def test_a_name_that_a_comment_of_the_file_repeats_goes_too(world: World):
    folder = world(WORLD.replace("# A comment of the editors stays.", "# Amel Benzarti presides it."))
    erase(folder)
    assert "benzarti" not in everything(folder)


def test_the_name_in_a_remark_or_a_ruling_goes_too(world: World):
    folder = world(WORLD + """
    == remarks.yml
    source: book
    remarks:
      - {id: odd, lines: [12], severity: note, message: {fr: "Amel Benzarti préside.", en: "Amel Benzarti presides.", ar: "Amel Benzarti"}}
    """)  # fmt: skip
    erase(folder)
    assert "benzarti" not in everything(folder)


@pytest.mark.parametrize(
    ("text", "named", "mentioned"),
    [
        ("PRÉSIDENTE : Amel BENZARTI", True, True),
        ("BENZARTI Amel", True, True),
        ("Amél Bénzarti", True, True),
        ("Mme Benzarti", False, True),  # the surname alone
        ("Benzartia", False, False),  # another word that begins like it
        ("Amel", False, False),  # a first name alone names nobody
        ("", False, False),
        (None, False, False),
    ],
)
def test_a_text_names_a_person_in_full_or_mentions_the_surname(
    text: str | None, named: bool, mentioned: bool
):
    assert names_person(AMEL, text) is named
    assert mentions_person(AMEL, text) is mentioned


def test_a_surname_that_others_bear_too_mentions_nobody():
    shared = Erasure(AMEL.slots, AMEL.persons, AMEL.names, frozenset({"benzarti"}))
    assert not mentions_person(shared, "Mme Benzarti")
    assert mentions_person(shared, "Amel Benzarti")


def test_a_homonym_keeps_the_name_on_another_line(world: World):
    folder = world(
        WORLD.replace('printed: "M. Trabelsi, directeur"', 'printed: "M. Benzarti, directeur"').replace(
            "Sami Trabelsi", "Sami Benzarti"
        )
    )
    shared = Erasure(AMEL.slots, AMEL.persons, AMEL.names, frozenset({"benzarti"}))
    found = erase(folder, shared)
    assert found["person-2", "name"].value == "Sami Benzarti"
    assert "amel" not in everything(folder)


JSONL = """
    == statements.jsonl
    {"entity": "person-1", "kind": "person", "field": "name", "value": "Amel Benzarti", "source": "book", "as_of": "2019", "line": 12, "printed": "Amel BENZARTI"}
    {"entity": "xx-a", "kind": "cluster", "field": "name", "value": "Cuir", "source": "book", "as_of": "2019", "line": 1, "printed": "Cuir"}
    {"entity": "xx-a", "kind": "cluster", "field": "president", "value": "person-1", "source": "book", "as_of": "2019", "line": 12, "printed": "Amel BENZARTI"}
    {"entity": "xx-a", "kind": "cluster", "field": "jobs", "value": 300, "perimeter": "members", "modality": "observed", "source": "book", "as_of": "2019", "line": 13, "printed": "300 emplois, dit Mme Benzarti"}
    {"entity": "xx-a", "kind": "cluster", "field": "creative", "value": true, "source": "book", "as_of": "2019", "line": 14, "printed": "art"}
"""
CSV = """
    == statements.csv
    entity,kind,field,value,perimeter,modality,source,as_of,line,printed
    person-1,person,name,Amel Benzarti,,,book,2019,12,Amel BENZARTI
    xx-a,cluster,name,Cuir,,,book,2019,1,Cuir
    xx-a,cluster,president,person-1,,,book,2019,12,Amel BENZARTI
    xx-a,cluster,jobs,300,members,observed,book,2019,13,"300 emplois, dit Mme Benzarti"
    xx-a,cluster,creative,true,,,book,2019,14,art
"""


@pytest.mark.parametrize(("text", "name"), [(JSONL, "statements.jsonl"), (CSV, "statements.csv")])
def test_rows_of_json_and_csv_are_rewritten_too(world: World, text: str, name: str):
    folder = world(text)
    before = {(s.entity, s.field): s for s in read_dataset(folder).statements}
    found = erase(folder)
    assert "benzarti" not in fold((folder / name).read_text("utf-8"))
    assert (found["person-1", "name"].redacted, found["xx-a", "president"].redacted) == (
        "asked by the person",
    ) * 2
    assert (found["xx-a", "jobs"].value, found["xx-a", "jobs"].lines) == (300, (13,))
    untouched = [("xx-a", "name"), ("xx-a", "creative")]
    assert [found[slot] for slot in untouched] == [before[slot] for slot in untouched]
