"""The trail of changes: each is kept, and who comes second is told what came first."""

from datetime import datetime

from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.store.models import AuditEvent


def trace(verb: str, subject: str, by: Actor, at: datetime, **detail: object) -> None:
    """Keep the trace of a change of something."""
    AuditEvent.objects.create(verb=verb, by=str(by), at=at, subject=subject, detail=detail)


def changes_after(subject: str, version: int, since: datetime) -> tuple[str, str]:
    """Verbs of the changes of something after one of its versions, once each, and who made the last.

    Parameters
    ----------
    subject : str
    version : int
    since : datetime
        When the thing was made: an earlier one may have borne the same name.

    Returns
    -------
    (str, str)
        Verbs parted by commas; both are empty if there was no change.
    """
    rows = AuditEvent.objects.filter(subject=subject, at__gte=since).order_by("id")
    later = [row for row in rows if row.detail.get("version", 0) > version]
    return ",".join(dict.fromkeys(row.verb for row in later)), later[-1].by if later else ""


def check_unchanged(subject: str, version: int, seen: int | None, since: datetime) -> None:
    """Refuse to change what somebody else has changed meanwhile, and say what they did.

    Raises
    ------
    Refused
        With the verbs of the changes and who did the last one.
    """
    if seen is None or seen == version:
        return
    changes, who = changes_after(subject, seen, since)
    raise Refused("changed_meanwhile", id=subject, changes=changes, who=who)
