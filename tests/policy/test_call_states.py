"""Calls, applications, reviews: every ordered pair of states is tried."""

from itertools import product

import pytest

from grappe.domain.errors import Refused
from grappe.domain.transitions import check_follows
from grappe.policy.call_states import (
    APPLICATION_MOVES,
    CALL_MOVES,
    REVIEW_MOVES,
    ApplicationState,
    CallState,
    ReviewState,
)

TABLES = (
    (CALL_MOVES, CallState, CallState.DRAFT),
    (APPLICATION_MOVES, ApplicationState, ApplicationState.DRAFT),
    (REVIEW_MOVES, ReviewState, ReviewState.OPEN),
)
PAIRS = [(table, *pair) for table, states, _ in TABLES for pair in product(states, repeat=2)]


@pytest.mark.parametrize(("table", "present", "wanted"), PAIRS)
def test_a_state_follows_another_or_is_refused_with_what_may(table, present, wanted):
    if wanted in table[present]:
        check_follows(table, present, wanted, "call_cannot")
        return
    with pytest.raises(Refused) as refused:
        check_follows(table, present, wanted, "call_cannot")
    assert refused.value.params["accepted"] == ",".join(sorted(table[present]))


@pytest.mark.parametrize(("table", "states", "first"), TABLES)
def test_every_state_can_be_reached_and_none_follows_itself(table, states, first):
    reached, new = {first}, {first}
    while new:
        new = {after for state in new for after in table[state]} - reached
        reached |= new
    assert reached == set(states)
    assert not [state for state in states if state in table[state]]


def test_results_are_announced_once_and_for_all():
    assert CALL_MOVES[CallState.ANNOUNCED] == frozenset()


def test_nobody_is_selected_without_having_been_admitted():
    before = {state for state, after in APPLICATION_MOVES.items() if ApplicationState.SELECTED in after}
    assert before == {ApplicationState.ADMITTED, ApplicationState.RESERVE}
