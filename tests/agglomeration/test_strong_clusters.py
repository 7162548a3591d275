"""Rules of observatories: each threshold where it stands, missing data never a no, editions that cite."""

import math
from typing import get_args

import pandas as pd
import pytest

from grappe.agglomeration.edition import Measure, edition_names, read_edition
from grappe.agglomeration.strong_clusters import reasons, strong_clusters
from grappe.domain.errors import BadChoice, InputRefused

MEASURES = set(get_args(Measure))


def rows_of(table, *args, **options) -> dict:
    found = strong_clusters(table, *args, **options).to_pyarrow().to_pylist()
    return {(row["region"], row["industry"]): row for row in found}


def country(oil: list[float], other: list[float], **columns) -> pd.DataFrame:
    """Regions r1, r2, … with oil and everything else; further columns hold for both."""
    names = [f"r{n}" for n in range(1, len(oil) + 1)]
    parts = [
        pd.DataFrame({"region": names, "industry": industry, "value": jobs, **columns})
        for industry, jobs in (("oil", oil), ("other", other))
    ]
    return pd.concat(parts, ignore_index=True)


def test_the_american_rule_asks_for_quotient_jobs_and_establishments():
    # Oil has 10, 20, 30, 40, 50 of 1,000 jobs in each of five regions.
    table = country([10, 20, 30, 40, 50], [990, 980, 970, 960, 950], firms=[1, 2, 3, 4, 5])
    found = rows_of(table, "us-2014", establishments="firms")
    # Quotients: 10/1000 over 150/5000 is a third, … 50/1000 over it is 5/3. The percentiles of five values
    # lie on them: the 75th is the fourth, the 25th the second.
    fourth = found["r4", "oil"]
    assert fourth["top_quarter_seen"] == pytest.approx(4 / 3)
    assert fourth["top_quarter_needed"] == pytest.approx(4 / 3)
    assert fourth["employment_needed"] == 20
    assert (fourth["is_strong_10"], fourth["is_strong"], fourth["level"]) == (False, True, "strong")
    # The 90th lies between the fourth and the fifth, at 4/3 + 0.6 × 1/3.
    assert fourth["top_decile_needed"] == pytest.approx(4 / 3 + 0.6 / 3)
    assert found["r5", "oil"]["level"] == "strong_10"
    assert found["r5", "oil"]["strong"] is True
    # The third is not above the median, which it is; the second not above the 25th percentile of jobs.
    assert found["r3", "oil"]["level"] == "none"
    assert found["r2", "oil"]["employment_met"] is False


def test_regions_are_compared_with_those_of_their_type():
    table = country(
        [10, 50, 60, 100],
        [990, 950, 940, 900],
        firms=[1, 5, 6, 9],
        kind=["county", "county", "metro", "metro"],
    )
    found = rows_of(table, "us-2014", establishments="firms", region_type="kind")
    # Two of a type: the 25th percentile lies a quarter of the way from the smaller.
    assert found["r2", "oil"]["employment_needed"] == 10 + 0.25 * (50 - 10)
    assert found["r4", "oil"]["employment_needed"] == 60 + 0.25 * (100 - 60)
    alone = rows_of(table, "us-2014", establishments="firms")
    assert alone["r2", "oil"]["employment_needed"] == 10 + 0.75 * (50 - 10)


def test_what_is_not_known_is_neither_met_nor_failed():
    table = country([10, 20, 30, 40, 50], [990, 980, 970, 960, 950])
    found = rows_of(table, "us-2014")
    fifth = found["r5", "oil"]
    assert (fifth["establishments_met"], fifth["establishments_seen"]) == (None, None)
    assert (fifth["is_strong"], fifth["level"], fifth["strong"]) == (None, None, None)
    # Where another criterion fails the answer is no, whatever the establishments.
    assert found["r1", "oil"]["level"] == "none"
    assert found["r1", "oil"]["strong"] is False


def test_one_missing_count_stays_missing_after_adding_up():
    table = pd.concat([country([10, 20], [90, 80], firms=[5, 6])] * 2, ignore_index=True)
    table.loc[0, "firms"] = math.nan
    found = rows_of(table, "india-fmc-industrial", establishments="firms")
    assert found["r1", "oil"]["count_met"] is None
    assert found["r2", "oil"]["count_seen"] == 6 + 6


def test_stars_are_counted_above_the_floor_and_say_how_many_could_be_had():
    jobs = [1500, *[100] * 9]
    found = rows_of(country(jobs, [500, *[9900] * 9]), "eu-stars-2007")
    top = found["r1", "oil"]
    # The largest of ten, 1500/2000 over 2400/92000 far above 2, and the highest share of its region.
    assert (top["stars"], top["stars_possible"], top["strong"]) == (3, 3, True)
    small = rows_of(country([n / 2 for n in jobs], [250, *[4950] * 9]), "eu-stars-2007")["r1", "oil"]
    assert small["floor_met"] is False
    assert (small["stars"], small["strong"]) == (0, False)
    later = rows_of(country(jobs, [500, *[9900] * 9]), "eu-stars-2014")["r1", "oil"]
    # Wages and growth are not known: two stars of two, and whether it is strong is open.
    assert (later["stars"], later["stars_possible"], later["strong"]) == (2, 2, None)
    assert found["r2", "oil"]["strong"] is False
    assert top["level"] is None


def test_growth_and_wages_earn_stars_once_their_columns_are_given():
    table = country([40, 10], [60, 90], pay=[30.0, 20.0], before=[20, 10])
    found = rows_of(table, "eu-stars-2014", wage="pay", previous="before")["r1", "oil"]
    assert found["growth_seen"] == 40 / 20 - 1
    assert found["productivity_needed"] == 20 + 0.8 * (30 - 20)
    assert (found["stars"], found["strong"]) == (4, True)


def test_the_brazilian_matrix_crosses_the_class_with_the_region():
    # Shares of oil: r1 80 %, r2 12 %, r3 7.5 %, r4 0.5 %; quotients by hand below.
    table = country([800, 120, 75, 5], [200, 20_000, 800, 30_000], firms=[9, 9, 9, 9])
    found = rows_of(table, "brazil-ipea-2006", establishments="firms")
    whole = 1000 / (1000 + 51_000)
    assert found["r1", "oil"]["local_importance_seen"] == pytest.approx(0.8 / whole)
    assert found["r1", "oil"]["level"] == "nucleus"
    # 120/20120 is less than the whole: locally unimportant.
    assert found["r2", "oil"]["level"] == "none"
    # 75/875 is 4.5 times the whole, 7.5 % of the class.
    assert found["r3", "oil"]["level"] == "embryo"
    few = rows_of(table.assign(firms=4), "brazil-ipea-2006", establishments="firms")
    assert few["r1", "oil"]["level"] == "none"


def test_the_french_rule_compares_establishments_per_area_with_the_country():
    table = country([200, 100], [800, 1900], firms=[30, 10], km2=[10.0, 90.0])
    found = rows_of(table, "france-datar-2000", establishments="firms", area="km2")["r1", "oil"]
    assert found["density_seen"] == pytest.approx((30 / 10) / (40 / 100))
    assert found["level"] == "agglomeration"
    without = rows_of(table, "france-datar-2000", establishments="firms")["r1", "oil"]
    assert (without["density_met"], without["level"]) == (None, None)


@pytest.mark.parametrize(
    ("edition", "count", "met"),
    [
        ("india-fmc-industrial", 100, True), ("india-fmc-industrial", 99, False),
        ("india-fmc-handicraft", 50, True), ("india-fmc-handicraft", 49, False),
        ("uk-dsit-2024", 10, True), ("uk-dsit-2024", 9, False),
    ],
)  # fmt: skip
def test_count_rules_for_poor_data(edition, count, met):
    table = country([1000], [1000], firms=[count])
    assert rows_of(table, edition, establishments="firms")["r1", "oil"]["strong"] is met


def test_other_thresholds_are_said_in_the_name():
    table = country([1000], [1000], firms=[60])
    found = rows_of(table, "india-fmc-industrial", establishments="firms", thresholds={"count": 60})[
        "r1", "oil"
    ]
    assert (found["count_needed"], found["strong"]) == (60, True)
    assert found["edition"] == "india-fmc-industrial (modified)"
    (why,) = reasons(found)
    assert (why.met, why.seen, why.needed, why.checked) == (True, 60.0, 60.0, False)


def test_reasons_give_what_was_seen_needed_and_the_text():
    found = rows_of(country([10, 20], [90, 80], firms=[1, 2]), "us-2014", establishments="firms")["r2", "oil"]
    by_name = {why.criterion: why for why in reasons(found)}
    assert by_name["over_represented"].seen == pytest.approx((20 / 100) / (30 / 200))
    assert by_name["over_represented"].needed == 1
    assert by_name["over_represented"].unit == "location quotient"
    assert "Cluster Mapping" in by_name["employment"].cites
    assert by_name["employment"].checked


def test_pairs_without_anything_are_no_candidates():
    assert set(rows_of(country([0, 20], [100, 80]))) == {("r1", "other"), ("r2", "oil"), ("r2", "other")}


def test_a_verdict_on_a_withheld_cell_says_that_it_is_not_exact():
    table = country([10, 20], [90, 80]).astype({"value": str}).replace({"20": "15-25"})
    found = rows_of(table)
    assert (found["r2", "oil"]["value"], found["r2", "oil"]["exact"]) == (20, False)
    assert found["r1", "oil"]["exact"] is True


def test_wages_of_one_pair_are_averaged_by_jobs():
    table = pd.DataFrame(
        [("n", "oil", 30, 10.0), ("n", "oil", 10, 50.0), ("s", "oil", 10, 15.0)],
        columns=["region", "industry", "value", "pay"],
    )
    found = rows_of(table, "eu-stars-2014", wage="pay")
    assert found["n", "oil"]["productivity_seen"] == (30 * 10 + 10 * 50) / 40


def test_what_cannot_be_is_named():
    table = country([10, 20], [90, 80], firms=[-1, 2], km2=[1.0, 2.0])
    with pytest.raises(InputRefused) as refused:
        strong_clusters(table, establishments="firms")
    assert refused.value.problems[0].code == "negative_count"
    torn = table.assign(km2=[1.0, 2.0, 3.0, 2.0])
    with pytest.raises(InputRefused) as refused:
        strong_clusters(torn, "france-datar-2000", area="km2")
    (problem,) = refused.value.problems
    assert (problem.code, problem.field, problem.value) == ("differs_in_region", "km2", "r1")
    with pytest.raises(InputRefused):
        strong_clusters(table, establishments="plants")
    with pytest.raises(BadChoice):
        strong_clusters(table, "mars-2030")
    with pytest.raises(BadChoice):
        strong_clusters(table, thresholds={"luck": 1})


def test_the_caller_keeps_his_names():
    table = country([10], [90]).rename(columns={"region": "wilaya", "industry": "nace"})
    found = strong_clusters(table, region="wilaya", industry="nace")
    assert found.columns[:4] == ("wilaya", "nace", "value", "exact")


@pytest.mark.parametrize("name", edition_names())
def test_an_edition_cites_its_text_and_uses_every_criterion(name):
    rules = read_edition(name)
    assert rules.title
    assert rules.cites
    assert rules.note
    used = {one for needs in rules.levels.values() for one in needs} | {*rules.stars, *rules.floor}
    assert used == set(rules.criteria)
    assert {one.measure for one in rules.criteria.values()} <= MEASURES
    assert set(rules.strong) <= set(rules.levels)
    assert rules.strong or rules.strong_stars
    for one in rules.criteria.values():
        assert 0 <= one.limit <= 100 or not one.percentile


def test_strong_clusters_of_new_jersey_counties(shared_data):
    path = shared_data("us_qcew_new_jersey/qcew_2016q1_counties.csv.gz")
    table = pd.read_csv(path, dtype={"area_fips": str, "industry_code": str})
    private = table[(table.own_code == 5) & (table.agglvl_code == 74) & (table.disclosure_code != "N")]
    found = strong_clusters(
        private, region="area_fips", industry="industry_code", value="month3_emplvl",
        establishments="qtrly_estabs_count",
    ).to_pandas()  # fmt: skip
    strong = found[found.strong.eq(True)]
    assert (strong.over_represented_seen >= 1).all()
    # Casinos: accommodation and food in Atlantic County.
    assert "72" in set(strong[strong.area_fips == "34001"].industry_code)
