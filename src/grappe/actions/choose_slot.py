"""Choose the slot of a meeting, in an event whose participants schedule it themselves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from grappe.actions.event_record import wish_to_change
from grappe.actions.event_rights import check_may_speak_for, may_speak_for
from grappe.actions.send_wish import check_wishes_open
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.network.matchmaking import Scheduling, calls_for_meeting, free_slots, free_table
from grappe.network.meeting_states import STANDS, MeetingState
from grappe.store.event_values import acceptance_of, asked_of, room_of, scheduling_of, seats_of
from grappe.store.models import Meeting, Wish


def choose_slot(wish: int, slot: str, *, by: Actor, at: datetime) -> Meeting:
    """Put the meeting that a wish calls for into a slot that is free for both, at a free table.

    Either of the two may choose, and choose again until the agenda is published.

    Raises
    ------
    UnknownThing
        If there is no such wish.
    Forbidden
        If somebody speaks for neither of the two.
    Refused
        If the organiser schedules this event, wishes are closed, the wish calls for no meeting, the
        slot is not free (with those that are), or the meeting is published already.
    """
    with transaction.atomic():
        row = wish_to_change(wish)
        if not may_speak_for(row.receiver, by):
            check_may_speak_for(row.sender, by)
        check_wishes_open(row.event, by, at, row.sender, row.receiver)
        if scheduling_of(row.event) is not Scheduling.PARTICIPANTS:
            raise Refused("organiser_schedules", event=row.event.title)
        meeting = _place(row, slot, at)
        trace("choose_slot", row.event_id, by, at, meeting=meeting.pk, slot=slot)
    return meeting


def _place(wish: Wish, slot: str, at: datetime) -> Meeting:
    event, a, b = wish.event, str(wish.sender_id), str(wish.receiver_id)
    room = room_of(event)
    calling = calls_for_meeting(asked_of(event.wishes.all()), acceptance_of(event), room)
    if (a, b) not in {(one.sender, one.receiver) for one in calling}:
        raise Refused("wish_calls_for_nothing", sender=wish.sender.name, receiver=wish.receiver.name)
    two = Q(a=wish.sender, b=wish.receiver) | Q(a=wish.receiver, b=wish.sender)
    known = Meeting.objects.filter(two, state__in=[str(state) for state in STANDS]).first()
    if known is not None and known.state != MeetingState.PLANNED:
        raise Refused("meeting_announced", sender=wish.sender.name, receiver=wish.receiver.name)
    seats = [seat for seat in seats_of(event) if known is None or seat.meeting != str(known.pk)]
    free = free_slots(a, b, room, seats)
    if slot not in free:
        raise Refused("slot_not_free", slot=slot, free=", ".join(free))
    meeting = known or Meeting(event=event, a=wish.sender, b=wish.receiver)
    meeting.slot = event.slots.get(code=slot)
    meeting.table = free_table(a, b, slot, room, seats)
    meeting.locked = True
    meeting.changed_at = at
    meeting.save()
    return meeting
