"""Rule on targets: a number that one part prints as a target and another as a fact."""

from collections.abc import Iterator

from grappe.census.facts import Facts
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.finding import Finding, Severity


def target_told_as_fact(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """The same figure of a cluster stands as a target in one place and as observed in another."""
    figures = [n for n, f in declaration(Kind.CLUSTER).fields.items() if f.type is FieldType.FIGURE]
    for cluster in facts.of_kind(Kind.CLUSTER):
        for name in figures:
            rows = [s for s in facts.statements(cluster, name) if not s.redacted]
            for target in (s for s in rows if s.attributes.get("modality") == "target"):
                for fact in (s for s in rows if s.attributes.get("modality") == "observed"):
                    if target.value == fact.value and target.attributes.get("of") == fact.attributes.get(
                        "of"
                    ):
                        yield Finding(
                            "target_told_as_fact",
                            Severity.MAJOR,
                            (cluster,),
                            (name,),
                            (target.id, fact.id),
                            {"value": f"{target.value:g}"},
                        )
