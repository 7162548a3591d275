"""All models: thin, columns and constraints only; no rule lives here."""

from grappe.store.models.accounts import Invitation, RoleGrant, SignInAttempt, User
from grappe.store.models.audit import AuditEvent
from grappe.store.models.calls import (
    Application,
    ApplicationVersion,
    Attachment,
    Call,
    CallReviewer,
    Letter,
    PanelDecision,
    Review,
)
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
from grappe.store.models.rows import ClusterRow, DisputeRow, FindingEntity, FindingRow, LinkRow, Listing
from grappe.store.models.seen import Job, Signal, SignalWord

__all__ = [
    "Application",
    "ApplicationVersion",
    "Attachment",
    "AuditEvent",
    "BlockedPair",
    "Call",
    "CallReviewer",
    "ClusterRow",
    "Dataset",
    "Decision",
    "DisputeRow",
    "Entity",
    "EventSlot",
    "FictionalData",
    "FindingEntity",
    "FindingRow",
    "Invitation",
    "Job",
    "Letter",
    "LinkRow",
    "Listing",
    "MatchEvent",
    "Meeting",
    "MeetingOutcome",
    "PanelDecision",
    "Participation",
    "PublishedAgenda",
    "Redaction",
    "Review",
    "RoleGrant",
    "ScheduleRun",
    "SignInAttempt",
    "Signal",
    "SignalWord",
    "Source",
    "Statement",
    "User",
    "Wish",
]
