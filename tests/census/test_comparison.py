"""Shares with intervals, groups side by side, clusters against large cities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import MARCH, facts

from grappe.census.comparison import check_number, compare_entities, compare_groups, levels_of
from grappe.census.intervals import FEW, wilson
from grappe.census.row import rows
from grappe.census.urban_map import City, cities, group_of, kilometres, urban_map
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_between_nothing_and_all(pair):
    share = wilson(*pair)
    assert 0 <= share.low <= share.value <= share.high <= 1


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_the_others_is_the_mirror(pair):
    count, of = pair
    one, other = wilson(count, of), wilson(of - count, of)
    assert one.low == pytest.approx(1 - other.high)


def test_the_bounds_solve_the_equation_they_come_from():
    # Each bound p is where the count lies z standard errors away: (x/n - p)² = z² p(1 - p)/n.
    share, z = wilson(7, 20), 1.959963984540054
    for p in (share.low, share.high):
        assert (7 / 20 - p) ** 2 == pytest.approx(z * z * p * (1 - p) / 20)


def test_a_share_of_nothing_has_no_value():
    assert wilson(0, 0).value is None


def test_a_share_of_a_few_is_marked():
    assert wilson(1, FEW - 1).few
    assert not wilson(1, FEW).few


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def world():
    return facts(
        ("pl-big", "place_kind", "town"), ("pl-big", "lat", 33.0), ("pl-big", "lon", -7.0),
        ("pl-far", "place_kind", "town"), ("pl-far", "lat", 30.0), ("pl-far", "lon", -7.0),
        ("pl-wide", "place_kind", "region"), ("pl-wide", "lat", 33.0), ("pl-wide", "lon", -7.0),
        *cluster("a", "MA", 2, "pl-big", state="constituted"),
        *cluster("b", "MA", 1, "pl-far", state="expected"),
        *cluster("c", "DZ", 1, "pl-wide"),
        ("organisation-x", "name", "X"), ("organisation-x", "country", "FR"),
        ("organisation-x", "type", "university"), ("link-1", "kind", "partnership"),
        ("link-1", "from", "cluster-a"), ("link-1", "to", "organisation-x"),
        ("link-2", "kind", "event"), ("link-2", "from", "cluster-b"), ("link-2", "to", "organisation-x"),
        ("instrument-law", "country", "MA"), ("instrument-law", "instrument_kind", "law"),
    )  # fmt: skip


def cluster(name, country, sector, place, state=None):
    one = f"cluster-{name}"
    yield (one, "name", name)
    yield (one, "country", country)
    yield (one, "sector", sector)
    yield (one, "place", place)
    if state:
        yield (one, "state", state)


def parts(by, *subjects):
    known = world()
    found = compare_groups(known, rows(known, MARCH), MARCH, by, subjects)
    return found, {part.name: part for part in found.parts}


def test_groups_stand_in_alphabetical_order_whatever_is_asked():
    found, _ = parts("country", "MA", "DZ")
    assert found.subjects == ("DZ", "MA")
    assert found.sizes == {"DZ": 1, "MA": 2}


def test_a_share_is_of_those_of_which_it_is_known():
    _, found = parts("country", "MA", "DZ")
    cell = found["state"].rows["constituted"]["MA"]
    assert (cell.share.count, cell.share.of, cell.ids) == (1, 2, ("cluster-a",))
    assert found["state"].unknown == {"DZ": ("cluster-c",), "MA": ()}
    assert found["state"].rows["constituted"]["DZ"].share.of == 0


def test_only_cooperation_counts_by_level_and_every_link_in_organisations():
    _, found = parts("country", "MA", "DZ")
    assert found["level"].rows["euromed"]["MA"].share.count == 1
    assert found["type"].rows["university"]["MA"].share.count == 1


def test_instruments_are_counted_where_countries_are_compared():
    assert parts("country", "MA", "DZ")[1]["instrument_kind"].rows["law"]["MA"].share.count == 1
    assert "instrument_kind" not in parts("sector", "1", "2")[1]


def test_the_aspect_that_groups_is_left_out():
    assert "sector" not in parts("sector", "1", "2")[1]


@pytest.mark.parametrize("asked", [[], ["MA"], ["MA", "MA"], list("abcdefg")])
def test_two_to_six_can_be_compared(asked):
    with pytest.raises(BadChoice):
        check_number(asked, "countries")


def test_clusters_side_by_side_show_every_field_that_one_of_them_has():
    chosen, fields = compare_entities(world(), MARCH, ["cluster-c", "cluster-a"], Kind.CLUSTER)
    assert chosen == ("cluster-a", "cluster-c")
    assert list(fields) == ["name", "country", "state", "sector", "place"]
    assert fields["state"]["cluster-c"] == []


def test_what_is_no_cluster_is_not_compared_as_one():
    with pytest.raises(BadChoice):
        compare_entities(world(), MARCH, ["cluster-a", "organisation-x"], Kind.CLUSTER)


def test_partners_by_level_are_each_counted_once():
    assert levels_of(world(), MARCH, "cluster-a") == {"euromed": 1}


TOWNS = [City("1", "MA", "Big", 33.0, -7.0, 900_000), City("2", "MA", "Small", 30.0, -7.0, 100_000)]


def urban(**more):
    known = world()
    return urban_map(known, rows(known, MARCH), MARCH, towns=TOWNS, **more)


def test_a_seat_near_a_large_city_is_in_it():
    found = urban(large=500_000)
    assert found.group("others").inside == ("cluster-a",)
    assert found.group("agri_food").outside == ("cluster-b",)
    # 900,000 of 1,000,000 townspeople live in the one large city.
    assert found.population_share == 900 / 1000


def test_one_cluster_each_proves_nothing():
    assert urban(large=500_000).verdict == "cannot_tell"


def test_a_country_without_towns_in_the_table_is_left_out_and_a_region_has_no_point():
    known = world()
    towns = [*TOWNS, City("3", "DZ", "Other", 33.0, -7.0, 600_000)]
    found = urban_map(known, rows(known, MARCH), MARCH, towns=towns)
    assert found.group("agri_food").unknown == ("cluster-c",)


def crowd(inside_others, of_others, inside_agri, of_agri):
    rows_ = [("pl-in", "place_kind", "town"), ("pl-in", "lat", 33.0), ("pl-in", "lon", -7.0)]
    rows_ += [("pl-out", "place_kind", "town"), ("pl-out", "lat", 20.0), ("pl-out", "lon", -7.0)]
    for group, sector, inside, of in (("o", 2, inside_others, of_others), ("g", 1, inside_agri, of_agri)):
        for n in range(of):
            rows_ += cluster(f"{group}{n}", "MA", sector, "pl-in" if n < inside else "pl-out")
    known = facts(*rows_)
    towns = [City("1", "MA", "Big", 33.0, -7.0, 500_000), City("2", "MA", "Other", 25.0, -7.0, 400_000)]
    return urban_map(known, rows(known, MARCH), MARCH, towns=towns, large=500_000, near_km=5).verdict


def test_the_verdict_asks_for_intervals_that_do_not_meet():
    assert crowd(18, 20, 1, 10) == "supported"
    assert crowd(18, 20, 8, 10) == "cannot_tell"
    assert crowd(0, 20, 10, 10) == "contradicted"


def test_the_towns_are_of_three_countries_and_none_is_small():
    assert {town.country for town in cities()} == {"MA", "DZ", "TN"}
    assert min(town.population for town in cities()) >= 50_000


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert kilometres((33.0, -7.0), (34.0, -7.0)) == pytest.approx(6371.0088 * 3.141592653589793 / 180)


def test_creative_clusters_are_a_group_of_their_own():
    known = facts(("cluster-a", "name", "A"), ("cluster-a", "sector", 7))
    [row] = rows(known, MARCH)
    assert group_of(row) == "creative"
