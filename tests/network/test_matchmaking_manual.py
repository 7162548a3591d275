"""The manual draws the very tables that the rules obey."""

import re
from pathlib import Path

import pytest

from grappe.domain.transitions import diagram
from grappe.network.agenda_conflicts import CONFLICTS
from grappe.network.event_states import EVENT_MOVES, PARTICIPANT_MOVES, EventState, ParticipantState
from grappe.network.matchmaking import Acceptance, Scheduling
from grappe.network.meeting_outcomes import LINK_TERMS
from grappe.network.meeting_states import MEETING_MOVES, MeetingState
from grappe.network.wish_states import WISH_MOVES, WishState

DIAGRAM = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs" / "methods" / "matchmaking.md").read_text("utf-8")


def test_the_diagrams_of_the_manual_are_those_of_the_tables(manual: str):
    assert DIAGRAM.findall(manual) == [
        diagram(EVENT_MOVES, EventState.DRAFT),
        diagram(PARTICIPANT_MOVES, ParticipantState.INVITED),
        diagram(WISH_MOVES, WishState.SENT),
        diagram(MEETING_MOVES, MeetingState.PLANNED),
    ]


def test_final_states_are_drawn_as_ends():
    assert diagram(EVENT_MOVES, EventState.DRAFT).endswith("closed --> [*]")


def test_every_mode_is_in_the_manual(manual: str):
    assert [mode for mode in (*Acceptance, *Scheduling) if f"`{mode}`" not in manual] == []


def test_the_manual_says_of_each_outcome_which_link_it_becomes(manual: str):
    table = manual.split("| outcome |")[1].split("\n\n")[0].split("\n")[2:]
    assert len(table) == len(LINK_TERMS)
    for line, terms in zip(table, LINK_TERMS.values(), strict=True):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        wanted = ("none", "") if terms is None else (terms.kind, terms.stage.replace("_", " "))
        assert wanted[0] in cells[1]
        assert cells[2] == wanted[1]


def test_the_manual_says_how_many_conflicts_forbid_publication(manual: str):
    table = manual.split("| conflict |")[1].split("\n\n")[0].split("\n")[2:]
    # Some lines name two conflicts: nine hard ones in six lines, three others in two.
    assert [line.rsplit("|", 2)[1].strip() for line in table] == ["yes"] * 6 + ["no"] * 2
    assert (sum(CONFLICTS.values()), len(CONFLICTS)) == (9, 9 + 3)
