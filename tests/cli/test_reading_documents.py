"""`grappe read` and `grappe template sheet`, on the command line."""

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from grappe.cli.reading_documents import read, template
from grappe.domain.errors import BadChoice, GrappeError
from tests.census.reading.invented import FRENCH_SHEET


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    path = tmp_path / "study.txt"
    path.write_text(FRENCH_SHEET, "utf-8")
    return path


def run(command, *arguments: str, language: str = "en"):
    return CliRunner().invoke(command, list(arguments), obj=language, catch_exceptions=True)


@pytest.mark.django_db
def test_a_study_is_read_into_json_with_reasons_and_leftovers(study_file: Path):
    done = run(read, str(study_file), "--source", "xx-study", "--edition", "2024", "--diff", "--json")
    assert done.exit_code == 0, done.output
    found = orjson.loads(done.stdout)
    created = next(p for p in found["proposals"] if p["field"] == "created")
    assert (created["value"], created["locator"], created["change"]) == ("2016-05", "l. 2", "new")
    assert created["message"]
    assert any(one["text"] == "Polissage de la lune" for one in found["leftovers"])


@pytest.mark.django_db
def test_proposals_are_written_edited_and_accepted(study_file: Path, tmp_path: Path):
    out = tmp_path / "proposals.yml"
    done = run(read, str(study_file), "--source", "xx-study", "--edition", "2024", "--out", str(out))
    assert done.exit_code == 0, done.output
    out.write_text(out.read_text("utf-8").replace("step: proposed", "step: accepted"), "utf-8")
    accepted = run(read, str(out), "--accept", "--title", "A study of nothing", "--json")
    assert accepted.exit_code == 0, accepted.output
    assert orjson.loads(accepted.stdout)["accepted"] > 30


@pytest.mark.django_db
def test_a_source_nobody_knows_needs_an_edition(study_file: Path):
    done = run(read, str(study_file), "--source", "xx-study")
    assert isinstance(done.exception, BadChoice)
    assert done.exception.code == "edition_needed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "source_needed"),
        (("--source", "No Id"), "bad_choice"),
        (("--source", "xx-s", "--edition", "soon"), "bad_choice"),
        (("--source", "xx-s", "--out", "a.txt"), "bad_suffix"),
    ],
)
def test_terms_are_checked_before_anything_is_read(study_file: Path, arguments: tuple[str, ...], code: str):
    done = run(read, str(study_file), *arguments)
    assert isinstance(done.exception, GrappeError)
    assert done.exception.code == code


def test_the_template_is_written_as_csv(tmp_path: Path):
    out = tmp_path / "sheets.csv"
    done = run(template, "sheet", "--out", str(out), "--json")
    assert done.exit_code == 0, done.output
    assert out.read_text("utf-8-sig").startswith("#field,name,acronym")
    assert "members_count" in orjson.loads(done.stdout)["columns"]


def test_the_template_is_written_as_a_workbook(tmp_path: Path):
    pytest.importorskip("openpyxl")
    out = tmp_path / "sheets.xlsx"
    assert run(template, "sheet", "--out", str(out)).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"
