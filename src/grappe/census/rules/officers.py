"""Rules on people: one officer for two clusters, a president beside an acting one."""

from collections import defaultdict
from collections.abc import Iterator

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.finding import Finding, Severity
from grappe.domain.statement import Statement

ROLES = ("president", "director", "facilitator")


def one_officer_two_clusters(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """One person presides, directs or facilitates two clusters: possible, and worth a check."""
    held: dict[str, list[Statement]] = defaultdict(list)
    for cluster in facts.of_kind(Kind.CLUSTER):
        for role in ROLES:
            for statement in facts.statements(cluster, role):
                person = facts.entities.get(str(statement.value))
                if person is not None and person.kind is Kind.PERSON:
                    held[person.id].append(statement)
    for person_id in sorted(held):
        clusters = sorted({s.entity for s in held[person_id]})
        if len(clusters) > 1:
            yield Finding(
                "one_officer_two_clusters",
                Severity.MINOR,
                tuple(clusters),
                tuple(sorted({s.field for s in held[person_id]})),
                tuple(s.id for s in held[person_id]),
                {"person": person_id},
            )


def two_presidents(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """A sheet names a president and an acting president at once."""
    for cluster in facts.of_kind(Kind.CLUSTER):
        acting = shown_field(facts, cluster, "acting_president", on)
        president = shown_field(facts, cluster, "president", on) if acting else []
        if president:
            both = (president[0].statement, acting[0].statement)
            yield Finding(
                "two_presidents",
                Severity.MINOR,
                (cluster,),
                ("president", "acting_president"),
                tuple(s.id for s in both),
            )
