"""Rulings in force: statements whose latest decision is a preference."""

from collections.abc import Iterable

from grappe.domain.decision import Verdict
from grappe.store.models import Decision

_CHUNK = 900


def preferred_now(statements: Iterable[str] | None = None) -> frozenset[str]:
    """Statements that a ruling prefers, of all or of some: those whose latest decision is a preference."""
    if statements is None:
        ever = Decision.objects.filter(verdict=str(Verdict.PREFERRED))
        statements = set(ever.values_list("statement", flat=True))
    ordered = sorted(statements)
    latest: dict[str, str] = {}
    for start in range(0, len(ordered), _CHUNK):
        rows = Decision.objects.filter(statement__in=ordered[start : start + _CHUNK]).order_by("at", "id")
        latest |= dict(rows.values_list("statement", "verdict"))
    return frozenset(one for one, verdict in latest.items() if verdict == Verdict.PREFERRED)
