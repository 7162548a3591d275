"""What does the source contradict? Disputes and findings, as computed at the last load or on another day."""

import orjson

from grappe.census.disputes import disputes
from grappe.census.rules import findings
from grappe.present.findings import dispute_plain, finding_plain
from grappe.present.plain import Plain
from grappe.queries.as_known import facts_known
from grappe.queries.facts import all_facts
from grappe.queries.moment import Moment
from grappe.store.models import DisputeRow, FindingRow

_GRAVITY = {"major": 0, "minor": 1, "note": 2}


def list_disputes(when: Moment, entity: str | None = None) -> list[Plain]:
    """Disputes, gravest first."""
    if not when.default:
        facts = facts_known(when) if when.known is not None else all_facts()
        found = [dispute_plain(facts, one) for one in disputes(facts, when.on)]
    else:
        rows = DisputeRow.objects.all()
        found = [orjson.loads(payload) for payload in rows.values_list("payload", flat=True)]
    kept = [one for one in found if entity is None or one["entity"] == entity]
    return sorted(kept, key=lambda one: (_GRAVITY[one["severity"]], one["entity"], one["field"]))


def list_findings(when: Moment, rule: str | None = None) -> list[Plain]:
    """Findings of the consistency rules and editors' remarks, gravest first."""
    stored = [orjson.loads(payload) for payload in FindingRow.objects.values_list("payload", flat=True)]
    if when.default:
        found = stored
    else:
        facts = facts_known(when) if when.known is not None else all_facts()
        found = [finding_plain(facts, one) for one in findings(facts, when.on)]
        # A remark is an editor's, of no day; it is known from the load that brought its statements.
        remarks = [one for one in stored if one["rule"] == "editor_remark"]
        found += [one for one in remarks if all(entity in facts.by_entity for entity in one["entities"])]
    kept = [one for one in found if rule is None or one["rule"] == rule]
    return sorted(kept, key=lambda one: (_GRAVITY[one["severity"]], one["rule"], one["entities"]))
