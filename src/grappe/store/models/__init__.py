"""All models: thin, columns and constraints only; no rule lives here."""

from grappe.store.models.accounts import User
from grappe.store.models.audit import AuditEvent
from grappe.store.models.facts import Dataset, Decision, Entity, Redaction, Source, Statement
from grappe.store.models.rows import ClusterRow, DisputeRow, FindingEntity, FindingRow, LinkRow, Listing

__all__ = [
    "AuditEvent",
    "ClusterRow",
    "Dataset",
    "Decision",
    "DisputeRow",
    "Entity",
    "FindingEntity",
    "FindingRow",
    "LinkRow",
    "Listing",
    "Redaction",
    "Source",
    "Statement",
    "User",
]
