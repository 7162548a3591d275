"""Declared clusters beside concentrations whose places are known."""

import numpy as np
import pytest

from grappe.agglomeration import read_points, spot
from grappe.agglomeration.activities import Activity, Closeness, Concordance, activity, concordance_of
from grappe.agglomeration.declared import declared_and_seen
from grappe.agglomeration.made_up_country import made_up_country
from grappe.agglomeration.matching import DeclaredCluster, DeclaredPlace, SectorRule, Thresholds, Verdict
from grappe.domain.errors import BadChoice, InputRefused
from grappe.domain.vocabulary import vocabulary

OIL = Activity(narrow=("1040",), sector=("01", "10", "11"))
SHOES = Activity(narrow=("1520",), sector=("15",))


def at(x: float, y: float, role: str = "seat") -> tuple[DeclaredPlace, ...]:
    return (DeclaredPlace(f"pl-{x}-{y}", f"town {x} {y}", role, x, y),)


def cluster(name: str, does: Activity, places=(), *, potential: bool = False) -> DeclaredCluster:
    return DeclaredCluster(name, name, "XX", "emerging", does, places, potential)


@pytest.fixture(scope="module")
def square():
    """Thirty oil mills at (20, 20), thirty shoemakers at (70, 70), 400 shops over 100 km by 100 km."""
    rng = np.random.default_rng(3)
    mills, shoes = rng.normal(20, 0.4, (2, 30)), rng.normal(70, 0.4, (2, 30))
    shops = rng.uniform(0, 100, (2, 400))
    x, y = np.hstack([mills, shoes, shops])
    codes = ["1040"] * 30 + ["1520"] * 30 + ["4711"] * 400
    points, _ = read_points({"x": x, "y": y, "industry": codes})
    return points, spot(points, resamples=0)


def asked(square, *clusters, limits=None, concordance=None, places=()):
    return declared_and_seen(*square, clusters, concordance or Concordance(), limits, places=places)


def verdict(square, one, **more):
    return asked(square, one, **more).clusters[0]


def test_a_cluster_at_the_place_of_its_concentration_is_seen_with_the_distance(square):
    found = verdict(square, cluster("oil", OIL, at(20, 20)))
    assert (found.verdict, found.why) == (Verdict.SEEN, None)
    assert found.matches[0].km == 0
    assert (found.establishments, found.near) == (30, 30)


def test_a_cluster_in_the_wrong_place_is_not_seen_in_this_register_and_told_where_its_activity_is(square):
    found = verdict(square, cluster("oil", OIL, at(60, 20)))
    assert found.verdict is Verdict.NOT_SEEN
    # Forty kilometres less the radius of the footprint.
    assert 30 < found.elsewhere.km <= 40
    assert found.near == 0


def test_another_activity_at_the_same_place_is_no_match(square):
    assert verdict(square, cluster("shoes", SHOES, at(20, 20))).verdict is Verdict.NOT_SEEN


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (cluster("nowhere", OIL), "no_place"),
        (cluster("abroad", OIL, at(900, 900)), "place_outside_register"),
        (cluster("several sectors", Activity(), at(20, 20)), "activity_unknown"),
        (cluster("software", Activity(narrow=("62",)), at(20, 20)), "activity_not_in_register"),
    ],
)
def test_what_the_register_cannot_tell_is_not_covered_and_never_absent(square, one, why):
    found = verdict(square, one)
    assert (found.verdict, found.why) == (Verdict.NOT_COVERED, why)


def test_an_industry_too_small_to_be_searched_cannot_be_told_of():
    x = np.concatenate([np.full(4, 5.0), np.linspace(0, 50, 100)])
    points, _ = read_points({"x": x, "y": x, "industry": ["1040"] * 4 + ["4711"] * 100})
    found = verdict((points, spot(points, resamples=0)), cluster("oil", OIL, at(5, 5)))
    assert (found.verdict, found.why, found.establishments) == (Verdict.NOT_COVERED, "too_few_to_test", 4)


def test_what_nobody_declares_is_listed_with_what_is_near(square):
    answer = asked(
        square, cluster("oil", OIL, at(20, 20)), cluster("hides", SHOES, at(71, 71), potential=True),
        cluster("software", Activity(narrow=("62",)), at(70, 75)), places=at(70, 72),
    )  # fmt: skip
    (only,) = answer.undeclared
    assert (only.concentration.industry, only.isic) == ("1520", ("1520",))
    assert [one.cluster for one in only.potential] == ["hides"]
    assert [(one.cluster, one.closeness) for one in only.neighbours] == [("software", Closeness.NONE)]
    assert only.near[0] == "town 70 72"
    assert only.holds["quotient_at_least_2"] is True
    assert only.holds["stability_at_least_0.75"] is None


def test_a_potential_cluster_is_neither_judged_nor_a_match(square):
    answer = asked(square, cluster("oil", OIL, at(20, 20), potential=True))
    assert answer.clusters == ()
    assert len(answer.undeclared) == 2


def test_a_verdict_that_hangs_on_the_distance_is_called_unsteady(square):
    near = verdict(square, cluster("oil", OIL, at(20, 20)))
    edge = verdict(square, cluster("oil", OIL, at(20, 36)), limits=Thresholds(20))
    assert near.steady
    assert not edge.steady
    assert {km for km, _, _ in edge.grid} == {10, 20, 40}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SectorRule.NEVER, Verdict.NOT_COVERED),
        (SectorRule.UNLESS_NARROW, Verdict.SEEN),
        (SectorRule.ALWAYS, Verdict.SEEN),
    ],
)
def test_a_cluster_of_which_only_the_sector_is_known_is_seen_where_the_rule_takes_it(square, rule, expected):
    food = cluster("food", Activity(sector=("01", "10", "11")), at(20, 20))
    assert verdict(square, food, limits=Thresholds(20, rule)).verdict is expected


def test_a_sector_is_not_enough_for_a_cluster_whose_niche_is_known(square):
    dates = cluster("dates", Activity(narrow=("0122",), sector=("01", "10", "11")), at(20, 20))
    assert verdict(square, dates).verdict is Verdict.NOT_COVERED
    assert verdict(square, dates, limits=Thresholds(20, SectorRule.ALWAYS)).verdict is Verdict.SEEN


def test_codes_that_cannot_be_read_are_told_and_match_nothing(square):
    answer = asked(
        square, cluster("oil", OIL, at(20, 20)), concordance=Concordance("own", {"1520": ("1520",)})
    )
    assert answer.unread == ("1040", "4711")
    assert answer.clusters[0].why == "activity_not_in_register"


def test_a_distance_of_zero_is_refused():
    with pytest.raises(BadChoice):
        Thresholds(0)


def test_planted_concentrations_that_are_declared_are_seen_and_the_others_are_not_declared():
    country = made_up_country(6_000, 20, seed=5)
    points, _ = read_points(country.points)
    found = spot(points, resamples=0)
    own = {code: (f"{10 + at_}",) for at_, code in enumerate(points.industries)}
    planted = [row for row in country.planted.to_pylist() if row["members"] >= 25]
    half = planted[::2]
    declared = [
        cluster(f"c{n}", Activity(narrow=own[row["industry"]]), at(row["x"], row["y"]))
        for n, row in enumerate(half)
    ]
    answer = declared_and_seen(points, found, declared, Concordance("own", own), Thresholds(10))
    # `spot` finds most, not all, of what is planted; what it finds at a declared place is matched.
    assert len(answer.of(Verdict.SEEN)) >= 0.7 * len(half)
    assert len(answer.of(Verdict.NOT_COVERED)) == 0
    assert len(answer.matched) + len(answer.undeclared) == len(found)
    for one in answer.undeclared:
        here = [row for row in half if row["industry"] == one.concentration.industry]
        middle = np.array([one.concentration.x, one.concentration.y])
        assert all(np.hypot(row["x"] - middle[0], row["y"] - middle[1]) > 9 for row in here)


def test_the_concordance_speaks_of_every_word_of_the_census():
    for name, field in (("niche", "niches"), ("industry", "industries")):
        for code in vocabulary(name):
            activity(None, **{field: [code]})
    from grappe.agglomeration.activities import _table

    for name in ("sector", "niche", "industry"):
        assert set(_table()[name]) == set(vocabulary(name))


def test_every_code_of_the_concordance_is_a_prefix_of_isic():
    from grappe.agglomeration.activities import _table

    prefixes = [
        p for name in ("sector", "niche", "industry", "naics") for v in _table()[name].values() for p in v
    ]
    assert all(p.isdigit() and 2 <= len(p) <= 4 for p in prefixes)
    assert all(1 <= int(p[:2]) <= 99 for p in prefixes)


@pytest.mark.parametrize(
    ("nomenclature", "code", "isic"),
    [
        ("isic", "1040", ("1040",)),
        ("naf", "10.41A", ("1041",)),
        ("isic", "C10", ("10",)),
        ("isic", "6", ("06",)),
        ("naics", "333111", ("28",)),
        ("naics", "311225", ("1040", "106")),
        ("naics", "999990", ()),
        ("isic", "weaving", ()),
        ("own", "1040", ()),
    ],
)
def test_codes_of_registers_are_read_as_their_nomenclature_says(nomenclature, code, isic):
    assert Concordance(nomenclature).isic(code) == isic


def test_a_table_of_ones_own_is_read_or_refused_with_its_line():
    assert concordance_of([("a", "10"), ("a", "11 1200")], "own.csv") == {"a": ("10", "11", "1200")}
    with pytest.raises(InputRefused) as refused:
        concordance_of([("a", "10"), ("b", "textile")], "own.csv")
    assert refused.value.params["line"] == "3"
