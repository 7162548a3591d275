"""What every action on a reading begins and ends with: the row to change, and the trace of it."""

from datetime import datetime

from grappe.actions import trail
from grappe.census.reading.reading_states import READING_MOVES, ReadingState
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.transitions import can_follow
from grappe.store.models import DocumentReading
from grappe.store.readings import check_may_handle

CANNOT = {
    ReadingState.OPEN: "reading_is_open",
    ReadingState.STORED: "reading_is_stored",
    ReadingState.DROPPED: "reading_is_dropped",
}
"""Code of the refusal of what a reading does not take in each state."""


def reading_to_change(reading: int, by: Actor, seen: int | None = None) -> DocumentReading:
    """The row of a reading that is about to change, locked until the transaction ends.

    Raises
    ------
    UnknownThing
        If there is no such reading, or it is not for this person.
    Refused
        If it was changed since the person saw version `seen`.
    """
    row = DocumentReading.objects.select_for_update().filter(pk=reading).first()
    if row is None:
        raise UnknownThing("unknown_reading", id=reading)
    check_may_handle(row, by)
    if seen is not None and seen != row.version:
        raise Refused("reading_changed", document=row.document, who=row.changed_by)
    return row


def check_open(row: DocumentReading) -> None:
    """Refuse to decide on a reading that is not open.

    Raises
    ------
    Refused
        With what it is instead.
    """
    if row.state != ReadingState.OPEN:
        raise Refused(CANNOT[ReadingState(row.state)], document=row.document)


def change_state(row: DocumentReading, wanted: ReadingState) -> None:
    """Give a reading another state; the row is saved by `record`.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    present = ReadingState(row.state)
    if not can_follow(READING_MOVES, present, wanted):
        raise Refused(CANNOT[present], document=row.document)
    row.state = str(wanted)


def record(verb: str, row: DocumentReading, by: Actor, at: datetime, **detail: object) -> None:
    """Count a change of a reading, and keep its trace."""
    row.version += 1
    row.changed_by, row.changed_at = str(by), at
    row.save()
    trace(verb, row, by, at, **detail)


def trace(verb: str, row: DocumentReading, by: Actor, at: datetime, **detail: object) -> None:
    """Keep the trace of a change, with the document it is of."""
    trail.trace(verb, f"reading-{row.pk}", by, at, **{"version": row.version, **detail})
