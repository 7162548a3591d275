"""What each side can do with a contract in each of its states: what its page offers to whom.

The actions check the same again, with everything that a state alone does not tell.
"""

from collections.abc import Iterable
from enum import StrEnum

from grappe.policy.contract_states import ALIVE, CONTRACT_MOVES, IN_FORCE, REPORTING, ContractState
from grappe.policy.lateness import Side


class Deed(StrEnum):
    """One thing that a side does with a contract."""

    SIGN_FOR_STATE = "sign_for_state"
    SIGN_FOR_CLUSTER = "sign_for_cluster"
    PAY = "pay"
    WITHHOLD = "withhold"  # and release
    REPORT = "report"
    DECIDE_REPORT = "decide_report"  # verify, return, refuse, close the period
    KEEP_OF_STATE = "keep_of_state"  # the cluster says that the state kept a commitment
    KEEP_OF_CLUSTER = "keep_of_cluster"  # the state says that the cluster kept one
    ORDER_AUDIT = "order_audit"
    RECORD_AUDIT = "record_audit"
    RENEW = "renew"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"
    TERMINATE = "terminate"
    LEAVE = "leave"
    MERGE = "merge"
    PUBLISH = "publish"  # set the publication clause


def _before(wanted: ContractState) -> frozenset[ContractState]:
    return frozenset(state for state, after in CONTRACT_MOVES.items() if wanted in after)


_C = ContractState
DEEDS: dict[Deed, tuple[Side, frozenset[ContractState]]] = {
    Deed.SIGN_FOR_STATE: (Side.STATE, frozenset({_C.PREPARED, _C.SIGNED_BY_CLUSTER})),
    Deed.SIGN_FOR_CLUSTER: (Side.BENEFICIARY, frozenset({_C.PREPARED, _C.SIGNED_BY_STATE})),
    Deed.PAY: (Side.STATE, IN_FORCE),
    Deed.WITHHOLD: (Side.STATE, ALIVE),
    Deed.REPORT: (Side.BENEFICIARY, REPORTING),
    Deed.DECIDE_REPORT: (Side.STATE, ALIVE),
    Deed.KEEP_OF_STATE: (Side.BENEFICIARY, ALIVE),
    Deed.KEEP_OF_CLUSTER: (Side.STATE, ALIVE),
    Deed.ORDER_AUDIT: (Side.STATE, _before(_C.UNDER_AUDIT)),
    Deed.RECORD_AUDIT: (Side.STATE, frozenset({_C.UNDER_AUDIT})),
    Deed.RENEW: (Side.STATE, IN_FORCE),
    Deed.SUSPEND: (Side.STATE, _before(_C.SUSPENDED)),
    Deed.RESUME: (Side.STATE, frozenset({_C.SUSPENDED})),
    Deed.END: (Side.STATE, _before(_C.ENDED)),
    Deed.TERMINATE: (Side.STATE, _before(_C.TERMINATED)),
    Deed.LEAVE: (Side.BENEFICIARY, _before(_C.LEFT)),
    Deed.MERGE: (Side.STATE, ALIVE & _before(_C.MERGED)),
    Deed.PUBLISH: (Side.STATE, frozenset(_C)),
}
"""Who does it, and in which states of the contract; total over `Deed`."""


def deeds_for(state: ContractState, sides: Iterable[Side]) -> frozenset[Deed]:
    """What somebody who acts for some sides may do with a contract in its present state.

    Examples
    --------
    >>> sorted(str(one) for one in deeds_for(ContractState.PREPARED, [Side.BENEFICIARY]))
    ['leave', 'sign_for_cluster']
    """
    acting = frozenset(sides)
    return frozenset(deed for deed, (side, states) in DEEDS.items() if side in acting and state in states)
