"""Send a wish to meet somebody, or change its rank and reason."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from grappe.actions.event_record import check_state, participation_to_change
from grappe.actions.event_rights import may_run
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Refused, UnknownThing
from grappe.domain.vocabulary import LANGUAGES
from grappe.network.event_states import ACCEPTS_LATE, ACCEPTS_WISHES, PRESENT, ParticipantState
from grappe.network.matchmaking import MOST_RANK, wish_problem
from grappe.network.wish_states import WishState
from grappe.store.event_values import room_of
from grappe.store.models import MatchEvent, Participation, Wish


def send_wish(
    sender: int, receiver: int, *, rank: int, reason: str = "", language: str = "fr", by: Actor, at: datetime
) -> Wish:
    """Wish to meet another participant: rank 1 is the strongest wish.

    A wish that stands already takes the new rank and reason; one that was withdrawn is sent again.

    Raises
    ------
    UnknownThing
        If there is no such participant in the event.
    Forbidden
        If somebody does not speak for the sender.
    BadChoice
        If the rank or the language is none.
    Refused
        If wishes are closed, if one of the two will not come, if they must not or cannot meet, or if
        the sender has sent as many wishes as the event allows.
    """
    if not 1 <= rank <= MOST_RANK:
        raise BadChoice(name="rank", value=rank, accepted=f"1-{MOST_RANK}")
    if language not in LANGUAGES:
        raise BadChoice(name="language", value=language, accepted=", ".join(LANGUAGES))
    with transaction.atomic():
        one = participation_to_change(sender, by)
        event = one.event
        other = event.participations.filter(pk=receiver).first()
        if other is None:
            raise UnknownThing(kind="participant", id=receiver)
        check_wishes_open(event, by, at, one, other)
        problem = wish_problem(str(one.pk), str(other.pk), room_of(event))
        if problem is not None:
            raise Refused(problem, sender=one.name, receiver=other.name)
        for participant in (one, other):
            if ParticipantState(participant.state) not in PRESENT:
                raise Refused("not_taking_part", name=participant.name, present=participant.state)
        wish = _write(event, one, other, rank, reason, language, at)
        trace("send_wish", event.id, by, at, wish=wish.pk)
    return wish


def _write(
    event: MatchEvent,
    one: Participation,
    other: Participation,
    rank: int,
    reason: str,
    language: str,
    at: datetime,
) -> Wish:
    known = Wish.objects.filter(sender=one, receiver=other).first()
    if known is None or known.state == WishState.WITHDRAWN:
        sent = one.wishes_sent.exclude(state=str(WishState.WITHDRAWN)).count()
        if sent >= event.most_wishes:
            raise Refused("too_many_wishes", name=one.name, most=event.most_wishes)
    wish = known or Wish(event=event, sender=one, receiver=other, sent_at=at)
    if wish.state == WishState.WITHDRAWN:
        wish.state, wish.sent_at, wish.answer, wish.answered_at = str(WishState.SENT), at, "", None
    wish.rank, wish.reason, wish.language = rank, reason.strip(), language
    wish.save()
    return wish


def check_wishes_open(event: MatchEvent, by: Actor, at: datetime, *two: Participation) -> None:
    """Refuse wishes and answers outside their time; late arrivals and the organiser have longer.

    Raises
    ------
    Refused
        With the states in which the event takes wishes, or the hour at which it stopped.
    """
    longer = any(one.late for one in two) or may_run(event.id, by)
    check_state(event, ACCEPTS_WISHES | ACCEPTS_LATE if longer else ACCEPTS_WISHES)
    if not longer and event.wishes_until is not None and at > event.wishes_until:
        until = event.wishes_until.astimezone(ZoneInfo(event.zone))
        raise Refused("wishes_over", event=event.title, until=f"{until:%Y-%m-%d %H:%M}")
