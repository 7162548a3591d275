"""Every code of problem is produced by some malformed data set, with its place and its value."""

# ruff: noqa: E501 - rows of data sets are written as they stand in their files

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.worlds import CARD, codes, problems_of

from grappe.present.problems import PROBLEMS, problem_words

HEAD = """
id: xx-a
kind: cluster
source: book
as_of: 2019-03
"""
SOUND = HEAD + "name: {value: Cuir, line: 1, printed: Cuir}\n"
FIGURE = "perimeter: members, modality: observed, line: 12, printed: n"


def row(line: str) -> str:
    """A sound cluster and one more line."""
    return SOUND + line + "\n"


def card(old: str, new: str) -> str:
    """A sound cluster under a card in which something is altered."""
    assert old in CARD
    return SOUND + "== dataset.yml" + CARD.replace(old, new)


def rows(*lines: str) -> str:
    """A sound cluster beside rows of JSON."""
    return SOUND + "== statements.jsonl\n" + "\n".join(lines)


def ruling(text: str) -> str:
    return SOUND + "== rulings.yml\n" + text


def remark(text: str) -> str:
    return SOUND + "== remarks.yml\n" + text


WORDS = "{fr: a, en: b, ar: ج}"

MALFORMED: dict[str, str] = {
    "not_a_mapping": SOUND + "== b.yml\n- xx-b\n",
    "bad_yaml": SOUND + "== b.yml\nid: [xx-b\n",
    "bad_json": rows("{nonsense"),
    "too_many_cells": SOUND + "== statements.csv\nentity,kind,field\nxx-b,cluster,name,B\n",
    "bad_csv": SOUND + "== statements.csv\nentity,kind,field,value\nxx-b,cluster,name," + "B" * 200_000,
    "empty_file": SOUND + "== b.yml\n# nothing\n",
    "repeated_key": row("name: {value: Cuir, line: 1, printed: Cuir}"),
    "unknown_field": row("colour: {value: red, line: 1, printed: rouge}"),
    "missing_field": SOUND.replace("source: book\n", ""),
    "unknown_attribute": row("sector: {value: 1, perimeter: members, line: 1, printed: '1'}"),
    "missing_attribute": row("jobs: {value: 9, modality: observed, line: 12, printed: '9'}"),
    "missing_value": row("acronym: {line: 1, printed: C}"),
    "missing_locator": row("acronym: {value: C, printed: C}"),
    "missing_printed": row("acronym: {value: C, line: 1}"),
    "bad_locator": row("acronym: {value: C, line: 0, printed: C}"),
    "bad_date": row("created: {value: 2010-13, line: 12, printed: '2010'}"),
    "bad_period": row(f"jobs: {{value: 9, period: 2016-2019, {FIGURE}}}"),
    "bad_number": row(f"jobs: {{value: 3O, {FIGURE}}}"),
    "bad_range": row(f"jobs: {{value: 9, precision: range, low: 12, high: 8, {FIGURE}}}"),
    "bad_flag": row("creative: {value: maybe, line: 1, printed: oui}"),
    "bad_url": row("website: {value: not an address, line: 12, printed: www}"),
    "bad_country": row("country: {value: Maroc, line: 12, printed: Maroc}"),
    "bad_text": row("acronym: {value: '  ', line: 1, printed: C}"),
    "bad_note": row("acronym: {value: C, note: because, line: 1, printed: C}"),
    "bad_code": row("sector: {value: 8, line: 1, printed: '8'}"),
    "bad_identifier": row("place: {value: [El Jem], line: 1, printed: El Jem}"),
    "one_value": row("merged_into: {value: [xx-a, xx-a], line: 12, printed: a}"),
    "duplicate_id": SOUND + "== b.yml" + SOUND,
    "duplicate_statement": row("sector: [{value: 1, line: 1, printed: '1'}, {value: 1, line: 1, printed: '1'}]"),
    "unknown_source": SOUND.replace("source: book", "source: memory"),
    "dangling_reference": row("place: {value: [pl-nowhere], line: 1, printed: Nowhere}"),
    "wrong_kind": row("place: {value: [xx-a], line: 1, printed: Cuir}"),
    "missing_caption": HEAD + "sector: {value: 1, line: 1, printed: '1'}\n",
    "bad_validity": row("acronym: {value: C, valid_from: 2019, valid_to: 2010, line: 1, printed: C}"),
    "not_personal_field": row("acronym: {redacted: asked, line: 1}"),
    "no_statement": HEAD.replace("id: xx-a\n", "") + "entities:\n  xx-a: {}\n",
    "bad_also": HEAD.replace("id: xx-a\n", "") + "entities:\n  xx-a:\n    name: C\n    line: 1\n    printed: C\n    also: [7]\n",
    "out_of_bounds": card("sources:", "bounds: {cluster: {min: 2, max: 3}}\nsources:"),
    "bad_bounds": card("sources:", "bounds: {cluster: {min: few}}\nsources:"),
    "bad_title": card("title: {fr: Petit monde, en: Tiny world, ar: عالم صغير}", "title: Tiny world"),
    "bad_parts": card("{table: [[1, 9]]", "{table: [1, 9]"),
    "bad_columns": card("sources:\n", "sources:\n  pamphlet: {kind: study, date: 2019, columns: 5}\n"),
    "bad_remarks": remark("- a remark\n"),
    "bad_remark": remark("source: book\nremarks: [{id: odd, lines: [1], severity: note}]\n"),
    "bad_rulings": ruling("- a ruling\n"),
    "bad_ruling": ruling("rulings: [{entity: xx-a, field: name, value: Cuir, line: 1}]\n"),
    "ruling_names": ruling(f"rulings: [{{entity: xx-a, field: name, value: Bois, line: 1, why: {WORDS}}}]\n"),
}  # fmt: skip
"""A malformed data set per code; two codes need files that are not text, and stand in tests of their own."""

World = Callable[[str], Path]


def test_the_sound_world_of_these_tests_has_no_problem(world: World):
    assert codes(world(SOUND)) == []


@pytest.mark.parametrize("code", MALFORMED)
def test_a_malformed_data_set_is_refused_with_the_code_of_its_fault(world: World, code: str):
    assert code in codes(world(MALFORMED[code]))


def test_a_folder_without_a_card_is_no_data_set(world: World):
    folder = world(SOUND)
    (folder / "dataset.yml").unlink()
    assert codes(folder) == ["missing_file"]


@pytest.mark.parametrize("name", ["b.yml", "statements.csv", "dataset.yml"])
def test_a_file_in_another_encoding_is_refused_with_the_byte_that_shows_it(world: World, name: str):
    folder = world(SOUND)
    (folder / name).write_bytes("entity,kind,field\nénigme,a,b\n".encode("latin-1"))
    (found,) = problems_of(folder)
    assert (found.code, found.file, found.value) == ("not_utf8", f"tiny/{name}", "b'\\xe9'")


def test_rows_of_json_in_another_encoding_are_refused_too(world: World):
    folder = world(SOUND)
    (folder / "statements.jsonl").write_bytes('{"entity": "énigme"}\n'.encode("latin-1"))
    assert codes(folder) == ["bad_json"]


def test_the_cases_above_are_total_over_the_words_for_problems():
    assert {*MALFORMED, "missing_file", "not_utf8"} == set(PROBLEMS)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("code", MALFORMED)
def test_every_problem_can_be_worded_with_its_file(world: World, code: str, language: str):
    for problem in problems_of(world(MALFORMED[code])):
        words = problem_words(problem, language)
        assert words.startswith("tiny/")
        assert problem.value is None or problem.value in words


@pytest.mark.parametrize(
    "line",
    [
        "acronym: {value: 1:30, line: 1, printed: C}",  # YAML 1.1 reads sixty-based numbers
        f"jobs: {{value: 0x1F, {FIGURE}}}",
        f"jobs: {{value: .inf, {FIGURE}}}",
        f"jobs: {{value: .nan, {FIGURE}}}",
        f"jobs: {{value: true, {FIGURE}}}",
        f"jobs: {{value: 9, precision: range, low: a, high: b, {FIGURE}}}",
        f"jobs: {{value: 9, precision: perhaps, {FIGURE}}}",
        f"jobs: {{value: 9, modality: [observed], {FIGURE.replace('modality: observed, ', '')}}}",
        "acronym: [C, D]",
        "acronym: &loop [*loop]",
        "? [acronym, alias]\n: {value: C, line: 1, printed: C}",
        "acronym: {value: C, line: [one, two], printed: C}",
        "acronym: {value: C, line: 1.5, printed: C}",
        "acronym: {value: C, line: true, printed: C}",
        "acronym: {value: C, line: 1, printed: 85}",
        "acronym: {value: C, line: 1, printed: [C]}",
        "acronym: {value: C, line: 1, column: colour, printed: C}",
        "president: {redacted: asked, line: one}",
        "place: {value: {a: b}, line: 1, printed: C}",
        "sector: {value: [1, 2], line: 1, printed: C}",
        "acronym: {value: C, as_of: soon, line: 1, printed: C}",
        "acronym: {value: C, valid_from: soon, line: 1, printed: C}",
    ],
)
def test_odd_values_are_problems_and_never_a_traceback(world: World, line: str):
    found = problems_of(world(row(line)))
    if line.startswith("acronym: {value: 1:30"):
        assert found == []  # text is text: nothing is wrong with an acronym that looks like an hour
    else:
        assert found


@pytest.mark.parametrize(
    "bounds",
    [
        "[1]",
        "few",
        "{cluster: 3}",
        "{cluster: [1, 2]}",
        "{whale: {min: 1}}",
        "{cluster: {least: 1}}",
        "{cluster: {max: true}}",
    ],
)
def test_odd_bounds_are_problems(world: World, bounds: str):
    assert codes(world(card("sources:", f"bounds: {bounds}\nsources:")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{table: [[1, 9]], sheet: [[10, 99]], footnote: [[900, 999]]}", "[3]"),
        ("{table: [[1, 9]]", "{tabel: [[1, 9]]"),
        ("{table: [[1, 9]]", "{table: 9"),
        ("kind: study", "kind: novel"),
        ("kind: study", "kind: [study]"),
        ("kind: study", "kind: {study: true}"),
        ("columns: [name, constituted, north]", "columns: 5"),
        ("columns: [name, constituted, north]", "columns: name"),
        ("columns: [name, constituted, north]", "columns: [[name]]"),
        ("date: 2019-03\n    cited_by", "date: spring\n    cited_by"),
        ("as_of: 2019-03", "as_of: spring"),
        ("licence: CC0", "license: CC0"),
        ("id: tiny\n", ""),
        ("web: {kind: website, title: A site, date: 2019, cited_by: key}", "web: a site"),
    ],
)  # fmt: skip
def test_odd_cards_are_problems(world: World, old: str, new: str):
    assert codes(world(card(old, new)))


@pytest.mark.parametrize(
    "remarks",
    [
        f"source: book\nremarks: [{{id: odd, lines: 3, severity: note, message: {WORDS}}}]",
        f"source: book\nremarks: [{{id: odd, lines: [3], severity: [note], message: {WORDS}}}]",
        f"source: book\nremarks: [{{id: odd, lines: [3], severity: grave, message: {WORDS}}}]",
        f"source: memory\nremarks: [{{id: odd, lines: [3], severity: note, message: {WORDS}}}]",
        f"source: book\nremarks: [{{id: odd, lines: [3], severity: note, entities: [xx-z], message: {WORDS}}}]",
        "source: book\nremarks: [{id: odd, lines: [3], severity: note, message: {en: b}}]",
        "source: book\nremarks: [odd]",
        f"source: book\nremarks: [{{id: odd, lines: [3], severity: note, entities: [[xx-a]], message: {WORDS}}}]",
        "source: book",
    ],
)
def test_odd_remarks_are_problems(world: World, remarks: str):
    assert codes(world(remark(remarks)))


@pytest.mark.parametrize(
    "rulings",
    [
        f"rulings: [{{entity: [xx-a], field: name, value: Cuir, line: 1, why: {WORDS}}}]",
        f"rulings: [{{entity: xx-a, field: [name], value: Cuir, line: 1, why: {WORDS}}}]",
        f"rulings: [{{entity: xx-a, field: name, value: Cuir, line: 2, why: {WORDS}}}]",
        "rulings: [{entity: xx-a, field: name, value: Cuir, line: 1, why: {en: b}}]",
        "rulings: [{entity: xx-a, field: name, value: Cuir, line: 1, why: because}]",
        "rulings: none",
    ],
)
def test_odd_rulings_are_problems(world: World, rulings: str):
    assert codes(world(ruling(rulings)))


@pytest.mark.parametrize("entities", ["[a]", "", "a", "{xx-b: }", "{xx-b: B}"])
def test_entities_that_say_nothing_are_not_dropped_in_silence(world: World, entities: str):
    assert codes(world(HEAD.replace("id: xx-a\n", "") + f"entities: {entities}\n"))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[1]",
        "7",
        "{}",
        '{"entity": "xx-b", "kind": "whale", "field": "name", "value": "B"}',
        '{"entity": {}, "kind": {}, "field": []}',
        '{"entity": "xx-b", "kind": "cluster", "field": "name"}',
        '{"entity": "xx-b", "kind": "cluster", "field": "name", "value": {"a": 1}, "source": "book", "as_of": "2019", "line": 1, "printed": "B"}',
        '{"entity": "xx-b", "kind": "cluster", "field": "name", "value": "B", "source": {}, "as_of": "2019", "line": 1, "printed": "B"}',
        '{"entity": "xx-b", "kind": "cluster", "field": "name", "value": "B", "source": "book", "as_of": [], "line": 1, "printed": "B"}',
        '{"entity": "xx-b", "kind": "cluster", "field": "name", "value": "B", "source": "book", "as_of": "2019", "line": {}, "printed": "B"}',
        '{"entity": "xx-b", "kind": "cluster", "field": "name", "value": "B", "source": "book", "as_of": "2019", "line": 1, "column": [], "printed": "B"}',
    ],
)  # fmt: skip
def test_odd_rows_of_json_are_problems_of_their_line(world: World, line: str):
    sound = '{"entity": "xx-c", "kind": "cluster", "field": "name", "value": "C", "source": "book", "as_of": "2019", "line": 1, "printed": "C"}'
    found = problems_of(world(rows(sound, line, sound.replace("xx-c", "xx-d"))))
    assert found
    assert {(problem.file, problem.line) for problem in found} == {("tiny/statements.jsonl", 2)}
