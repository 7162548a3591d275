"""Who wishes to meet whom in a matchmaking event?"""

from django.db.models import Q, QuerySet

from grappe.network.matchmaking import Acceptance, Scheduling, calls_for_meeting, free_slots
from grappe.network.meeting_states import STANDS
from grappe.present.plain import Plain
from grappe.store.event_values import acceptance_of, asked_of, room_of, scheduling_of, seats_of
from grappe.store.models import MatchEvent, Meeting, Participation, Wish


def wish_plain(row: Wish) -> Plain:
    """A wish with both names; its reason is for the two and the organiser alone."""
    return {
        "id": row.pk,
        "from": {"id": row.sender_id, "name": row.sender.name, "entity": row.sender.entity},
        "to": {"id": row.receiver_id, "name": row.receiver.name, "entity": row.receiver.entity},
        "rank": row.rank,
        "reason": row.reason,
        "language": row.language,
        "state": row.state,
        "answer": row.answer,
        "sent_at": row.sent_at.isoformat(),
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
    }


def wishes_of(participation: Participation) -> Plain:
    """Wishes of a participant: those sent by rank, those received by when they came.

    Each says whether it is mutual, whether it calls for a meeting and which one stands for it; where
    participants schedule, it gives the slots that are free for both.
    """
    event = participation.event
    rows = Wish.objects.filter(Q(sender=participation) | Q(receiver=participation))
    extra = _Extra(event, rows)
    both = rows.select_related("sender", "receiver")
    sent = both.filter(sender=participation).order_by("rank", "id")
    received = both.filter(receiver=participation).order_by("sent_at", "id")
    standing = sent.exclude(state="withdrawn").count()
    return {
        "sent": [wish_plain(row) | extra.of(row) for row in sent],
        "received": [wish_plain(row) | extra.of(row) for row in received.exclude(state="withdrawn")],
        "left": max(0, event.most_wishes - standing),
    }


def wishes_of_event(event: MatchEvent) -> list[Plain]:
    """All wishes of an event, in the order in which they were sent: for its organiser."""
    rows = event.wishes.all()
    extra = _Extra(event, rows)
    listed = rows.select_related("sender", "receiver").order_by("id")
    return [wish_plain(row) | extra.of(row) for row in listed]


class _Extra:
    """What is known of wishes beside their rows, read once for all of them."""

    def __init__(self, event: MatchEvent, rows: QuerySet[Wish]) -> None:
        self.room = room_of(event)
        asked = asked_of(rows)
        live = calls_for_meeting(asked, Acceptance.AUTOMATIC, self.room)
        self.pairs = {(one.sender, one.receiver) for one in live}
        calling = calls_for_meeting(asked, acceptance_of(event), self.room)
        self.calling = {(one.sender, one.receiver) for one in calling}
        self.meetings = {
            frozenset((row.a_id, row.b_id)): row
            for row in event.meetings.filter(state__in=[str(state) for state in STANDS]).select_related(
                "slot"
            )
        }
        self.chosen = scheduling_of(event) is Scheduling.PARTICIPANTS
        self.seats = seats_of(event) if self.chosen else ()

    def of(self, row: Wish) -> Plain:
        """The rest of one wish."""
        pair = (str(row.sender_id), str(row.receiver_id))
        meeting = self.meetings.get(frozenset((row.sender_id, row.receiver_id)))
        found: Plain = {
            "mutual": pair in self.pairs and pair[::-1] in self.pairs,
            "calls_for_meeting": pair in self.calling,
            "meeting": _meeting(meeting) if meeting else None,
        }
        if self.chosen:
            open_to = pair in self.calling and (meeting is None or meeting.state == "planned")
            mine = str(meeting.pk) if meeting else None
            seats = [seat for seat in self.seats if seat.meeting != mine]
            found["free_slots"] = list(free_slots(*pair, self.room, seats)) if open_to else []
        return found


def _meeting(row: Meeting) -> Plain:
    return {"id": row.pk, "slot": row.slot.code, "table": row.table, "state": row.state}
