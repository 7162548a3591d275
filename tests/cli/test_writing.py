"""Files written whole or not at all."""

import pytest

from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice, Refused


def test_a_file_appears_when_all_of_it_is_written(tmp_path):
    path = tmp_path / "out.csv"
    with replacing(path) as unfinished:
        unfinished.write_text("half")
        assert not path.exists()
        unfinished.write_text("whole")
    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


def test_what_stood_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("before")

    def fail():
        with replacing(path) as unfinished:
            unfinished.write_text("half")
            raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(Refused) as error:
        check_writable(tmp_path / "no" / "out.csv")
    assert error.value.code == "missing_folder"
    with pytest.raises(Refused) as error:
        check_writable(tmp_path)
    assert error.value.code == "not_writable"


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    with replacing(tmp_path / "out.csv") as unfinished:
        unfinished.write_text("x")
    (tmp_path / "other.csv").write_text("x")
    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "other.csv").stat().st_mode


def test_a_suffix_is_accepted_in_any_case_and_refused_with_those_there_are(tmp_path):
    assert check_suffix(tmp_path / "A.CSV", (".csv", ".parquet")) == ".csv"
    with pytest.raises(BadChoice) as error:
        check_suffix(tmp_path / "a.xls", (".csv", ".parquet"))
    assert error.value.params["accepted"] == ".csv, .parquet"
