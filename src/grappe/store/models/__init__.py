"""All models: thin, columns and constraints only; no rule lives here."""

from grappe.store.models.accounts import Invitation, RoleGrant, SignInAttempt, User
from grappe.store.models.audit import AuditEvent
from grappe.store.models.events import (
    BlockedPair,
    EventSlot,
    FictionalData,
    MatchEvent,
    Meeting,
    MeetingOutcome,
    Participation,
    PublishedAgenda,
    ScheduleRun,
    Wish,
)
from grappe.store.models.facts import Dataset, Decision, Entity, Redaction, Source, Statement
from grappe.store.models.readings import DocumentReading, ReadProposal
from grappe.store.models.rows import ClusterRow, DisputeRow, FindingEntity, FindingRow, LinkRow, Listing

__all__ = [
    "AuditEvent",
    "BlockedPair",
    "ClusterRow",
    "Dataset",
    "Decision",
    "DisputeRow",
    "DocumentReading",
    "Entity",
    "EventSlot",
    "FictionalData",
    "FindingEntity",
    "FindingRow",
    "Invitation",
    "LinkRow",
    "Listing",
    "MatchEvent",
    "Meeting",
    "MeetingOutcome",
    "Participation",
    "PublishedAgenda",
    "ReadProposal",
    "Redaction",
    "RoleGrant",
    "ScheduleRun",
    "SignInAttempt",
    "Source",
    "Statement",
    "User",
    "Wish",
]
