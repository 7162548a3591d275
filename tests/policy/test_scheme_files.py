"""Schemes on disk: a new country by data alone, and every mistake told at once with its place."""

from datetime import date
from pathlib import Path

import pytest

from grappe.domain.errors import InputRefused, UnknownThing
from grappe.policy import contract_schedule
from grappe.policy.scheme_files import scheme, schemes
from tests.policy.made_up import SCHEME, orchard, problems_of, write_scheme


def test_a_new_country_is_added_by_data_alone(tmp_path: Path):
    found = schemes((write_scheme(tmp_path),))
    assert found["xx-orchard"].country == "XX"
    assert "ma-contract-programme" in found
    phases = contract_schedule(found["xx-orchard"], date(2012, 1, 1), renewals=1)
    assert [(one.end, one.months) for one in phases] == [(date(2015, 1, 1), 36), (date(2017, 1, 1), 24)]


def test_files_of_a_folder_are_one_document(tmp_path: Path):
    head, tail = SCHEME.split("conditions:\n", 1)
    folder = write_scheme(tmp_path, head.replace("name: &n", "name:").replace("*n", "{en: N, fr: N, ar: N}"))
    text = "conditions:\n" + tail.replace("*n", "{en: N, fr: N, ar: N}")
    (folder / "xx" / "xx-orchard" / "rules.yml").write_text(text, "utf-8")
    assert len(schemes((folder,))["xx-orchard"].conditions) == 1


def test_every_mistake_is_told_with_its_file_line_and_value(tmp_path: Path):
    text = (
        SCHEME.replace("country: XX", "country: Atlantis")
        .replace("needed: 10", "needed: ten")
        .replace("months: 24", "months: 0")
        .replace("currency: XXD, basis: cap", "currency: xx, basis: cap")
        .replace("cites: [l. 7]}]\n", "cites: [page 7]}]\n", 1)
    )
    found = problems_of(tmp_path, text)
    assert [(one.code, one.file, one.line, one.value) for one in found] == [
        ("bad_code", "xx/xx-orchard/scheme.yml", 3, "Atlantis"),
        ("bad_amount", "xx/xx-orchard/scheme.yml", 17, "ten"),
        ("bad_currency", "xx/xx-orchard/scheme.yml", 28, "xx"),
        ("bad_whole", "xx/xx-orchard/scheme.yml", 32, "0"),
        ("bad_cite", "xx/xx-orchard/scheme.yml", 36, "page 7"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: xx-orchard", "id: xx-garden", "not_the_folder"),
        ("id: xx-orchard", "id: Orchard", "bad_identifier"),
        ("kind: programme_contract", "kind: gift", "bad_code"),
        ("receivers: [cluster]", "receivers: [tree]", "bad_code"),
        ("receivers: [cluster]", "receivers: cluster", "bad_list"),
        ("cites: [l. 1]", "cites: []", "bad_cites"),
        ("cites: [l. 1]\n", "\n", "missing_field"),
        ("cites: [l. 3]", "cites: [{law: Law 1, artcle: 2}]", "unknown_field"),
        ("cites: [l. 3]", "cites: [{page: A page}]", "missing_field"),
        ("valid_from: 2010-01-01", "valid_from: 2010-13", "bad_date"),
        ("valid_from: 2010-01-01", "valid_from: 2010-01-01\nvalid_to: 2009", "bad_validity"),
        ("valid_from: 2010-01-01", "valid_from: {parameter: nowhere}", "unknown_parameter"),
        ("valid_from: 2010-01-01", "valid_from: 2010-01-01\nparent: xx-tree", "unknown_parent"),
        ("name: {en: Orchard contract, fr: Contrat verger, ar: عقد البستان}", "name: Orchard", "bad_title"),
        ("parameter: renewal_amount,", "parameter: no_such,", "unknown_parameter"),
        ("source: not_given, not_before", "source: not_given, value: 2015, not_before", "value_not_given"),
        ("source: not_given, not_before", "source: editors, value: soon, not_before", "bad_parameter_value"),
        ("{id: members,", "{id: falling,", "repeated_key"),
        ("country: XX", "country: XX\ncountry: YY", "repeated_key"),
        ("country: XX", "country: XX\ncolour: green", "unknown_field"),
        ("degressive: true", "degressive: maybe", "bad_flag"),
        ("conditions:\n  - {id: members,", "conditions:\n  {id: members,", "bad_items"),
        ("cites: [l. 1]", "cites: [l. 1", "bad_yaml"),
        ("id: usual", "id: Usual", "bad_scheme_code"),
        ("conditions:\n  -", "conditions: none\nconditions_:\n  -", "bad_items"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, code: str):
    assert old in SCHEME
    assert code in [one.code for one in problems_of(tmp_path, SCHEME.replace(old, new, 1))]


def test_an_unknown_key_names_those_that_are_known(tmp_path: Path):
    (found,) = problems_of(tmp_path, SCHEME.replace("country: XX", "country: XX\ncolour: green"))
    assert (found.line, found.field, found.value) == (4, "colour", "colour")
    assert "receivers" in found.params["accepted"]


def test_more_indicators_than_counted_are_refused(tmp_path: Path):
    text = SCHEME + (
        "indicator_sets:\n  - version: v1\n    count: 1\n    name: *n\n    cites: [l. 8]\n    indicators:\n"
        "      - {id: a, name: *n, cites: [l. 8]}\n      - {id: b, name: *n, cites: [l. 8]}\n"
    )
    assert [one.code for one in problems_of(tmp_path, text)] == ["more_than_counted"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(InputRefused) as refused:
        schemes((tmp_path / "nowhere",))
    assert [one.code for one in refused.value.problems] == ["no_scheme_folder"]


def test_two_schemes_of_one_id_are_refused(tmp_path: Path):
    write_scheme(tmp_path / "a")
    write_scheme(tmp_path / "b")
    with pytest.raises(InputRefused) as refused:
        schemes((tmp_path / "a", tmp_path / "b"))
    assert [one.code for one in refused.value.problems] == ["duplicate_scheme"]


@pytest.mark.parametrize("text", ["", "- a", "id: [", "\x00"])
def test_what_is_no_scheme_is_refused_without_a_crash(tmp_path: Path, text: str):
    assert problems_of(tmp_path, text)


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path):
    folder = write_scheme(tmp_path)
    (folder / "xx" / "xx-orchard" / "more.yml").write_bytes(b"steps: \xff")
    with pytest.raises(InputRefused) as refused:
        schemes((folder,))
    assert [one.code for one in refused.value.problems] == ["not_utf8"]


def test_an_unknown_scheme_lists_those_there_are():
    with pytest.raises(UnknownThing) as unknown:
        scheme("ma-nothing")
    assert "ma-contract-programme" in unknown.value.params["accepted"]


def test_the_orchard_is_as_written(tmp_path: Path):
    found = orchard(tmp_path)
    assert [one.id for one in found.open_parameters()] == ["later_rule", "renewal_amount", "falling"]


def test_the_scheme_of_the_how_to_is_read_as_it_is_printed(tmp_path: Path, root: Path):
    manual = (root / "docs" / "how-to" / "add-a-scheme.md").read_text("utf-8")
    text = manual.split("```yaml\n")[1].split("```")[0]
    garden = schemes((write_scheme(tmp_path, text, "xx-garden"),))["xx-garden"]
    found = contract_schedule(garden, date(2020, 3, 1), renewals=1)
    assert [(one.end, one.amount) for one in found] == [(date(2022, 3, 1), 300000), (date(2023, 3, 1), None)]
