"""Every ordered pair of states of contracts, reports, tranches, audits, renewals, labels and projects."""

import itertools
import re
from pathlib import Path

import pytest

from grappe.domain.errors import Refused
from grappe.domain.transitions import check_follows, diagram
from grappe.policy.audit_states import AUDIT_MOVES, AuditState
from grappe.policy.contract_states import ALIVE, CONTRACT_MOVES, FINAL, IN_FORCE, REPORTING, ContractState
from grappe.policy.label_register import LABEL_MOVES, LabelState
from grappe.policy.project_stages import STAGE_MOVES, Stage
from grappe.policy.renewal_states import RENEWAL_MOVES, RenewalState
from grappe.policy.report_states import OWED, REPORT_MOVES, WRITABLE, ReportState
from grappe.policy.tranche_states import TRANCHE_MOVES, UNPAID, TrancheState

MANUAL = Path(__file__).parents[2] / "docs" / "methods"
WRITTEN = {
    ContractState: """
        prepared: signed_by_state signed_by_cluster terminated left
        signed_by_state: running terminated left
        signed_by_cluster: running terminated left
        running: suspended under_audit renewed ended terminated left merged
        suspended: running renewed ended terminated left merged
        under_audit: running renewed terminated left
        renewed: suspended under_audit renewed ended terminated left merged
        ended:
        terminated:
        left:
        merged:
    """,
    ReportState: """
        due: draft closed
        draft: submitted closed
        submitted: returned verified refused
        returned: draft submitted closed
        verified: closed
        refused: draft closed
        closed:
    """,
    TrancheState: """
        planned: due withheld cancelled
        due: paid withheld cancelled
        paid:
        withheld: planned due cancelled
        cancelled:
    """,
    AuditState: """
        ordered: positive negative called_off
        positive:
        negative:
        called_off:
    """,
    RenewalState: """
        proposed: granted refused withdrawn
        granted:
        refused:
        withdrawn:
    """,
    LabelState: """
        coming: held ended
        held: ended
        ended:
    """,
    Stage: """
        idea: assembled dropped
        assembled: labelled submitted funded under_way dropped
        labelled: submitted funded under_way dropped
        submitted: funded assembled dropped
        funded: under_way dropped
        under_way: done dropped
        done:
        dropped:
    """,
}
"""The tables as they are read by eye, apart from the code."""
TABLES = {
    ContractState: CONTRACT_MOVES,
    ReportState: REPORT_MOVES,
    TrancheState: TRANCHE_MOVES,
    AuditState: AUDIT_MOVES,
    RenewalState: RENEWAL_MOVES,
    LabelState: LABEL_MOVES,
    Stage: STAGE_MOVES,
}
PAIRS = [
    pytest.param(kind, before, after, id=f"{kind.__name__}-{before}-{after}")
    for kind in TABLES
    for before, after in itertools.product(kind, repeat=2)
]


def allowed(kind) -> set[tuple[str, str]]:
    lines = re.findall(r"(\w+):(.*)", WRITTEN[kind])
    return {(before, after) for before, rest in lines for after in rest.split()}


@pytest.mark.parametrize(("kind", "before", "after"), PAIRS)
def test_every_ordered_pair_of_states_is_allowed_or_refused_as_written(kind, before, after):
    if (str(before), str(after)) in allowed(kind):
        check_follows(TABLES[kind], before, after, "cannot")
        return
    with pytest.raises(Refused) as refused:
        check_follows(TABLES[kind], before, after, "cannot")
    assert refused.value.params["accepted"] == ",".join(sorted(TABLES[kind][before]))


def test_what_is_over_is_never_alive_and_money_is_paid_only_while_alive():
    assert not FINAL & ALIVE
    assert IN_FORCE < REPORTING < ALIVE
    assert {str(one) for one in FINAL} == {"ended", "terminated", "left", "merged"}


def test_what_the_cluster_owes_it_may_write_on():
    assert OWED == WRITABLE
    assert TrancheState.PAID not in UNPAID


@pytest.mark.parametrize(
    ("page", "table", "first"),
    [
        ("contracts.md", CONTRACT_MOVES, ContractState.PREPARED),
        ("contracts.md", REPORT_MOVES, ReportState.DUE),
        ("contracts.md", TRANCHE_MOVES, TrancheState.PLANNED),
        ("contracts.md", AUDIT_MOVES, AuditState.ORDERED),
        ("contracts.md", RENEWAL_MOVES, RenewalState.PROPOSED),
        ("labels.md", LABEL_MOVES, LabelState.COMING),
        ("labels.md", STAGE_MOVES, Stage.IDEA),
    ],
)
def test_the_manual_draws_the_tables_that_actions_obey(page, table, first):
    assert f"```mermaid\n{diagram(table, first)}\n```" in (MANUAL / page).read_text("utf-8")
