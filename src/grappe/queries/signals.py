"""Which signals may somebody see, and who has confirmed them? None of them is in any count of clusters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grappe.domain.actor import Actor
from grappe.domain.errors import UnknownThing
from grappe.domain.roles import Capability, Scope, ScopeKind, may, scope_of
from grappe.domain.signal import SignalState, Word, is_local
from grappe.store.grants import around, held_by
from grappe.store.models import Signal


@dataclass(frozen=True, slots=True)
class Said:
    """The word of a witness, signed by role and never by name."""

    role: str
    word: Word
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignalCard:
    """A signal as somebody may see it; `may_witness` tells whether they may say what they know."""

    id: int
    title: str
    country: str
    state: SignalState
    note: str
    dossier: dict[str, Any]
    created_at: datetime
    confirmed_at: datetime | None
    words: tuple[Said, ...]
    mine: bool
    may_witness: bool
    job: int | None


def signals(by: Actor | None) -> list[SignalCard]:
    """Signals that somebody may see: confirmed ones, one's own, and those one is asked about."""
    seen = Signal.objects.prefetch_related("words")
    local: dict[str, tuple[bool, bool]] = {}
    found = []
    for row in seen:
        if row.country not in local:
            local[row.country] = _standing(by, row.country)
        card = _card(row, by, *local[row.country])
        if card is not None:
            found.append(card)
    return found


def signal(number: int, by: Actor | None) -> SignalCard:
    """One signal that somebody may see.

    Raises
    ------
    UnknownThing
        If there is none, or it is not for them.
    """
    row = Signal.objects.prefetch_related("words").filter(pk=number).first()
    card = _card(row, by, *_standing(by, row.country)) if row is not None else None
    if card is None:
        raise UnknownThing(kind="signal", id=number)
    return card


def _standing(by: Actor | None, country: str) -> tuple[bool, bool]:
    """Whether somebody is a witness for a country, and whether they may see unconfirmed signals there."""
    if by is None:
        return False, False
    held = held_by(by)
    witness = any(
        grant.scope and is_local(grant, around(scope_of(grant.role, grant.scope)), country) for grant in held
    )
    sees = may(held, Capability.SEE_SIGNALS, Scope(ScopeKind.COUNTRY, country))
    return witness, witness or sees


def _card(row: Signal, by: Actor | None, witness: bool, sees: bool) -> SignalCard | None:
    state = SignalState(row.state)
    mine = by is not None and row.author_id == by.account and by.account is not None
    shown = mine or state is SignalState.CONFIRMED or (state is SignalState.ASKED and sees)
    if not shown:
        return None
    words = tuple(Said(one.role, Word(one.word), one.note, one.at) for one in row.words.all())
    return SignalCard(
        id=row.pk, title=row.title, country=row.country, state=state, note=row.note, dossier=row.dossier,
        created_at=row.created_at, confirmed_at=row.confirmed_at, words=words, mine=mine,
        may_witness=witness and not mine and state is SignalState.ASKED, job=row.job_id if mine else None,
    )  # fmt: skip
