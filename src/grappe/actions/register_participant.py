"""Register somebody for a matchmaking event, with profile, languages, offers, needs and availability."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from django.db import IntegrityError, transaction

from grappe.actions.event_record import check_state
from grappe.actions.event_rights import check_may_enter, check_may_speak_for, may_run
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Refused, UnknownThing
from grappe.domain.transitions import check_follows
from grappe.domain.vocabulary import LANGUAGES, vocabulary
from grappe.network.event_states import ACCEPTS_REGISTRATION, PARTICIPANT_MOVES, ParticipantState
from grappe.store.models import Entity, MatchEvent, Participation, User

OFFERS_LIST = "activity"
"""Controlled list of offers and needs."""
TAKES_PART = ("cluster", "organisation", "form", "programme")
"""Kinds of entities that can take part; they are those that a link can join."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a participant says of itself; `availability` of nothing means every slot."""

    name: str
    entity: str | None = None
    side: str | None = None
    country: str = ""
    languages: Sequence[str] = ()
    offers: Sequence[str] = ()
    needs: Sequence[str] = ()
    text: str = ""
    text_language: str = "fr"
    availability: Sequence[str] | None = None


def register_participant(event: str, profile: Profile, *, by: Actor, at: datetime) -> Participation:
    """Register a body, whether it was invited or not; who was cancelled may come back.

    Whoever registers on their own behalf becomes the contact of the participant.

    Raises
    ------
    UnknownThing
        If there is no such event or entity.
    Forbidden
        If somebody speaks neither for that cluster nor for the event, nor was invited to it.
    Refused
        If registration is over, or the body is registered already.
    BadChoice
        If the profile names a side, slot, language, offer or need that does not exist.
    """
    with transaction.atomic():
        row = _event(event)
        known = known_row(row, profile, by)
        check_may_enter(event, profile.entity, by, invited=_is_guest(known, by))
        check_state(row, ACCEPTS_REGISTRATION)
        participation = enter(row, profile, by)
        trace("register_participant", event, by, at, participation=participation.pk)
    return participation


def enter(event: MatchEvent, profile: Profile, by: Actor, *, late: bool = False) -> Participation:
    """Write a participant as registered, filling in the row of its invitation if there is one.

    Raises
    ------
    BadChoice, UnknownThing
        As `register_participant`.
    Refused
        If the body is registered already.
    """
    check_profile(event, profile)
    row = known_row(event, profile, by)
    if row is None:
        row = Participation(event=event, entity=profile.entity, feed_key=new_key())
    else:
        if row.state != ParticipantState.INVITED:
            check_may_speak_for(row, by)
        elif row.entity is None and row.address and not (_is_guest(row, by) or may_run(event.id, by)):
            # The invitation of somebody else is not taken up by bearing its name.
            raise Refused("name_taken", name=row.name)
        check_follows(
            PARTICIPANT_MOVES,
            ParticipantState(row.state),
            ParticipantState.REGISTERED,
            "participant_cannot",
            name=row.name,
        )
    row.state = str(ParticipantState.REGISTERED)
    row.late = late
    fill(row, profile)
    if by.account is not None and not may_run(event.id, by):
        row.contact_id = by.account
    save_once(row)
    return row


def fill(row: Participation, profile: Profile) -> None:
    """Write a profile into the row of a participant."""
    row.name = profile.name.strip()
    row.side = profile.side
    row.country = profile.country
    row.languages = list(profile.languages)
    row.offers = list(profile.offers)
    row.needs = list(profile.needs)
    row.profile = profile.text.strip()
    row.profile_language = profile.text_language
    row.availability = None if profile.availability is None else sorted(profile.availability)


def check_profile(event: MatchEvent, profile: Profile) -> None:
    """Refuse a profile that names what does not exist.

    Raises
    ------
    BadChoice
        With what is accepted.
    UnknownThing
        If there is no such entity.
    """
    if not profile.name.strip():
        raise BadChoice("no_name", event=event.title)
    if profile.entity is not None:
        entity = Entity.objects.filter(id=profile.entity, kind__in=TAKES_PART).first()
        if entity is None:
            raise UnknownThing("unknown_entity", id=profile.entity, close="")
    check_side(event, profile.side)
    _check_all("languages", profile.languages, tuple(sorted(Locale("en").languages)), show=False)
    _check_all("offers", profile.offers, tuple(vocabulary(OFFERS_LIST)))
    _check_all("needs", profile.needs, tuple(vocabulary(OFFERS_LIST)))
    _check_all("language", (profile.text_language,), LANGUAGES)
    check_slots(event, profile.availability)


def check_side(event: MatchEvent, side: str | None) -> None:
    """Refuse a side that the event has not; in an event of two sides, one must be chosen.

    Raises
    ------
    BadChoice
        With the sides there are.
    """
    sides = [one["code"] for one in event.sides]
    if (side in sides) if sides else (side is None):
        return
    raise BadChoice(name="side", value=side or "", accepted=", ".join(sides) or "-")


def check_slots(event: MatchEvent, codes: Sequence[str] | None) -> None:
    """Refuse slots that the event has not.

    Raises
    ------
    BadChoice
        With the slots there are.
    """
    if codes is not None:
        _check_all("availability", codes, tuple(event.slots.values_list("code", flat=True)))


def known_row(event: MatchEvent, profile: Profile, by: Actor) -> Participation | None:
    """The row under which a body is known to the event: by its entity, its invitation, or its name."""
    rows = Participation.objects.select_for_update().filter(event=event)
    if profile.entity and (row := rows.filter(entity=profile.entity).first()):
        return row
    if by.account is not None and (address := _address(by.account)):
        waiting = rows.filter(state=str(ParticipantState.INVITED), address__iexact=address).first()
        if waiting is not None and waiting.entity in (None, profile.entity):
            return waiting
    return rows.filter(entity=profile.entity, name__iexact=profile.name.strip()).first()


def _is_guest(row: Participation | None, by: Actor) -> bool:
    """Whether a row is the invitation of somebody, sent to the address they sign in with."""
    if row is None or by.account is None or row.state != ParticipantState.INVITED:
        return False
    return bool(row.address) and row.address.casefold() == _address(by.account).casefold()


def save_once(row: Participation) -> None:
    """Save the row of a participant.

    Raises
    ------
    Refused
        If another participant of the event bears its name.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused("name_taken", name=row.name) from None


def new_key() -> str:
    """A key that nobody guesses, for the address of a calendar."""
    return secrets.token_urlsafe(32)


def _event(event: str) -> MatchEvent:
    row = MatchEvent.objects.filter(id=event).first()
    if row is None:
        raise UnknownThing(kind="event", id=event)
    return row


def _address(account: int) -> str:
    found = User.objects.filter(pk=account).values_list("username", "email").first()
    return (found[1] or found[0]) if found else ""


def _check_all(name: str, given: Sequence[str], accepted: Sequence[str], *, show: bool = True) -> None:
    for value in given:
        if value not in accepted:
            shown = ", ".join(accepted) if show else "ar, fr, en, es, it, de…"
            raise BadChoice(name=name, value=value, accepted=shown)
