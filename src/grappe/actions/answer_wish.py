"""Accept or decline a wish, or take it back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from grappe.actions.cancel_meeting import cancel
from grappe.actions.event_record import wish_to_change
from grappe.actions.event_rights import check_may_speak_for
from grappe.actions.send_wish import check_wishes_open
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.transitions import check_follows
from grappe.network.meeting_states import TO_COME
from grappe.network.wish_states import WISH_MOVES, WishState
from grappe.store.models import Meeting, Wish


def answer_wish(wish: int, *, accept: bool, answer: str = "", by: Actor, at: datetime) -> Wish:
    """Accept or decline a wish; a meeting that rested on it alone is off when it is declined.

    Raises
    ------
    UnknownThing
        If there is no such wish.
    Forbidden
        If somebody does not speak for the one who is asked.
    Refused
        If wishes are closed, or the wish was withdrawn.
    """
    with transaction.atomic():
        row = wish_to_change(wish)
        check_may_speak_for(row.receiver, by)
        check_wishes_open(row.event, by, at, row.sender, row.receiver)
        wanted = WishState.ACCEPTED if accept else WishState.DECLINED
        if row.state != wanted:
            _move(row, wanted)
        row.answer, row.answered_at = answer.strip(), at
        row.save()
        if not accept:
            drop_meeting(row, at, "wish_declined")
        trace("answer_wish", row.event_id, by, at, wish=row.pk, accept=accept)
    return row


def withdraw_wish(wish: int, *, by: Actor, at: datetime) -> Wish:
    """Take a wish back; a meeting that rested on it alone is off.

    Raises
    ------
    UnknownThing
        If there is no such wish.
    Forbidden
        If somebody does not speak for the one who sent it.
    Refused
        If wishes are closed, or it was taken back already.
    """
    with transaction.atomic():
        row = wish_to_change(wish)
        check_may_speak_for(row.sender, by)
        check_wishes_open(row.event, by, at, row.sender, row.receiver)
        _move(row, WishState.WITHDRAWN)
        row.save()
        drop_meeting(row, at, "wish_withdrawn")
        trace("withdraw_wish", row.event_id, by, at, wish=row.pk)
    return row


def drop_meeting(wish: Wish, at: datetime, why: str) -> None:
    """Cancel the meeting of the two, unless the other of them wishes for it too."""
    back = Wish.objects.filter(sender=wish.receiver, receiver=wish.sender)
    if back.filter(state__in=[str(WishState.SENT), str(WishState.ACCEPTED)]).exists():
        return
    two = Q(a=wish.sender, b=wish.receiver) | Q(a=wish.receiver, b=wish.sender)
    for meeting in Meeting.objects.filter(two, state__in=[str(state) for state in TO_COME]):
        cancel(meeting, at, why)


def _move(wish: Wish, wanted: WishState) -> None:
    check_follows(WISH_MOVES, WishState(wish.state), wanted, "wish_cannot", wish=wish.pk)
    wish.state = str(wanted)
