"""Files of a register: encodings, separators, broken lines, Parquet."""

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.agglomeration.register_files import open_register
from grappe.domain.errors import InputRefused

ROWS = [
    {"code": "0111", "nom": "Pêche", "v": "1,5"},
    {"code": "0112", "nom": "Forêt", "v": None},
]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    raw = text.encode(encoding)
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


def read(path: Path):
    """Rows of a whole file, lines they stand on, and codes with lines of what could not be read."""
    with open_register(path) as file:
        done = file.read({name: file.column(name) for name in file.columns})
        lines = file.line_numbers(done.position.tolist())
        return done.rows.to_pylist(), lines, [(p.code, p.line) for p in done.problems]


def refused(path: Path) -> InputRefused:
    with pytest.raises(InputRefused) as error:
        read(path)
    return error.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_file_reads_alike_in_any_encoding_and_with_any_separator(tmp_path, encoding, mark):
    text = f"code{mark}nom{mark}v\n0111{mark}Pêche{mark}1,5\n0112{mark}Forêt{mark}\n"
    assert read(written(tmp_path / "r.csv", text, encoding)) == (ROWS, [2, 3], [])


@pytest.mark.parametrize("name", ["r.csv.gz", "r.TSV", "r.txt"])
def test_a_file_reads_alike_whatever_its_suffix(tmp_path, name):
    text = "code;nom;v\n0111;Pêche;1,5\n0112;Forêt;\n"
    assert read(written(tmp_path / name, text))[0] == ROWS


def test_a_zip_with_one_text_file_is_read(tmp_path):
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stock.csv", "code,nom\n0111,Pêche\n".encode("cp1252"))
        archive.writestr("readme.pdf", b"%PDF")
    assert read(path)[0] == [{"code": "0111", "nom": "Pêche"}]


def test_a_zip_with_two_text_files_is_refused(tmp_path):
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    assert refused(path).code == "several_in_zip"


def test_the_line_of_a_spreadsheet_that_names_its_separator_is_no_header(tmp_path):
    rows, lines, _ = read(written(tmp_path / "r.csv", "sep=;\ncode;v\n0111;2\n"))
    assert rows == [{"code": "0111", "v": "2"}]
    assert lines == [3]


def test_lines_are_those_of_the_file_with_cells_of_several_lines_and_blank_lines(tmp_path):
    text = 'code,nom\n0111,"Pêche\nen mer"\n\n0112,Forêt\n'
    rows, lines, _ = read(written(tmp_path / "r.csv", text))
    assert [row["code"] for row in rows] == ["0111", "0112"]
    # The header is line 1; the first row takes lines 2 and 3; line 4 is blank.
    assert lines == [2, 5]


def test_lines_with_too_few_or_too_many_cells_are_told_and_left_out(tmp_path):
    text = "code,nom,v\n0111,Pêche,1\n0112,Forêt\n0113,Lait,3,4\n0114,Cuir,5\n"
    rows, lines, problems = read(written(tmp_path / "r.csv", text))
    assert [row["code"] for row in rows] == ["0111", "0114"]
    assert lines == [2, 5]
    assert problems == [("bad_row", 3), ("bad_row", 4)]


def test_a_quotation_mark_left_open_is_told_by_its_line(tmp_path):
    _, _, problems = read(written(tmp_path / "r.csv", 'a,b\n1,2\n3,"x\n4,5\n'))
    assert problems == [("bad_quotes", 3)]


def test_lines_in_another_encoding_than_most_are_told_and_left_out(tmp_path):
    raw = "code;nom\n1;été\n2;août\n".encode() + "3;hôtel\n".encode("cp1252") + b"4;port\n"
    path = tmp_path / "r.csv"
    path.write_bytes(raw)
    rows, lines, problems = read(path)
    assert [row["code"] for row in rows] == ["1", "2", "4"]
    assert lines == [2, 3, 5]
    assert problems == [("mixed_encodings", 4)]
    with open_register(path) as file:
        assert file.originals([4]) == {4: ["3", "hôtel"]}


def test_columns_of_one_name_and_without_a_name_stay_apart(tmp_path):
    with open_register(written(tmp_path / "r.csv", "a,A,,a\n1,2,3,4\n")) as file:
        assert file.columns == ("a", "A_2", "column_3", "a_3")


def test_a_condition_leaves_rows_out_and_the_others_keep_their_lines(tmp_path):
    with open_register(written(tmp_path / "r.csv", "a,b\n1,x\n2,y\n3,x\n")) as file:
        done = file.read({"a": file.column("a")}, file.column("b") == "x")
        assert done.rows.to_pylist() == [{"a": "1"}, {"a": "3"}]
        assert file.line_numbers(done.position.tolist()) == [2, 4]
        assert done.left_out == 1


def test_parquet_keeps_its_types_and_its_structures(tmp_path):
    path = tmp_path / "r.parquet"
    pq.write_table(pa.table({"bbox": [{"xmin": 2.5, "ymin": 48.5}], "n": [3]}), path)
    with open_register(path) as file:
        assert file.columns == ("bbox", "bbox.xmin", "bbox.ymin", "n")
        done = file.read({"lon": file.column("bbox.xmin"), "n": file.column("n")})
        assert done.rows.to_pylist() == [{"lon": 2.5, "n": 3}]
        assert file.line_numbers([0]) == [1]


def test_a_folder_of_parquet_is_one_register_with_the_columns_of_its_folders(tmp_path):
    for year in (2019, 2020):
        folder = tmp_path / "r" / f"year={year}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"code": [str(year)]}), folder / "part.parquet")
    with open_register(tmp_path / "r") as file:
        assert set(file.columns) == {"code", "year"}
        assert file.read({"code": file.column("code")}).rows.num_rows == 2


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert refused(tmp_path / "none.csv").code == "no_such_file"


def test_an_empty_folder_is_told(tmp_path):
    assert refused(tmp_path).code == "no_such_file"


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("r.parquet", b"code,v\n1,2\n", "not_parquet"),
        ("r.csv.gz", b"code,v\n1,2\n", "unreadable_file"),
        ("r.zip", b"code,v\n1,2\n", "unreadable_file"),
        ("r.csv", bytes(range(256)) * 4, "not_text"),
        ("r.xlsx", b"PK", "unknown_format"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, raw, code):
    (tmp_path / name).write_bytes(raw)
    assert refused(tmp_path / name).code == code


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty_file"), ("\n\n", "empty_file"), ("1,2\n3,4\n", "no_header")]
)
def test_a_file_without_header_is_refused(tmp_path, text, code):
    error = refused(written(tmp_path / "r.csv", text))
    assert error.code == "file_refused"
    assert [problem.code for problem in error.problems] == [code]


def test_a_file_with_a_header_alone_has_no_row(tmp_path):
    assert read(written(tmp_path / "r.csv", "a,b\n")) == ([], [], [])


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=("C",)), min_size=1
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
def test_any_text_comes_back_as_it_was_written(tmp_path_factory, rows):
    import csv

    path = tmp_path_factory.mktemp("any") / "r.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("one", "two"), *rows])
    found, lines, problems = read(path)
    assert [(row["one"], row["two"]) for row in found] == rows
    assert (lines, problems) == (list(range(2, len(rows) + 2)), [])
