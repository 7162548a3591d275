"""Declared and seen, and the regional diagnosis, on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grappe.agglomeration.made_up_country import made_up_country
from grappe.cli.diagnosing import diagnose
from grappe.cli.seen import seen
from grappe.domain.errors import BadChoice, InputRefused
from tests.worlds import write_world

QUICK = ("--simulations", "99")

NICHES = {
    "olive_oil": "1040", "furniture": "31", "textile": "13", "clothing": "14", "automotive": "29",
    "pharmaceutical_industry": "21", "plastics": "222", "steel": "241",
    "construction_materials": "239", "telecommunications": "61", "household_appliances": "275",
}  # fmt: skip
"""Niches with an ISIC code that is the activity of none of the others."""


@pytest.fixture(scope="module")
def island(tmp_path_factory):
    """A made-up country, its register as a file, and a census that declares half of what was planted."""
    folder = tmp_path_factory.mktemp("island")
    country = made_up_country(6_000, 20, seed=5, lonlat=True)
    points = country.points.to_pandas()
    points["name"] = [f"Firm {n}" for n in range(len(points))]
    points[["name", "lon", "lat", "industry", "jobs"]].to_csv(folder / "firms.csv", index=False)
    members = country.member_of
    rows = country.planted.to_pylist()
    planted = [at for at, row in enumerate(rows) if row["members"] >= 25]
    shaped = list(dict.fromkeys(rows[at]["industry"] for at in planted))
    niche = dict(zip(shaped, NICHES, strict=False))
    codes = sorted(set(points["industry"]))
    lines = [f"{code},{NICHES[niche[code]] if code in niche else 96}" for code in codes]
    (folder / "own.csv").write_text("\n".join(["code,isic", *lines]) + "\n")
    return folder, niche, [points[members == at] for at in planted]


@pytest.fixture
def declared(island, tmp_path: Path):
    """A census that declares every second planted concentration, each at its middle."""
    _, niche, planted = island
    clusters, places = [], []
    for number, one in enumerate(planted):
        named = niche.get(one["industry"].iloc[0])
        if named is None or number % 2:
            continue
        clusters.append(
            f"  tn-c{number}:\n"
            f"    name: {{value: Cluster {number}, line: {number + 10}, printed: C}}\n"
            f"    country: {{value: TN, line: {number + 10}, printed: C}}\n"
            f"    niche: {{value: {named}, line: {number + 10}, printed: n}}\n"
            f"    place: {{value: [pl-p{number}], line: {number + 10}, printed: p}}"
        )
        places.append(
            f"  pl-p{number}:\n"
            f"    name: {{value: Town {number}, line: {number + 10}, printed: p}}\n"
            f'    lon: {{value: {one["lon"].mean():.5f}, source: web, key: "{number}"}}\n'
            f'    lat: {{value: {one["lat"].mean():.5f}, source: web, key: "{number}"}}'
        )
    head = "kind: {}\nsource: book\nas_of: 2019-03\nentities:\n"
    text = head.format("cluster") + "\n".join(clusters) + "\n== places.yml\n" + head.format("place")
    return write_world(tmp_path, text + "\n".join(places)), len(clusters)


def run(command, *arguments: object) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments], obj="en")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_what_was_planted_and_declared_is_seen(island, declared):
    folder, *_ = island
    census, count = declared
    assert count >= 2
    answer = run(
        seen, folder / "firms.csv", "--dataset", census, "--nomenclature", "own", "--concordance",
        folder / "own.csv", "--coverage", "A made-up island.", "--country", "TN", "--json", *QUICK,
    )  # fmt: skip
    plain = json.loads(answer.stdout)
    assert len(plain["declared_and_seen"]) >= count - 1
    assert plain["not_covered"] == []
    assert (plain["informal_units"], plain["coverage"]) == (False, "A made-up island.")
    matched = {m["concentration"] for row in plain["declared_and_seen"] for m in row["matches"]}
    assert matched.isdisjoint(one["id"] for one in plain["seen_not_declared"])
    assert all(one["establishments"] >= 10 for one in plain["seen_not_declared"])
    assert "Firm" not in answer.stdout


def test_files_hold_the_result_the_map_and_the_firms(island, declared, tmp_path):
    folder, *_ = island
    census, _ = declared
    whole, shapes, firms = tmp_path / "whole.json", tmp_path / "map.geojson", tmp_path / "firms.csv"
    for out in (whole, shapes):
        run(
            seen, folder / "firms.csv", "--dataset", census, "--nomenclature", "own", "--concordance",
            folder / "own.csv", "--out", out, "--firms", firms, *QUICK,
        )  # fmt: skip
    plain = json.loads(whole.read_bytes())
    assert json.loads(shapes.read_bytes()) == plain["map"]
    header, *rows = firms.read_text("utf-8").splitlines()
    assert header.startswith("grappe_concentration,grappe_row,name")
    assert len(rows) == sum(one["establishments"] for one in plain["seen_not_declared"])


def test_people_get_four_lists_and_the_cautions(island, declared):
    folder, *_ = island
    census, _ = declared
    said = run(
        seen, folder / "firms.csv", "--dataset", census, "--nomenclature", "own", "--concordance",
        folder / "own.csv", *QUICK,
    ).stdout  # fmt: skip
    for words in (
        "Declared and seen (", "Declared, not seen in this register (", "Seen, not declared (",
        "at most 20 km from one of its places", "Not seen in a register is not absent",
        "Informal units are not in it.",
    ):  # fmt: skip
        assert words in said


@pytest.mark.parametrize("wrong", [("--nomenclature", "hs"), ("--country", "XX"), ("--radii", "far")])
def test_what_is_no_value_of_an_option_is_refused(island, wrong):
    folder, *_ = island
    with pytest.raises(BadChoice):
        run(seen, folder / "firms.csv", *wrong)


def test_a_footprint_smaller_than_ten_is_never_asked_for(island):
    folder, *_ = island
    assert run(seen, folder / "firms.csv", "--min-establishments", "5").exit_code == 2


def test_german_states_are_diagnosed_with_growth(shared_data, tmp_path):
    import pandas as pd

    table = pd.read_csv(shared_data("german_regions/states_employment_2008_2014.csv"))
    table = table[table["region"] != "Insgesamt"]
    table = table[table["year"].isin([2008, 2014])]
    wide = table.pivot_table(index=["region", "industry"], columns="year", values="emp").reset_index()
    wide.columns = ["region", "industry", "y2008", "y2014"]
    wide.to_csv(tmp_path / "states.csv", index=False)
    answer = run(
        diagnose, tmp_path / "states.csv", "--region", "Bremen", "--value", "y2014", "--earlier", "y2008",
        "--json",
    )  # fmt: skip
    plain = json.loads(answer.stdout)
    assert plain["strengths"]
    for row in plain["growth"]:
        parts = row["national_share"] + row["industrial_mix"] + row["regional_share"]
        assert parts == pytest.approx(row["end"] - row["start"])


def test_american_counties_are_diagnosed_and_the_note_is_one_file(shared_data, tmp_path):
    out = tmp_path / "note.html"
    file = shared_data("us_cbp_counties/cbp_county_naics6_mean_2012_2016.csv.gz")
    answer = run(
        diagnose, file, "--region-column", "county_fips", "--industry-column", "naics", "--value",
        "emp_reported", "--region", "01073", "--nomenclature", "naics", "--out", out,
    )  # fmt: skip
    # Jefferson County, Alabama, makes steel.
    assert "331110" in answer.stdout
    assert "331110" in out.read_text("utf-8")


def test_a_region_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("region,industry,jobs\na,1040,3\nb,28,4\n")
    with pytest.raises(InputRefused):
        run(diagnose, tmp_path / "t.csv", "--region", "z", "--value", "jobs")
