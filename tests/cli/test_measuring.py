"""Measures of tables on the command line."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

TABLE = """region,industry,value
north,leather,20
north,other,80
south,leather,80
south,other,820
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "jobs.csv"
    path.write_text(TABLE, "utf-8")
    return path


def rows(said, name="cells"):
    return {
        tuple(str(row[key]) for key in ("region", "industry") if key in row): row for row in said.json[name]
    }


def test_twice_the_share_of_the_whole_scores_two(desk, table):
    said = desk("measure", str(table), "--json")
    assert (said.code, said.err) == (0, "")
    assert rows(said)["north", "leather"]["lq"] == pytest.approx((20 / 100) / (100 / 1000))
    assert said.json["columns"] == {"region": "region", "industry": "industry", "value": "value"}


def test_measures_of_several_kinds_of_row_come_in_a_table_each(desk, table):
    said = desk("measure", str(table), "--measures", "lq,slq,gini,hoover,krugman,proximity", "--json")
    assert said.code == 0, said.err
    # Half of |20/100 - 100/1000| + |80/100 - 900/1000|, by industry; by region, half of the same sums.
    assert rows(said, "industries")["leather",]["hoover"] == pytest.approx(0.1)
    assert rows(said, "regions")["north",]["krugman"] == pytest.approx(
        2 * rows(said, "regions")["north",]["hoover"]
    )
    assert {"industry_i", "industry_j", "proximity"} == set(said.json["pairs"][0])
    assert {"lq", "slq"} <= set(said.json["cells"][0])


def test_a_pipe_gets_lines_parted_by_tabs_and_a_heading_for_each_table(desk, table):
    said = desk("measure", str(table), "--measures", "lq,gini")
    cells, industries = said.out.split("\n\n")
    assert cells.splitlines()[0] == "Cells: region and industry"
    assert cells.splitlines()[1].split("\t")[:3] == ["region", "industry", "lq"]
    assert industries.splitlines()[1] == "industry\tgini"
    assert "Informal units are not in it." in said.err


def test_names_of_columns_in_other_languages_are_guessed_and_said(desk, tmp_path):
    path = tmp_path / "emplois.csv"
    path.write_text("Commune;Code NAF;Effectifs\n01001;0111;1 200\n01002;0111;3,5\n", "cp1252")
    said = desk("measure", str(path), "--json", "--measures", "concentration")
    assert said.code == 0, said.err
    assert said.json["columns"] == {"region": "Commune", "industry": "Code NAF", "value": "Effectifs"}
    said = desk("measure", str(path))
    assert "Columns used: region = Commune, industry = Code NAF, count = Effectifs." in said.err
    assert "01001\t0111" in said.out


def test_columns_are_those_that_are_named(desk, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,c,region\nn,oil,1,x\ns,oil,3,x\ns,gas,3,x\n", "utf-8")
    said = desk("measure", str(path), "--region", "A", "--industry", "b", "--value", "c", "--json")
    # In the south 3 of 6 jobs are oil, in all 4 of 7.
    assert rows(said)["s", "oil"]["lq"] == pytest.approx((3 / 6) / (4 / 7))


def test_rows_without_a_count_each_count_as_one(desk, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("region,naf\nn,a\nn,a\ns,a\ns,b\n", "utf-8")
    said = desk("measure", str(path), "--json")
    assert rows(said)["n", "a"]["value"] == 2


def test_withheld_cells_give_bounds(desk, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("region,naf,jobs\nn,a,10-19\nn,b,5\ns,a,20\ns,b,30\n", "utf-8")
    row = rows(desk("measure", str(path), "--json"))["n", "a"]
    assert row["lq_low"] < row["lq"] < row["lq_high"]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_result_is_written_as_its_suffix_says(desk, table, tmp_path, suffix):
    out = tmp_path / f"lq{suffix}"
    assert desk("measure", str(table), "--out", str(out)).code == 0
    found = list(csv.DictReader(out.open())) if suffix == ".csv" else pq.read_table(out).to_pylist()
    assert len(found) == 4
    assert float(found[0]["lq"]) == pytest.approx(2)


def test_results_of_several_kinds_go_into_a_file_each(desk, table, tmp_path):
    said = desk("measure", str(table), "--measures", "lq,gini", "--out", str(tmp_path / "m.csv"), "--json")
    assert said.json["cells"] == str(tmp_path / "m-cells.csv")
    assert (tmp_path / "m-cells.csv").exists()
    assert (tmp_path / "m-industries.csv").exists()


def test_gzip_and_parquet_are_measured_alike(desk, table, tmp_path):
    zipped, columns = tmp_path / "t.csv.gz", tmp_path / "t.parquet"
    zipped.write_bytes(gzip.compress(TABLE.encode()))
    names, *lines = [line.split(",") for line in TABLE.splitlines()]
    pq.write_table(pa.Table.from_pylist([dict(zip(names, line, strict=True)) for line in lines]), columns)
    answers = [desk("measure", str(path), "--json").json["cells"] for path in (table, zipped, columns)]
    assert answers[0] == answers[1] == answers[2]


def test_a_level_that_would_count_jobs_twice_has_to_be_chosen(desk, tmp_path):
    path = tmp_path / "qcew.csv"
    path.write_text(
        "area_fips,own_code,industry_code,agglvl_code,disclosure_code,annual_avg_emplvl\n"
        "01000,5,11,54,,10\n01000,5,111,55,,10\n02000,5,11,54,,30\n",
        "utf-8",
    )
    said = desk("measure", str(path), "--preset", "qcew")
    assert (said.code, said.out) == (4, "")
    assert "54 (2), 55 (1)" in said.err
    said = desk("measure", str(path), "--preset", "qcew", "--where", "agglvl_code=54")
    assert said.code == 0
    assert "Rows left out by the conditions: 1." in said.err


def test_published_location_quotients_of_states_come_out(desk, shared_data):
    path = shared_data("us_qcew_states/qcew_2019_annual_states.csv.gz")
    said = desk(
        "measure", str(path), "--preset", "qcew", "--where", "agglvl_code=50,54", "--where", "own_code=0,5",
        "--total", "10", "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    found = rows(said)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        published = {
            (row["area_fips"], row["industry_code"]): float(row["lq_annual_avg_emplvl"])
            for row in csv.DictReader(stream)
            if row["own_code"] == "5"
            and row["agglvl_code"] == "54"
            and row["industry_code"] in ("31-33", "62", "72")
        }
    # Two decimals are published.
    assert max(abs(found[key]["lq"] - value) for key, value in published.items()) <= 0.00501


def test_bad_rows_stop_the_command_with_file_row_column_value_and_expectation(desk, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("region,naf,jobs\nn,a,10\ns,a,many\ns,b,-3\n", "utf-8")
    said = desk("measure", str(path), "--out", str(tmp_path / "out.csv"))
    assert (said.code, said.out) == (4, "")
    first, *lines = said.err.splitlines()[1:]
    assert "2 bad row(s)" in first
    assert "--skip-bad-rows" in first
    assert lines[0].startswith("  t.csv, row 3, column 'jobs': 'many' is missing or no count. Write digits")
    assert lines[1].startswith("  t.csv, row 4, column 'jobs': '-3' is negative.")
    assert not (tmp_path / "out.csv").exists()


def test_bad_rows_that_are_skipped_are_written_with_their_reasons(desk, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("region,naf,jobs,name\nn,a,10,Oak\ns,a,many,Elm\ns,b,7\ns,b,7,Ash\n", "utf-8")
    said = desk("measure", str(path), "--skip-bad-rows", "--json")
    assert (said.code, said.json["rows"], said.json["set_aside"]) == (0, 4, 2)
    found = list(csv.DictReader((tmp_path / "t.csv.rejected.csv").open(encoding="utf-8")))
    assert [(row["grappe_row"], row["grappe_value"], row["name"]) for row in found] == [
        ("3", "many", "Elm"), ("4", "s,b,7", None),
    ]  # fmt: skip
    assert "3 cells" in found[1]["grappe_reason"]


def test_rejected_rows_go_where_they_are_told(desk, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("region,naf,jobs\nn,a,10\ns,a,many\n", "utf-8")
    assert desk("measure", str(path), "--skip-bad-rows", "--rejected", "bad.csv").code == 0
    assert (tmp_path / "bad.csv").exists()
    assert not (tmp_path / "t.csv.rejected.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["jobs.csv", "--measures", "lqq"], 2, ["lqq", "zlq", "krugman"]),
        (["jobs.csv", "--measures", ","], 2, ["Accepted"]),
        (["nowhere.csv"], 4, ["nowhere.csv"]),
        (["jobs.csv", "--region", "land"], 4, ["land", "region, industry, value"]),
        (["jobs.csv", "--preset", "siren"], 2, ["siren", "sirene"]),
        (["jobs.csv", "--where", "region"], 2, ["COLUMN=VALUE"]),
        (["jobs.csv", "--where", "land=n"], 4, ["land"]),
        (["jobs.csv", "--where", "region=west"], 4, ["all 4 rows"]),
        (["jobs.csv", "--out", "lq.xlsx"], 2, ["lq.xlsx", ".parquet"]),
        (["jobs.csv", "--out", "no/such/folder/lq.csv"], 5, ["no/such/folder"]),
        (["jobs.csv", "--engine", "abacus"], 2, ["duckdb"]),
        (["other.csv"], 4, ["--region", "what, is, this"]),
        (["empty.csv"], 4, ["empty"]),
        (["header.csv"], 4, ["no row"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_ends_with_its_code_and_says_the_way_out(desk, table, tmp_path, arguments, code, words):
    (tmp_path / "other.csv").write_text("what,is,this\n1,2,x\n", "utf-8")
    (tmp_path / "empty.csv").write_text("", "utf-8")
    (tmp_path / "header.csv").write_text("region,naf\n", "utf-8")
    said = desk("measure", *arguments)
    assert (said.code, said.out) == (code, ""), said.err
    assert all(word in said.err for word in words), said.err
    assert "Traceback" not in said.err
    assert "{" not in said.err


def test_a_file_that_cannot_be_written_leaves_nothing_behind(desk, table, tmp_path):
    (tmp_path / "m-industries.csv").mkdir()
    said = desk("measure", str(table), "--measures", "lq,gini", "--out", "m.csv")
    assert said.code == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jobs.csv", "m-industries.csv"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_words_are_in_the_language_asked(desk, table, language):
    said = desk("--lang", language, "measure", str(table), "--measures", "lq,gini")
    assert said.code == 0
    assert "Cells" not in said.out
    assert "Informal" not in said.err
    said = desk("--lang", language, "measure", str(table), "--region", "land")
    assert "land" in said.err
    assert "There is no column" not in said.err


def test_help_and_mistakes_come_without_the_packages_of_numbers():
    # They take a second to import; a command that does not compute must not pay for them.
    program = (
        "import sys\nfrom grappe.cli.main import grappe\n"
        "try:\n    grappe.main(['measure', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'ibis', 'pandas', 'pyarrow', 'duckdb', 'altair', 'numba', 'scipy', 'django'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_json_of_a_table_is_plain(desk, table):
    said = desk("measure", str(table), "--json", "--coverage", "Made up.")
    assert json.loads(said.out)["coverage"] == "Made up."
