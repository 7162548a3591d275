"""Two clusters merge: an officer decides what becomes of each of their contracts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from grappe.actions.contract_record import (
    bring_to_end,
    check_state,
    contract_to_change,
    reason,
    record,
)
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Refused
from grappe.policy.contract_states import ALIVE, ContractState
from grappe.policy.lateness import Side
from grappe.store.models import Contract, MergerDecision


class MergerOutcome(StrEnum):
    """What becomes of a contract when its cluster merges."""

    CONTINUES = "continues"  # goes on with the cluster that came of the merger
    ABSORBED = "absorbed"  # another contract of the merger takes its place
    ENDED = "ended"  # comes to its end


@dataclass(frozen=True, slots=True)
class MergerVerdict:
    """The decision on one contract; `into` names the contract that absorbs it."""

    outcome: MergerOutcome
    why: str
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """The cluster that came of a merger: one of the two, or a new one."""

    name: str
    cluster: str | None = None


def merge_contracts(
    verdicts: Mapping[str, MergerVerdict],
    merged: Merged,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[str, int] | None = None,
) -> list[MergerDecision]:
    """Record the decision on every contract of clusters that merge, all of them or none.

    The source names mergers and does not say what became of the contracts: that is the officer's to
    decide, contract by contract, with a reason.

    Raises
    ------
    UnknownThing, Forbidden
        If one of the contracts does not exist, or somebody does not act for its state.
    BadChoice
        If a contract is absorbed by one that does not continue in the same merger.
    Refused
        If a contract is not in force or under audit, a reason is missing, or somebody else changed one.
    """
    continuing = {id for id, one in verdicts.items() if one.outcome is MergerOutcome.CONTINUES}
    for verdict in verdicts.values():
        if verdict.outcome is MergerOutcome.ABSORBED and verdict.into not in continuing:
            raise BadChoice(name="into", value=verdict.into or "", accepted=", ".join(sorted(continuing)))
    with transaction.atomic():
        # Always in the same order, so that two officers do not wait for each other.
        rows = {id: contract_to_change(id, by, Side.STATE, (seen or {}).get(id)) for id in sorted(verdicts)}
        currencies = {row.currency for row in rows.values()}
        if len(currencies) > 1:
            raise Refused("merger_of_currencies", accepted=", ".join(sorted(currencies)))
        return [_decide(rows, id, verdicts[id], merged, by, at) for id in sorted(verdicts)]


def _decide(
    rows: Mapping[str, Contract], id: str, verdict: MergerVerdict, merged: Merged, by: Actor, at: datetime
) -> MergerDecision:
    row = rows[id]
    check_state(row, ALIVE)
    why = reason(verdict.why, id)
    decision = MergerDecision.objects.create(
        contract=row,
        other=rows[verdict.into] if verdict.into else None,
        from_cluster=row.cluster,
        from_name=row.cluster_name,
        into_cluster=merged.cluster,
        into_name=merged.name,
        outcome=str(verdict.outcome),
        why=why,
        by=str(by),
        on=at.date(),
    )
    match verdict.outcome:
        case MergerOutcome.CONTINUES:
            before = row.cluster
            row.cluster, row.cluster_name = merged.cluster, merged.name
            record("merge_contract", row, by, at, before=before, outcome=str(verdict.outcome))
        case MergerOutcome.ABSORBED:
            bring_to_end("merge_contract", row, ContractState.MERGED, why, by, at, into=verdict.into)
        case MergerOutcome.ENDED:
            bring_to_end("merge_contract", row, ContractState.TERMINATED, why, by, at)
    return decision
