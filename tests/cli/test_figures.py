"""Figures on the command line."""

import csv
import json
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tests.present.made_up_results import a_test, footprints

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    pq.write_table(a_test().to_arrow(), tmp_path / "test.parquet")
    (tmp_path / "found.geojson").write_text(json.dumps(footprints()), "utf-8")
    cells = [
        ("region", "industry", "lq", "value"),
        ("n", "0111", 2.5, 40),
        ("s", "0111", 0.5, 10),
        ("s", "02", 1, 5),
    ]
    pairs = [("industry_i", "industry_j", "proximity"), ("0111", "02", 0.7), ("02", "03", 0.3)]
    for name, rows in (("cells", cells), ("pairs", pairs)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return tmp_path


@pytest.mark.parametrize(
    ("result", "options", "word"),
    [
        ("test.parquet", [], "Industries by localisation"),
        ("test.parquet", ["--industry", "weaving"], "Industry weaving: localised"),
        ("test.parquet", ["--kind", "kd", "--industry", "weaving"], "K-density of Duranton and Overman"),
        ("found.geojson", [], "Concentrations of establishments"),
        ("found.geojson", ["--industry", "weaving"], "Concentrations of industry weaving"),
        ("cells.csv", ["--industry", "0111"], "Specialisation and size: 0111"),
        ("cells.csv", ["--region", "s"], "Specialisation and size: s"),
        ("pairs.csv", ["--industry", "02"], "Space of industries"),
    ],
)
def test_a_figure_is_drawn_of_each_kind_of_result(desk, results, result, options, word):
    said = desk("figures", result, *options, "--out", "f.svg")
    assert (said.code, said.out, said.err) == (0, "", "Written: f.svg\n")
    assert word in (results / "f.svg").read_text("utf-8")


def test_figures_are_written_as_the_suffix_says(desk, results):
    for name in ("f.svg", "f.png", "f.html"):
        assert desk("figures", "test.parquet", "--out", name).code == 0
    assert (results / "f.svg").read_text("utf-8").startswith("<svg")
    assert (results / "f.png").read_bytes().startswith(PNG)
    assert "<html lang=" in (results / "f.html").read_text("utf-8")


def test_a_result_in_csv_is_drawn_with_its_codes_as_they_are_written(desk, results):
    assert desk("figures", "cells.csv", "--industry", "0111", "--out", "f.svg").code == 0
    said = desk("figures", "cells.csv", "--industry", "111", "--out", "f.svg")
    assert said.code == 4
    assert "0111" in said.err


def test_boundaries_are_drawn_below_a_map(desk, results):
    land = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [
        [[2, 44], [4, 44], [4, 46], [2, 46], [2, 44]]]}}  # fmt: skip
    (results / "land.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [land]}), "utf-8"
    )
    assert desk("figures", "found.geojson", "--boundaries", "land.geojson", "--out", "f.svg").code == 0
    assert "#f4f1e8" in (results / "f.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.parquet", "--out", "f.svg"], 4, ["nowhere.parquet"]),
        (["test.parquet", "--out", "f.jpg"], 2, ["f.jpg", ".svg, .png, .html"]),
        (["test.parquet", "--out", "no/f.svg"], 5, ["no"]),
        (["test.parquet"], 2, ["--out"]),
        (["test.parquet", "--industry", "mining", "--out", "f.svg"], 4, ["mining", "weaving"]),
        (["test.parquet", "--industry", "alone", "--out", "f.svg"], 4, ["alone", "single establishment"]),
        (["test.parquet", "--kind", "kd", "--out", "f.svg"], 2, ["--industry", "weaving"]),
        (["test.parquet", "--kind", "map", "--out", "f.svg"], 2, ["map", "kd, ranking"]),
        (["cells.csv", "--out", "f.svg"], 2, ["--industry", "0111"]),
        (["found.geojson", "--kind", "space", "--out", "f.svg"], 2, ["space"]),
        (["found.geojson", "--boundaries", "nowhere.geojson", "--out", "f.svg"], 4, ["nowhere.geojson"]),
        (["broken.geojson", "--out", "f.svg"], 4, ["broken.geojson"]),
        (["text.parquet", "--out", "f.svg"], 4, ["text.parquet"]),
        (["plain.parquet", "--out", "f.svg"], 4, ["plain.parquet", "what"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_ends_with_its_code_and_says_the_way_out(desk, results, arguments, code, words):
    (results / "broken.geojson").write_text("{", "utf-8")
    (results / "text.parquet").write_text("verdict", "utf-8")
    pq.write_table(pyarrow.table({"what": [1]}), results / "plain.parquet")
    said = desk("figures", *arguments)
    assert (said.code, said.out) == (code, ""), said.err
    assert all(word in said.err for word in words), said.err
    assert "Traceback" not in said.err
    assert not (results / "f.svg").exists()
