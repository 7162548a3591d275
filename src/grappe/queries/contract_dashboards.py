"""How does a ministry's portfolio stand, and how does a cluster stand in its contracts?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from grappe.domain.actor import Actor
from grappe.domain.errors import Forbidden
from grappe.policy.alarms import WARNING_MONTHS
from grappe.policy.contract_rights import Part
from grappe.policy.contract_states import ALIVE
from grappe.policy.lateness import Kept, Side, lateness
from grappe.policy.months import add_months
from grappe.policy.reported import Against
from grappe.policy.scoreboard import STEP, rounded_amount, scoreboard
from grappe.present.contracts import against_plain, obligation_plain, scoreboard_plain, tidy
from grappe.present.plain import Plain
from grappe.queries.contracts import NOBODY, contract_line, contracts_with_rows, parts_by
from grappe.store.contract_values import obligations_of, results_of, state_of
from grappe.store.grants import held_by
from grappe.store.models import Contract

FEWEST_PEERS = 3
"""Peers below which nothing is told of them: with two, each would read the other."""
AHEAD_DAYS = 90
"""Days ahead in which something counts as coming due."""


def portfolio(on: date, *, by: Actor | None = None, **only: str | None) -> Plain:
    """Every contract that somebody follows: committed, paid, late, at risk, by sector and region.

    Amounts are sums per currency and never converted. What is at risk says why.

    Parameters
    ----------
    on : day of which it speaks
    by : who asks; contracts of which they may not read the terms are left out, and counted
    only : of one country, sector, region, scheme or state alone
    """
    held = held_by(by or NOBODY)
    rows = list(contracts_with_rows(**{name: value for name, value in only.items() if value}))
    read = [row for row in rows if Part.TERMS in parts_by(row, held)]
    lines = [portfolio_line(row, on) for row in read]
    return {
        "on": on.isoformat(),
        "contracts": lines,
        "not_shown": len(rows) - len(read),
        "totals": _totals(lines, ()),
        "by_sector": _totals(lines, ("sector",)),
        "by_region": _totals(lines, ("region",)),
        "by_scheme": _totals(lines, ("scheme",)),
        "late_reports": [one for line, row in zip(lines, read, strict=True) for one in _late(row, line, on)],
        "at_risk": [line for line in lines if line["risks"]],
    }


def portfolio_line(row: Contract, on: date) -> Plain:
    """A contract of a portfolio: what is committed, paid and late, and what puts it at risk."""
    owed = obligations_of(row)
    how = [(one, lateness(one, on)) for one in owed]
    tranches = [one for one in row.tranches.all() if one.state != "cancelled"]
    paid = sum((one.amount for one in tranches if one.paid_on is not None and one.paid_on <= on), Decimal())
    late_state = [(one, late) for one, late in how if one.side is Side.STATE and late.kept is Kept.LATE]
    late_reports = [one for one, late in how if one.kind == "report" and late.kept is Kept.LATE]
    results = results_of(row)
    told = [one for one in results if one.met is not None]
    alive = state_of(row) in ALIVE
    return contract_line(row, frozenset(Part)) | {
        "committed": tidy(sum((one.amount for one in tranches), Decimal())),
        "paid": tidy(paid),
        "overdue_by_state": tidy(sum((one.amount or Decimal() for one, _ in late_state), Decimal())),
        "state_days_late": max((late.days for _, late in late_state), default=0),
        "late_reports": len(late_reports) if alive else 0,
        "targets_met": sum(one.met is True for one in told),
        "targets_told": len(told),
        "risks": risks(row, on, len(late_reports), told) if alive else [],
    }


def risks(row: Contract, on: date, late_reports: int, told: Sequence[Against]) -> list[str]:
    """Why a contract that is alive may not hold, as codes."""
    found: list[str] = []
    if late_reports:
        found.append("late_reports")
    if told and sum(one.met is True for one in told) * 2 < len(told):
        found.append("most_targets_missed")
    decided = [one.state for one in row.audits.all() if one.state in ("positive", "negative")]
    if decided and decided[-1] == "negative":
        found.append("negative_audit")
    if row.state == "suspended":
        found.append("suspended")
    granted = any(one.state == "granted" for one in row.renewals.all())
    if on < row.end <= add_months(on, WARNING_MONTHS) and not granted:
        found.append("ends_without_renewal")
    return found


def _totals(lines: Iterable[Plain], keys: tuple[str, ...]) -> list[Plain]:
    """Sums per currency, and per value of the keys."""
    groups: dict[tuple[object, ...], list[Plain]] = defaultdict(list)
    for line in lines:
        groups[(*(line[key] for key in keys), line["currency"])].append(line)
    return [
        {
            **dict(zip((*keys, "currency"), group, strict=True)),
            "contracts": len(of),
            **{
                name: tidy(sum((Decimal(str(one[name])) for one in of), Decimal()))
                for name in ("committed", "paid", "overdue_by_state")
            },
            "late_reports": sum(one["late_reports"] for one in of),
            "at_risk": sum(bool(one["risks"]) for one in of),
        }
        for group, of in sorted(groups.items(), key=lambda pair: [str(part or "") for part in pair[0]])
    ]


def _late(row: Contract, line: Plain, on: date) -> list[Plain]:
    if not line["late_reports"]:
        return []
    return [
        {"contract": row.id, "cluster_name": row.cluster_name} | obligation_plain(one, on)
        for one in obligations_of(row)
        if one.kind == "report" and lateness(one, on).kept is Kept.LATE
    ]


def cluster_dashboard(cluster: str, on: date, *, by: Actor | None = None) -> Plain:
    """What is due, how a cluster stands against its targets and its peers, and its scoreboards.

    Peers are the contracts of other clusters under the same scheme; of them the median alone is told, and
    only where there are `FEWEST_PEERS` or more.

    Raises
    ------
    Forbidden
        If somebody may read no contract of the cluster.
    """
    held = held_by(by or NOBODY)
    rows = list(contracts_with_rows(cluster=cluster))
    read = [(row, parts) for row in rows if Part.SCOREBOARD in (parts := parts_by(row, held))]
    if rows and not read:
        raise Forbidden("nothing_to_read", contract=rows[0].id)
    return {
        "cluster": cluster,
        "name": read[-1][0].cluster_name if read else None,
        "on": on.isoformat(),
        "contracts": [_of_cluster(row, on, parts) for row, parts in read],
    }


def _of_cluster(row: Contract, on: date, parts: frozenset[Part]) -> Plain:
    """A contract on the dashboard; where its clause opens the scoreboard alone, nothing but that."""
    owed = obligations_of(row)
    ahead = on + timedelta(days=AHEAD_DAYS)
    open_ = [
        obligation_plain(one, on)
        for one in owed
        if one.done_on is None and one.due_on is not None and one.due_on <= ahead
    ]
    results = results_of(row)
    full = Part.REPORTS in parts
    peers = _peers(row) if full else {}
    return contract_line(row, parts) | {
        "full": full,
        "due": sorted(open_, key=lambda one: one["due_on"]) if full else [],
        "results": [against_plain(one) | {"peers": peers.get((one.indicator, one.period))} for one in results]
        if full
        else [],
        "scoreboard": scoreboard_plain(scoreboard(owed, results, on)),
    }


def _peers(row: Contract) -> dict[tuple[str, int], Plain]:
    """The median result of the peers per indicator and period, where there are enough of them."""
    found: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    units = {one.indicator: one.unit for one in row.targets.all()}
    others = contracts_with_rows(scheme=row.scheme, indicator_version=row.indicator_version)
    for other in others.exclude(cluster_name=row.cluster_name):
        for one in results_of(other):
            if one.low is not None:
                # A cluster with two contracts is one peer.
                found[one.indicator, one.period][other.cluster_name] = float(one.low)
    return {
        key: {"median": _rounded(median(told.values()), units.get(key[0])), "peers": len(told)}
        for key, told in found.items()
        if len(told) >= FEWEST_PEERS
    }


def _rounded(value: float, unit: str | None) -> float:
    """A median as others may read it: shares to five points, anything else to two digits."""
    if unit == "share":
        return round(value * 100 / STEP) * STEP / 100
    return float(rounded_amount(Decimal(str(value))))


def clusters_with_contracts() -> list[tuple[str | None, str, str]]:
    """Clusters that have a contract: id, name, country."""
    rows = Contract.objects.values_list("cluster", "cluster_name", "country").distinct()
    return sorted(rows, key=lambda one: (one[1], one[0] or ""))
