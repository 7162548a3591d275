"""Rule on names: two entities of one kind whose names are nearly the same."""

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from grappe.census.facts import Facts
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.finding import Finding, Severity
from grappe.domain.fold import fold

ALIKE = 92.0
"""Similarity (0 to 100, rapidfuzz ratio on folded names) from which two entities may be one."""
SHORTEST = 8
"""Names of fewer letters are too easily alike."""
_KINDS = (Kind.CLUSTER, Kind.ORGANISATION, Kind.PERSON, Kind.PROGRAMME, Kind.FORM)
MOST = 1500
"""Above this many names of a kind the comparison of all pairs is left to the readers of new data."""


def alike_names(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """Two entities of one kind and country bear nearly the same name: one thing spelt twice, perhaps."""
    for kind in _KINDS:
        named = [
            (entity, fold(str(s.value)), s)
            for entity in facts.of_kind(kind)
            for s in facts.statements(entity, "name")[:1]
            if not s.redacted and not any(x.value == "potential" for x in facts.statements(entity, "state"))
        ]
        if len(named) > MOST:
            continue
        for (one, a, s), (other, b, t) in combinations(named, 2):
            alike = min(len(a), len(b)) >= SHORTEST and fuzz.ratio(a, b, score_cutoff=ALIKE)
            if alike and _country(facts, one) == _country(facts, other):
                yield Finding("alike_names", Severity.NOTE, (one, other), ("name",), (s.id, t.id))


def _country(facts: Facts, entity: str) -> frozenset[object]:
    return frozenset(s.value for s in facts.statements(entity, "country"))
