"""Schedules on the command line: from a file to an agenda, without a database."""

import json
from pathlib import Path

import pytest

from grappe.cli.main import grappe
from grappe.cli.scheduling import schedule

EVENT = """\
slots: [s1, s2, s3]
tables: 2
participants:
  - {id: a, side: south}
  - {id: b, side: south, available: [s1]}
  - {id: x, side: north, host_table: 2}
  - {id: y, side: north}
wishes:
  - {from: a, to: x, rank: 1}
  - {from: x, to: a, rank: 2}
  - {from: b, to: x, rank: 1}
  - {from: b, to: y, rank: 2}
blocked: [[a, y]]
"""


@pytest.fixture
def said(desk, tmp_path, monkeypatch):
    """Runs ``grappe schedule`` on a text."""
    monkeypatch.setitem(grappe.commands, "schedule", schedule)

    def run(text: str, *options: str):
        (tmp_path / "event.yml").write_text(text, "utf-8")
        return desk("schedule", "event.yml", *options)

    return run


def test_an_agenda_is_written_with_meetings_unmet_wishes_objective_bound_gap_status_and_seed(said, tmp_path):
    answer = said(EVENT, "--out", "agenda.json", "--seed", "5")
    assert answer.code == 0, answer.err
    agenda = json.loads((tmp_path / "agenda.json").read_text("utf-8"))
    # b is there in s1 alone, so of its two wishes the stronger is met; a and x then meet in another slot.
    assert {(m["a"], m["b"], m["table"]) for m in agenda["meetings"]} == {("a", "x", 2), ("b", "x", 2)}
    assert agenda["unmet"] == [
        {"from": "b", "to": "y", "reason": "participant_full", "slots": 1, "participant": "b"}
    ]
    assert agenda["objective"]["mutual"] == 1
    assert agenda["objective"]["weighted"] == agenda["bound"] == 20 + 10
    assert (agenda["gap"], agenda["status"], agenda["seed"]) == (0.0, "optimal", 5)


def test_the_summary_says_how_good_it_is_and_why_a_wish_is_unmet(said):
    answer = said(EVENT)
    assert "Meetings: 2. Wishes met: 3 of 4; pairs with a mutual wish: 1." in answer.out
    assert "No schedule meets more wishes: proven." in answer.out
    assert "b → y: b has other meetings in all slots that the two have in common (1)." in answer.out


def test_json_is_the_same_as_the_file(said, tmp_path):
    answer = said(EVENT, "--json", "--out", "agenda.json")
    assert answer.json == json.loads((tmp_path / "agenda.json").read_text("utf-8"))


def test_the_same_seed_gives_the_same_file(said, tmp_path):
    texts = []
    for _ in range(2):
        said(EVENT, "--out", "agenda.json")
        texts.append((tmp_path / "agenda.json").read_bytes())
    assert texts[0] == texts[1]


def test_limits_are_named_before_solving_and_the_agenda_is_made_all_the_same(said):
    answer = said(EVENT.replace("available: [s1]", "available: []"))
    assert answer.code == 0
    assert "event.yml: b is never available, and so meets nobody." in answer.err
    assert "event.yml: b and x are never available together: they cannot meet." in answer.err


def test_every_mistake_is_named_with_its_line_and_nothing_is_written(said, tmp_path):
    text = EVENT.replace("to: y, rank: 2", "to: z, rank: 0").replace("tables: 2", "tables: 0")
    answer = said(text, "--out", "agenda.json")
    assert answer.code == 4
    assert answer.err.splitlines() == [
        "event.yml cannot be scheduled, 3 problem(s).",
        "  event.yml, line 2, field 'tables': '0' leaves nowhere to meet. Give one table or more.",
        "  event.yml, line 12, field 'wishes[3].rank': '0' is not a rank. "
        "Write a whole number of 1 or more; 1 is the strongest.",
        "  event.yml, line 12, field 'wishes[3].to': 'z' is not a participant. "
        "Add it to `participants`, or correct it.",
    ]
    assert not (tmp_path / "agenda.json").exists()


@pytest.mark.parametrize("text", ["", "slots: [", "- a\n", "slots: [a]\nslots: [b]\n", "5"])
def test_what_is_no_event_is_refused_without_a_traceback(said, text):
    answer = said(text)
    assert answer.code == 4
    assert answer.err.startswith("event.yml cannot be scheduled")


def test_a_missing_file_and_an_unwritable_place_are_named(said, desk):
    assert desk("schedule", "nowhere.yml").code == 1 or "nowhere.yml" in desk("schedule", "nowhere.yml").err
    assert said(EVENT, "--out", "agenda.txt").code == 2
    assert "nowhere" in said(EVENT, "--out", "nowhere/agenda.json").err


def test_a_cancellation_moves_nobody(said, tmp_path):
    said(EVENT, "--out", "agenda.json")
    answer = said(EVENT, "--previous", "agenda.json", "--cancel", "b", "--out", "agenda2.json")
    assert answer.code == 0, answer.err
    assert "Meetings moved: 0, new: 0, dropped: 1. No fewer moves are possible: proven." in answer.out
    before, after = (
        json.loads((tmp_path / name).read_text("utf-8")) for name in ("agenda.json", "agenda2.json")
    )
    assert [m for m in before["meetings"] if m["a"] != "b"] == after["meetings"]


def test_who_is_cancelled_and_the_last_frozen_slot_must_be_in_the_event(said):
    said(EVENT, "--out", "agenda.json")
    assert said(EVENT, "--previous", "agenda.json", "--cancel", "zz").code == 2
    assert said(EVENT, "--previous", "agenda.json", "--freeze-until", "s9").code == 2


def test_what_is_no_agenda_is_refused(said, tmp_path):
    Path(tmp_path / "agenda.json").write_text('{"meetings": 3}', "utf-8")
    answer = said(EVENT, "--previous", "agenda.json")
    assert answer.code == 4
    assert "agenda.json: is not an agenda." in answer.err
