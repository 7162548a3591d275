"""Give a reading up: document and proposals are erased, what it stored before stays in the census."""

from datetime import datetime

from django.db import transaction

from grappe.actions.reading_record import change_state, reading_to_change, record
from grappe.census.reading.reading_states import ReadingState
from grappe.domain.actor import Actor


def drop_reading(reading: int, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Erase the document and all proposals of a reading; its name, digest and trace stay.

    Raises
    ------
    UnknownThing
        If there is no such reading.
    Refused
        If it was dropped already, or was changed meanwhile.
    """
    with transaction.atomic():
        row = reading_to_change(reading, by, seen)
        change_state(row, ReadingState.DROPPED)
        count, _ = row.proposals.all().delete()
        row.content, row.lines, row.leftovers = None, [], []
        record("drop_reading", row, by, at, proposals=count)
