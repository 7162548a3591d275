"""Groups of countries, who names a tie, and when silence says something."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.network.cooperation import Group, NamedBy, Tie, group_of, named_by, one_sided

MARCH = date(2019, 3, 1)
IDS = st.sampled_from(["a", "b", "c"])


@pytest.mark.parametrize(
    ("country", "group"),
    [("ES", "north"), ("EU", "north"), ("LY", "maghreb"), ("SN", "sub_saharan"), ("EG", "other")],
)  # fmt: skip
def test_a_country_stands_in_one_group(country, group):
    assert group_of(country, MARCH) == group


def test_an_unknown_country_stands_in_none():
    assert group_of(None, MARCH) is None


def test_the_united_kingdom_leaves_the_north_when_its_membership_ends():
    assert group_of("GB", date(2020, 1, 31)) is Group.NORTH
    assert group_of("GB", date(2020, 2, 1)) is Group.OTHER


def test_ends_are_the_same_whichever_is_printed_first():
    assert Tie("1", "b", "a", "partnership", counts=True).ends == ("a", "b")
    assert Tie("1", "a", "b", "partnership", counts=True).ends == ("a", "b")


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (["a"], NamedBy.SOURCE),
        (["b", ""], NamedBy.TARGET),
        (["a", "b"], NamedBy.BOTH),
        ([""], NamedBy.THIRD),
        (["c"], NamedBy.THIRD),
        ([None, ""], NamedBy.THIRD),
        ([None], None),
        ([], None),
    ],
)
def test_a_tie_is_named_by_whoever_speaks_of_it_in_its_own_sheet(speakers, expected):
    assert named_by(speakers, "a", "b") is expected


@pytest.mark.parametrize(
    ("namers", "sheets", "expected"),
    [
        ("a", "ab", True),  # b had a sheet to say it in, and did not
        ("ab", "ab", False),
        ("a", "a", None),  # b had no say: silence means nothing
        ("", "ab", None),  # only the author tells of it
        ("c", "abc", None),
    ],
)
def test_silence_tells_only_of_those_who_had_a_sheet(namers, sheets, expected):
    assert one_sided(namers, ("a", "b"), frozenset(sheets)) is expected


def test_a_link_of_one_with_itself_is_not_one_sided():
    assert one_sided({"a"}, ("a", "a"), frozenset("a")) is None


@given(st.sets(IDS), st.sets(IDS))
def test_sidedness_does_not_hang_on_the_order_of_the_ends(namers, sheets):
    assert one_sided(namers, ("a", "b"), frozenset(sheets)) is one_sided(
        namers, ("b", "a"), frozenset(sheets)
    )
