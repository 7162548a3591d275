"""Contracts, portfolios and dashboards as tables of a workbook."""

from collections.abc import Iterable, Mapping
from typing import Any

from grappe.present.plain import Plain

Tables = dict[str, list[Plain]]
_NO_TABLES = frozenset({"parts", "may_become", "open", "sides", "deeds"})
"""Lists of a contract that are codes of its page, not rows."""


def contract_tables(found: Mapping[str, Any]) -> Tables:
    """A contract as tables: itself a line, then every list, values of reports a line each.

    Examples
    --------
    >>> contract_tables({"id": "a", "tranches": [{"number": 1}], "parts": ["terms"]})
    {'contract': [{'id': 'a'}], 'tranches': [{'number': 1}]}
    """
    lists = {name: rows for name, rows in found.items() if isinstance(rows, list) and name not in _NO_TABLES}
    values = [
        {"report": one["number"], "name": name, "value": value}
        for one in found.get("reports", ())
        for name, value in (one["values"] or {}).items()
    ]
    flat = {name: value for name, value in found.items() if not isinstance(value, list | dict)}
    tables: Tables = {"contract": [flat], **lists}
    if values:
        tables["values"] = values
    if board := found.get("scoreboard"):
        tables["scoreboard"] = _scoreboard(board)
    return {name: rows for name, rows in tables.items() if _are_rows(rows)}


def portfolio_tables(found: Mapping[str, Any]) -> Tables:
    """A portfolio as tables."""
    return {name: rows for name, rows in found.items() if isinstance(rows, list)}


def dashboard_tables(found: Mapping[str, Any]) -> Tables:
    """The dashboard of a cluster as tables, each row with its contract."""
    tables: Tables = {"contracts": [], "due": [], "results": [], "scoreboard": []}
    for one in found["contracts"]:
        flat = {name: value for name, value in one.items() if not isinstance(value, list | dict)}
        tables["contracts"].append(flat)
        tables["due"] += [{"contract": one["id"], **row} for row in one["due"]]
        tables["results"] += [{"contract": one["id"], **row} for row in one["results"]]
        tables["scoreboard"] += [{"contract": one["id"], **row} for row in _scoreboard(one["scoreboard"])]
    return tables


def _scoreboard(board: Mapping[str, Any]) -> list[Plain]:
    sides = [{"line": side, **board[side]} for side in ("state", "beneficiary")]
    results = [{"line": "result", **row} for row in board["results"]]
    return [*sides, *results]


def _are_rows(rows: Iterable[object]) -> bool:
    return all(isinstance(row, dict) for row in rows)
