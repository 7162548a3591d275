"""Proposals in a file: written, edited by hand, read back; what is wrong is named with its line."""

from pathlib import Path

import pytest
from tests.census.reading.invented import FRENCH_SHEET
from tests.census.reading.looking import reading

from grappe.census.reading import Reading, load_proposals, plain_reading, proposals_text, statements_of
from grappe.census.reading.proposal import Step
from grappe.domain.errors import InputRefused
from grappe.domain.source import Source, SourceKind

SOURCE = Source("xx-study", SourceKind.STUDY, "A study of nothing", "2024")


@pytest.fixture
def read() -> Reading:
    return reading(FRENCH_SHEET)


@pytest.fixture
def path(tmp_path: Path, read: Reading) -> Path:
    file = tmp_path / "proposals.yml"
    file.write_text(proposals_text(plain_reading(read, "2024")), "utf-8")
    return file


def test_what_is_written_comes_back(path: Path, read: Reading):
    back = load_proposals(path)
    assert (back.source, back.edition, back.cited_by_line) == ("xx-study", "2024", True)
    assert [(p.id, p.entity, p.field, p.value, p.lines, dict(p.attributes)) for p in back.proposals] == [
        (p.id, p.entity, p.field, p.value, p.lines, dict(p.attributes)) for p in read.proposals
    ]


def test_leftovers_are_in_the_file(path: Path):
    assert "Polissage de la lune" in path.read_text("utf-8")


def test_a_step_set_by_hand_is_read(path: Path):
    path.write_text(path.read_text("utf-8").replace("step: proposed", "step: accepted", 1), "utf-8")
    assert [p.step for p in load_proposals(path).proposals[:2]] == [Step.ACCEPTED, Step.PROPOSED]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("step: proposed", "step: perhaps", "bad_code"),
        ("field: acronym", "field: colour", "unknown_field"),
        ("entity: gh-cct", "entity: GH CCT", "bad_identifier"),
        ("id: p0002", "id: p0001", "proposal_twice"),
        ("confidence: 0.87", "confidence: much", "bad_number"),
        ("edition: '2024'", "edition: soon", "bad_date"),
        ("kind: cluster", "kind: clutter", "bad_code"),
    ],
)
def test_what_a_hand_got_wrong_is_named_with_its_line(path: Path, old: str, new: str, code: str):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputRefused) as refused:
        load_proposals(path)
    assert [p.code for p in refused.value.problems] == [code]
    assert refused.value.problems[0].line is not None


def test_proposals_become_statements_that_pass_the_checks_of_a_data_set(read: Reading):
    statements = statements_of(read.proposals, SOURCE, "2024", {})
    assert len(statements) == len(read.proposals)
    (created,) = [s for s in statements if s.field == "created"]
    assert (created.value, created.lines, created.as_of) == ("2016-05", (2,), "2024")


def test_a_reference_that_leads_nowhere_is_refused(read: Reading):
    without = [p for p in read.proposals if p.kind != "person"]
    with pytest.raises(InputRefused) as refused:
        statements_of(without, SOURCE, "2024", {})
    assert {p.code for p in refused.value.problems} == {"dangling_reference"}


def test_a_new_entity_without_its_name_is_refused(read: Reading):
    without = [p for p in read.proposals if (p.entity, p.field) != ("gh-cct", "name")]
    with pytest.raises(InputRefused) as refused:
        statements_of(without, SOURCE, "2024", {})
    assert [p.code for p in refused.value.problems] == ["missing_caption"]
