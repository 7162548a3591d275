"""The page of benchmarks is written by the benchmarks: each part has its place, figures keep their digits."""

from pathlib import Path

import pytest
from tests.bench.measures import PARTS, flat, replaced, section, shown, values


def test_every_part_has_its_place_in_the_page(root: Path) -> None:
    page = (root / "docs" / "benchmarks.md").read_text("utf-8")
    for part in PARTS:
        assert f"\n{part}\n" in replaced(page, part, part)


def test_a_part_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="kd"):
        replaced("# Benchmarks", "kd", "")


def test_only_the_section_of_the_part_changes() -> None:
    page = "a\n<!-- kd: written by make bench -->\nold\n<!-- end of kd -->\nb"
    new = replaced(page, "kd", "new")
    assert "old" not in new
    assert new.startswith("a\n")
    assert new.endswith("\nb")


def test_values_are_read_one_a_line_or_over_many() -> None:
    assert list(values('said\n{"a": 1}\n{\n  "b": {"c": 2}\n}\n')) == [{"a": 1}, {"b": {"c": 2}}]


def test_nested_figures_get_one_name_and_three_digits() -> None:
    assert flat({"ours": {"cpu_s": 0.69123, "rows": 1480000}, "kept": True}) == {
        "ours: cpu s": "0.691", "ours: rows": "1,480,000", "kept": "yes",
    }  # fmt: skip
    assert shown(12345.6) == "12,346"


def test_rows_with_the_same_figures_share_a_table() -> None:
    text = section("kd", [{"n": 1, "cpu_s": 2.0}, {"n": 2, "cpu_s": 4.0}, {"other": 3}])
    assert "| n | cpu s |\n| --- | --- |\n| 1 | 2 |\n| 2 | 4 |" in text
    assert "| other |\n| --- |\n| 3 |" in text
