import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import said

from grappe.domain.interval import Interval
from grappe.domain.source import Part
from grappe.domain.statement import Statement

NAMES = st.text("abcdefghé -", min_size=1, max_size=20)

ONE = {
    "entity": "cluster-a",
    "field": "name",
    "value": "Cuir",
    "source": "book",
    "part": Part.TABLE,
    "as_of": "2019",
}


def statement(**content: Any) -> Statement:
    return Statement(**{**ONE, **content})


def test_saying_the_same_thing_twice_gives_the_same_id():
    assert statement(lines=(3,)).id == statement(lines=(3,)).id


def test_an_id_is_twenty_hexadecimal_digits():
    found = statement().id
    assert len(found) == 20
    assert int(found, 16) >= 0


@pytest.mark.parametrize(
    "change",
    [
        {"entity": "cluster-b"},
        {"field": "acronym"},
        {"value": "Cuirs"},
        {"source": "web"},
        {"as_of": "2019-03"},
        {"lines": (4,)},
        {"column": "name"},
        {"key": "12"},
        {"printed": "CUIR"},
        {"language": "ar"},
        {"valid_from": "2018"},
        {"valid_to": "2020"},
        {"attributes": {"precision": "about"}},
    ],
)
def test_any_change_of_content_is_another_statement(change: dict[str, Any]):
    assert statement(**change).id != statement().id


def test_the_part_is_told_by_the_line_so_it_is_no_content():
    assert statement(part=Part.TEXT).id == statement(part=Part.TABLE).id


def test_the_order_of_attributes_does_not_matter():
    assert statement(attributes={"a": 1, "b": 2}).id == statement(attributes={"b": 2, "a": 1}).id


def test_a_true_flag_is_not_the_number_one():
    assert statement(value=True).id != statement(value=1).id


@given(NAMES, NAMES)
def test_the_id_of_a_personal_statement_does_not_depend_on_the_name(one: str, other: str):
    first = statement(entity="person-a", value=one, printed=one.upper(), lines=(7,), personal=True)
    second = statement(entity="person-a", value=other, printed=other.upper(), lines=(7,), personal=True)
    assert first.id == second.id


def test_a_note_about_a_person_may_hold_the_name_so_it_is_left_out_of_the_id_too():
    first = statement(personal=True, attributes={"note": ("fr:Untel", "en:Untel", "ar:فلان")})
    assert first.id == statement(personal=True).id


def test_personal_statements_are_told_apart_by_their_place():
    assert statement(personal=True, lines=(7,)).id != statement(personal=True, lines=(8,)).id
    assert statement(personal=True, field="president").id != statement(personal=True, field="director").id


def test_a_statement_cannot_be_altered():
    with pytest.raises(dataclasses.FrozenInstanceError):
        statement().value = "Bois"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("content", "short"),
    [
        ({"lines": (1117,)}, "l. 1117"),
        ({"lines": (408, 479)}, "l. 408, 479"),
        ({"lines": (511,), "column": "name"}, "l. 511, name"),
        ({"key": "geonames-2538475"}, "geonames-2538475"),
        ({}, ""),
    ],
)
def test_a_locator_in_short(content: dict[str, Any], short: str):
    assert statement(**content).locator == short


def test_a_figure_is_an_interval():
    assert said("cluster-a", "jobs", 100, precision="about").interval == Interval(90, 110)
    assert said("cluster-a", "jobs", 5, precision="range", low=5, high=9).interval == Interval(5, 9)


@pytest.mark.parametrize("value", ["many", True, None, ("a",)])
def test_what_is_no_number_is_no_figure(value: Any):
    with pytest.raises(TypeError, match="not a figure"):
        _ = statement(value=value).interval
