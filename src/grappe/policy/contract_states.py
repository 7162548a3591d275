"""States of a contract between a public body and a cluster, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class ContractState(StrEnum):
    """Where a contract stands."""

    PREPARED = "prepared"  # drafted from a decision, signed by nobody
    SIGNED_BY_STATE = "signed_by_state"  # the cluster has still to sign
    SIGNED_BY_CLUSTER = "signed_by_cluster"  # the state has still to sign
    RUNNING = "running"  # signed by both, in its first phase
    SUSPENDED = "suspended"  # payments and reports rest, with a reason
    UNDER_AUDIT = "under_audit"  # an audit was ordered, its result is awaited
    RENEWED = "renewed"  # a renewal was granted: a later phase runs, or will on the day after the present one
    ENDED = "ended"  # ran to its last day
    TERMINATED = "terminated"  # by the state, with a reason
    LEFT = "left"  # by the cluster, with a reason
    MERGED = "merged"  # absorbed by the contract of the cluster that this one merged into


_C = ContractState
CONTRACT_MOVES = total(
    {
        _C.PREPARED: frozenset({_C.SIGNED_BY_STATE, _C.SIGNED_BY_CLUSTER, _C.TERMINATED, _C.LEFT}),
        _C.SIGNED_BY_STATE: frozenset({_C.RUNNING, _C.TERMINATED, _C.LEFT}),
        _C.SIGNED_BY_CLUSTER: frozenset({_C.RUNNING, _C.TERMINATED, _C.LEFT}),
        _C.RUNNING: frozenset(
            {_C.SUSPENDED, _C.UNDER_AUDIT, _C.RENEWED, _C.ENDED, _C.TERMINATED, _C.LEFT, _C.MERGED}
        ),
        # A suspension is lifted to where the contract stood before it.
        _C.SUSPENDED: frozenset({_C.RUNNING, _C.RENEWED, _C.ENDED, _C.TERMINATED, _C.LEFT, _C.MERGED}),
        # An audit ends with its result; only then does the contract go on, end or move.
        _C.UNDER_AUDIT: frozenset({_C.RUNNING, _C.RENEWED, _C.TERMINATED, _C.LEFT}),
        # Renewed once, a contract can be renewed again: that state follows itself.
        _C.RENEWED: frozenset(
            {_C.SUSPENDED, _C.UNDER_AUDIT, _C.RENEWED, _C.ENDED, _C.TERMINATED, _C.LEFT, _C.MERGED}
        ),
        _C.ENDED: frozenset(),
        _C.TERMINATED: frozenset(),
        _C.LEFT: frozenset(),
        _C.MERGED: frozenset(),
    },
    ContractState,
)
"""States that may follow each state of a contract."""

IN_FORCE = frozenset({_C.RUNNING, _C.RENEWED})
"""States in which money is paid."""

REPORTING = frozenset({_C.RUNNING, _C.RENEWED, _C.UNDER_AUDIT})
"""States in which reports are taken: an audit looks at them."""

ALIVE = frozenset({_C.RUNNING, _C.RENEWED, _C.SUSPENDED, _C.UNDER_AUDIT})
"""States of a contract signed by both that has not come to its end."""

FINAL = frozenset(state for state in _C if not CONTRACT_MOVES[state])
"""States that nothing follows."""
