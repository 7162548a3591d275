"""Open a reading again whose accepted proposals were stored, to accept more of it."""

from datetime import datetime

from django.db import transaction

from grappe.actions.reading_record import change_state, reading_to_change, record
from grappe.census.reading.reading_states import ReadingState
from grappe.domain.actor import Actor


def reopen_reading(reading: int, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Let people decide on a stored reading again; what it stored stays in the census.

    Raises
    ------
    UnknownThing
        If there is no such reading.
    Refused
        If it is open or dropped, or was changed meanwhile.
    """
    with transaction.atomic():
        row = reading_to_change(reading, by, seen)
        change_state(row, ReadingState.OPEN)
        record("reopen_reading", row, by, at)
