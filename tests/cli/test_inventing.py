"""A made-up country on the command line."""

import csv

import pytest


def test_the_same_seed_invents_the_same_country_with_its_truth(desk, tmp_path):
    arguments = ("--establishments", "300", "--industries", "4", "--seed", "5")
    for name in ("one", "two"):
        said = desk("invent", *arguments, "--out", f"{name}.csv", "--truth", f"{name}-truth.csv")
        assert (said.code, said.out) == (0, "")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    rows = list(csv.DictReader((tmp_path / "one.csv").open(encoding="utf-8")))
    truth = list(csv.DictReader((tmp_path / "one-truth.csv").open(encoding="utf-8")))
    assert len(rows) == sum(int(row["establishments"]) for row in truth) == 300
    assert len(truth) == 4


def test_an_invented_country_is_read_without_help(desk):
    assert desk("invent", "--establishments", "300", "--industries", "4", "--out", "firms.parquet").code == 0
    said = desk("measure", "firms.parquet", "--json")
    assert said.json["columns"] == {"region": "region", "industry": "industry", "value": "jobs"}


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--out", "firms.xls"], 2, "firms.xls"),
        (["--out", "firms.csv", "--establishments", "3", "--industries", "9"], 4, "too few"),
        (["--out", "firms.csv", "--truth", "no/truth.csv"], 5, "no"),
    ],
    ids=str,
)
def test_a_mistake_is_told_and_nothing_written(desk, tmp_path, arguments, code, word):
    said = desk("invent", *arguments)
    assert (said.code, said.out) == (code, "")
    assert word in said.err
    assert list(tmp_path.iterdir()) == []
