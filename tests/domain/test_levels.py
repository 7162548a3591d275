from datetime import date
from itertools import product

import pytest

from grappe.domain.levels import country_groups, in_group, level_between
from grappe.domain.vocabulary import vocabulary

MARCH_2019 = date(2019, 3, 1)

# One country of each kind: two of the Maghreb, two of Europe, two of the eastern Mediterranean, two south of
# the Sahara, two elsewhere. The table is read by hand from the design, section 4.
OF = {"M": "MA TN", "E": "FR IT", "Q": "EG JO", "S": "SN CI", "O": "CA JP"}
EXPECTED = {
    ("M", "M"): "intra_maghreb",
    ("M", "E"): "euromed",
    ("M", "Q"): "south_south",
    ("M", "S"): "africa",
    ("M", "O"): "other",
    ("E", "E"): "other",
    ("E", "Q"): "euromed",
    ("E", "S"): "other",
    ("E", "O"): "other",
    ("Q", "Q"): "south_south",
    ("Q", "S"): "south_south",
    ("Q", "O"): "other",
    ("S", "S"): "africa",
    ("S", "O"): "other",
    ("O", "O"): "other",
}


@pytest.mark.parametrize(("kinds", "level"), EXPECTED.items())
def test_the_level_of_every_pair_of_kinds_of_country(kinds: tuple[str, str], level: str):
    pairs = [(a, b) for a, b in product(OF[kinds[0]].split(), OF[kinds[1]].split()) if a != b]
    assert {level_between(a, b, MARCH_2019) for a, b in pairs} == {level}


def test_a_link_within_one_country_is_national_wherever_it_is():
    assert {level_between(c, c, MARCH_2019) for c in ("MA", "FR", "EG", "SN", "CA")} == {"national"}


def test_an_unknown_country_gives_no_level():
    assert level_between(None, "MA", MARCH_2019) is None
    assert level_between("MA", None, MARCH_2019) is None
    assert level_between(None, None, MARCH_2019) is None


def test_the_level_does_not_depend_on_the_direction_of_the_link():
    countries = " ".join(OF.values()).split()
    for one, other in product(countries, countries):
        assert level_between(one, other, MARCH_2019) == level_between(other, one, MARCH_2019)


def test_mauritania_and_libya_belong_to_the_maghreb():
    assert level_between("MR", "MA", MARCH_2019) == level_between("LY", "TN", MARCH_2019) == "intra_maghreb"
    assert level_between("MR", "SN", MARCH_2019) == "africa"


def test_a_group_is_read_at_the_day_asked():
    # The United Kingdom left on 31 January 2020; the day in the data is the first day out.
    assert level_between("GB", "MA", date(2020, 1, 31)) == "euromed"
    assert level_between("GB", "MA", date(2020, 2, 1)) == "other"
    assert level_between("HR", "MA", date(2013, 6, 30)) == "other"
    assert level_between("HR", "MA", date(2013, 7, 1)) == "euromed"


def test_a_country_of_no_group_is_in_none():
    assert not any(in_group("JP", group, MARCH_2019) for group in country_groups())


def test_no_country_is_in_two_groups_on_one_day():
    groups = country_groups()
    for country in {c for members in groups.values() for c in members}:
        assert sum(in_group(country, group, MARCH_2019) for group in groups) <= 1, country


def test_countries_are_two_capitals_and_memberships_begin_before_they_end():
    for group, members in country_groups().items():
        for country, (start, end) in members.items():
            assert len(country) == 2
            assert country.isupper(), f"{group}: {country} (an unquoted NO is read as false)"
            assert start < end


def test_every_level_has_a_label():
    assert {*EXPECTED.values(), "national"} <= vocabulary("level").keys()
