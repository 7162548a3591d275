"""Localisation and concentrations of establishments on the command line."""

import csv
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from grappe.agglomeration.distance_test import DistanceTest

QUICK = ("--simulations", "1000")


def establishments(seed: int = 0) -> list[list[str]]:
    """A made-up country: 40 weavers within a kilometre or so of one place, 160 shops anywhere."""
    rng = np.random.default_rng(seed)
    weavers = rng.normal((3.0, 45.0), 0.01, (40, 2))
    shops = rng.uniform((2.0, 44.5), (4.0, 45.5), (160, 2))
    rows = [[f"{lon:.5f}", f"{lat:.5f}", "weaving"] for lon, lat in weavers]
    return rows + [[f"{lon:.5f}", f"{lat:.5f}", "shops"] for lon, lat in shops]


def register(path: Path, rows: list[list[str]], header=("lon", "lat", "naf")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


@pytest.fixture
def country(tmp_path: Path) -> Path:
    return register(tmp_path / "firms.csv", establishments())


@pytest.mark.parametrize("function", ["kd", "m"])
def test_planted_weavers_are_localised(desk, country, tmp_path, function):
    out = tmp_path / "test.parquet"
    said = desk(
        "localise",
        str(country),
        "--function",
        function,
        *QUICK,
        "--max-distance",
        "60",
        "--out",
        str(out),
        "--json",
    )
    assert said.code == 0, said.err
    assert said.json["function"] == function
    assert said.json["counts"]["localised"] >= 1
    assert said.json["informal_units"] is False
    (weaving,) = [row for row in said.json["industries"] if row["industry"] == "weaving"]
    assert (weaving["verdict"], weaving["establishments"]) == ("localised", 40)
    test = DistanceTest.from_arrow(pq.read_table(out))
    assert (test.function, str(test["weaving"].verdict)) == (function, "localised")
    assert test.distances[-1] == pytest.approx(60)


def test_people_get_a_table_of_verdicts_and_what_the_register_holds(desk, country):
    said = desk("localise", str(country), *QUICK, "--coverage", "Made-up firms.")
    assert said.code == 0, said.err
    table, words = said.out.split("\n\n")
    assert table.splitlines()[0].split("\t")[:3] == ["industry", "establishments", "verdict"]
    assert "Industries: 2 (" in words
    assert "Coverage of the register: Made-up firms. Informal units are not in it." in words
    assert "Columns used: longitude = lon, latitude = lat, industry = naf." in said.err


@pytest.mark.parametrize(
    ("language", "verdict", "informal"),
    [
        ("fr", "localisée", "Les unités informelles n'y figurent pas."),
        ("ar", "متوطن", "الوحدات غير المهيكلة"),
    ],
)
def test_verdicts_are_in_the_language_asked(desk, country, language, verdict, informal):
    said = desk("--lang", language, "localise", str(country), *QUICK)
    assert verdict in said.out
    assert informal in said.out


def test_the_same_seed_gives_the_same_answer(desk, country):
    first, second = (desk("localise", str(country), *QUICK, "--seed", "7", "--json").json for _ in range(2))
    assert first == second


def test_industries_that_cannot_be_tested_say_why(desk, tmp_path):
    path = register(tmp_path / "f.csv", [*establishments(), ["3", "45", "alone"], *[["3", "45", "few"]] * 4])
    said = desk("localise", str(path), *QUICK)
    why = {row["industry"]: row["why"] for row in csv.DictReader(said.out.splitlines(), delimiter="\t")}
    assert why["alone"] == "It has a single establishment: no distance can be measured."
    assert why["few"] == "It has too few establishments for a test."
    assert why["weaving"] == "—"


def test_establishments_all_at_one_place_cannot_be_tested_and_say_why(desk, tmp_path):
    path = register(tmp_path / "f.csv", [["3", "45", name] for name in ("a", "b") for _ in range(20)])
    said = desk("localise", str(path), *QUICK, "--json")
    assert said.code == 0, said.err
    assert {row["why"] for row in said.json["industries"]} == {"population_at_one_place"}


@pytest.mark.parametrize("command", ["localise", "spot"])
def test_a_register_of_one_establishment_is_no_mistake_of_the_program(desk, tmp_path, command):
    said = desk(command, str(register(tmp_path / "f.csv", [["3", "45", "a"]])), *QUICK, "--json")
    assert said.code == 0, said.err
    assert [row["why"] for row in said.json["industries"]] != [None]


def test_radii_may_be_given_in_any_order(desk, country):
    assert desk("spot", str(country), *QUICK, "--radii", "5,2").code == 0


def test_metres_on_a_plane_with_decimal_commas_are_read(desk, tmp_path):
    rng = np.random.default_rng(3)
    rows = [[f"{x:.1f}".replace(".", ","), f"{y:.1f}".replace(".", ","), "a" if n < 30 else "b"]
            for n, (x, y) in enumerate(rng.uniform(0, 50_000, (80, 2)))]  # fmt: skip
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(";".join(row) for row in [["X_L93", "Y_L93", "APE"], *rows]), "cp1252")
    said = desk("localise", str(path), "--unit", "m", *QUICK, "--json")
    assert said.code == 0, said.err
    assert said.json["columns"] == {"x": "X_L93", "y": "Y_L93", "industry": "APE"}
    # Half the pairs of a square of 50 km are closer than some 26 km.
    assert 15 < said.json["distances"][-1] < 40


def test_rows_that_are_bad_stop_the_command_or_are_set_aside(desk, tmp_path):
    rows = establishments()
    rows[4] = ["", "45.1", "shops"]
    rows[9] = ["3.1", "95", "shops"]
    path = register(tmp_path / "firms.csv", rows)
    said = desk("localise", str(path), *QUICK, "--out", "t.parquet")
    assert (said.code, said.out) == (4, "")
    assert "2 bad row(s)" in said.err
    assert "firms.csv, row 6, column 'lon':" in said.err
    assert "firms.csv, row 11, column 'lat': '95' is off the globe." in said.err
    assert not (tmp_path / "t.parquet").exists()
    said = desk("localise", str(path), *QUICK, "--skip-bad-rows", "--json")
    assert (said.code, said.json["set_aside"], said.json["rows"]) == (0, 2, 200)
    found = list(csv.DictReader((tmp_path / "firms.csv.rejected.csv").open(encoding="utf-8")))
    assert [row["grappe_row"] for row in found] == ["6", "11"]
    assert [row["lat"] for row in found] == ["45.1", "95"]


def test_weights_are_used_where_they_are_named_and_negative_ones_told(desk, tmp_path):
    rows = [[*row, str(n % 7)] for n, row in enumerate(establishments())]
    path = register(tmp_path / "firms.csv", rows, ("lon", "lat", "naf", "jobs"))
    said = desk("localise", str(path), *QUICK)
    assert "To weigh them: --weight jobs." in said.err
    said = desk("localise", str(path), *QUICK, "--weight", "jobs", "--json")
    (weaving,) = [row for row in said.json["industries"] if row["industry"] == "weaving"]
    assert weaving["weight"] == sum(n % 7 for n in range(40))
    rows[3][3] = "-2"
    said = desk("localise", str(register(path, rows, ("lon", "lat", "naf", "jobs"))), "--weight", "jobs")
    assert "row 5, column 'jobs': '-2' is negative." in said.err


def test_longitudes_and_latitudes_exchanged_are_told(desk, tmp_path):
    rows = [[lat, lon, code] for lon, lat, code in establishments()]
    path = register(tmp_path / "firms.csv", rows)
    said = desk("localise", str(path), *QUICK, "--box", "-5,41,10,51")
    assert (said.code, said.out) == (4, "")
    assert "look exchanged in 200 rows" in said.err
    said = desk("localise", str(path), *QUICK, "--box", "-5,41,10,51", "--lon", "lat", "--lat", "lon")
    assert said.code == 0, said.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.csv"], 4, ["nowhere.csv"]),
        (["firms.csv", "--lon", "longitude"], 4, ["longitude", "lon, lat, naf"]),
        (["firms.csv", "--out", "t.gif"], 2, ["t.gif", ".parquet"]),
        (["firms.csv", "--out", "no/t.parquet"], 5, ["no"]),
        (["firms.csv", "--box", "1,2,3"], 2, ["west,south,east,north"]),
        (["firms.csv", "--level", "2"], 2, ["--level"]),
        (["firms.csv", "--method", "guess"], 2, ["closed-form"]),
        (["firms.csv", "--function", "k"], 2, ["kd"]),
        (["firms.csv", "--where", "naf=mining"], 4, ["all 200 rows"]),
        (
            [
                "firms.csv",
                "--x",
                "lon",
                "--y",
                "lat",
                "--unit",
                "m",
                "--skip-bad-rows",
                "--rejected",
                "no/r.csv",
            ],
            5,
            ["no"],
        ),
        (["firms.csv", "--preset", "denue"], 4, ["bad row(s)", "area of the register"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_ends_with_its_code_and_says_the_way_out(desk, country, arguments, code, words):
    said = desk("localise", *arguments)
    assert (said.code, said.out) == (code, ""), said.err
    assert all(word in said.err for word in words), said.err
    assert "Traceback" not in said.err
    assert "{" not in said.err


def test_planted_weavers_are_spotted_where_they_are(desk, country, tmp_path):
    out = tmp_path / "found.geojson"
    said = desk("spot", str(country), "--out", str(out), "--json")
    assert said.code == 0, said.err
    assert {row["industry"] for row in said.json["concentrations"]} == {"weaving"}
    found = json.loads(out.read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    ring = np.array(found["features"][0]["geometry"]["coordinates"][0]).reshape(-1, 2)
    assert ring.mean(axis=0) == pytest.approx((3.0, 45.0), abs=0.1)


def test_a_list_of_concentrations_never_calls_them_clusters(desk, country):
    said = desk("spot", str(country))
    assert said.code == 0, said.err
    assert "Data show concentration; a cluster also cooperates." in said.out
    assert "Informal units are not in it." in said.out
    assert "weaving" in said.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["firms.csv", "--radii", "two"], 2, ["two", "2,5,10"]),
        (["firms.csv", "--radii", "0"], 2, ["2,5,10"]),
        (["firms.csv", "--out", "t.shp"], 2, ["t.shp", ".geojson"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_in_spotting_is_told(desk, country, arguments, code, words):
    said = desk("spot", *arguments)
    assert (said.code, said.out) == (code, ""), said.err
    assert all(word in said.err for word in words), said.err
