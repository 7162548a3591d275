"""The manual draws the very tables that calls obey, and names every thing that can be refused."""

import re
from pathlib import Path

import pytest

from grappe.domain.document import KINDS, LARGEST
from grappe.domain.roles import ROLES, Capability, Role
from grappe.domain.transitions import diagram
from grappe.policy.call_states import (
    APPLICATION_MOVES,
    CALL_MOVES,
    REVIEW_MOVES,
    ApplicationState,
    CallState,
    ReviewState,
)

DIAGRAM = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)
DEEDS = {
    "officer": (Capability.RUN_CALL, Capability.DECIDE_CALL),
    "manager": (Capability.APPLY,),
    "reviewer": (Capability.REVIEW,),
}
"""Who the manual says does what, as rights."""


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs" / "methods" / "calls.md").read_text("utf-8")


def test_the_diagrams_of_the_manual_are_those_of_the_tables(manual: str):
    assert DIAGRAM.findall(manual) == [
        diagram(CALL_MOVES, CallState.DRAFT),
        diagram(APPLICATION_MOVES, ApplicationState.DRAFT),
        diagram(REVIEW_MOVES, ReviewState.OPEN),
    ]


def test_the_roles_of_the_manual_have_these_rights_and_no_other_role_has(manual: str):
    assert all(f"{who}" in manual for who in DEEDS)
    for who, rights in DEEDS.items():
        for right in rights:
            assert {role for role in Role if right in ROLES[role].may} == {Role(who)}


def test_the_manual_says_which_documents_are_taken_and_how_large(manual: str):
    assert all(f"{kind.upper()}" in manual for kind in KINDS)
    assert f"{LARGEST // 1024 // 1024} MB" in manual


def test_the_table_of_what_is_public_hides_an_application_that_is_being_written(manual: str):
    table = manual.split("## What is public")[1].split("\n\n")[1].split("\n")
    rows = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:6]] for line in table}
    assert rows["an application being written"] == ["", "own", "", ""]
