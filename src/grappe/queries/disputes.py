"""What does the source contradict? Disputes and findings, as computed at the last load or on another day."""

import orjson

from grappe.census.disputes import disputes
from grappe.census.rules import RULES, findings
from grappe.domain.errors import BadChoice
from grappe.present.findings import dispute_plain, finding_plain
from grappe.present.plain import Plain
from grappe.queries.as_known import facts_known
from grappe.queries.existence import check_exists
from grappe.queries.facts import all_facts
from grappe.queries.moment import Moment
from grappe.store.models import DisputeRow, FindingRow

REMARK = "editor_remark"
"""What an editor's remark bears as its rule."""
_GRAVITY = {"major": 0, "minor": 1, "note": 2}


def list_disputes(when: Moment, entity: str | None = None) -> list[Plain]:
    """Disputes, gravest first; of one entity if asked.

    Raises
    ------
    UnknownThing
        If there is no such entity.
    """
    if entity is not None:
        check_exists(entity)
    if not when.default:
        facts = facts_known(when) if when.known is not None else all_facts()
        found = [dispute_plain(facts, one) for one in disputes(facts, when.on)]
    else:
        rows = DisputeRow.objects.all()
        found = [orjson.loads(payload) for payload in rows.values_list("payload", flat=True)]
    kept = [one for one in found if entity is None or one["entity"] == entity]
    return sorted(kept, key=lambda one: (_GRAVITY[one["severity"]], one["entity"], one["field"]))


def list_findings(when: Moment, rule: str | None = None) -> list[Plain]:
    """Findings of the consistency rules and editors' remarks, gravest first; of one rule if asked.

    Raises
    ------
    BadChoice
        If there is no such rule.
    """
    if rule is not None and rule not in (*RULES, REMARK):
        raise BadChoice(name="rule", value=rule, accepted=", ".join((*RULES, REMARK)))
    stored = [orjson.loads(payload) for payload in FindingRow.objects.values_list("payload", flat=True)]
    if when.default:
        found = stored
    else:
        facts = facts_known(when) if when.known is not None else all_facts()
        found = [finding_plain(facts, one) for one in findings(facts, when.on)]
        # A remark is an editor's, of no day; it is known from the load that brought its statements.
        remarks = [one for one in stored if one["rule"] == REMARK]
        found += [one for one in remarks if all(entity in facts.by_entity for entity in one["entities"])]
    kept = [one for one in found if rule is None or one["rule"] == rule]
    return sorted(kept, key=lambda one: (_GRAVITY[one["severity"]], one["rule"], one["entities"]))
