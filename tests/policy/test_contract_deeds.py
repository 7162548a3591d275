"""What a page offers to each side of a contract: total, and never what the states forbid."""

from itertools import product

import pytest

from grappe.policy.contract_deeds import DEEDS, Deed, deeds_for
from grappe.policy.contract_states import CONTRACT_MOVES, FINAL, ContractState
from grappe.policy.lateness import Side

LEADS_TO = {
    Deed.ORDER_AUDIT: ContractState.UNDER_AUDIT,
    Deed.SUSPEND: ContractState.SUSPENDED,
    Deed.END: ContractState.ENDED,
    Deed.TERMINATE: ContractState.TERMINATED,
    Deed.LEAVE: ContractState.LEFT,
    Deed.MERGE: ContractState.MERGED,
    Deed.RENEW: ContractState.RENEWED,
}


def test_every_deed_has_its_side_and_its_states():
    assert set(DEEDS) == set(Deed)


@pytest.mark.parametrize("deed", LEADS_TO)
def test_a_deed_is_offered_only_where_its_state_may_follow(deed):
    wanted = LEADS_TO[deed]
    assert all(wanted in CONTRACT_MOVES[state] for state in DEEDS[deed][1])


@pytest.mark.parametrize(("state", "side"), list(product(ContractState, Side)))
def test_each_side_is_offered_its_own_deeds_alone(state, side):
    assert all(DEEDS[deed][0] is side for deed in deeds_for(state, [side]))


@pytest.mark.parametrize("state", FINAL)
def test_of_a_contract_that_is_over_nothing_but_the_publication_changes(state):
    assert deeds_for(state, Side) == {Deed.PUBLISH}


def test_a_stranger_is_offered_nothing():
    assert all(deeds_for(state, []) == frozenset() for state in ContractState)
