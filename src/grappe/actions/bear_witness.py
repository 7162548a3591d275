"""Say as a local witness what one knows of a signal."""

from datetime import datetime

from django.db import transaction

from grappe.actions.signal_record import local_role, move, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Forbidden, Refused, UnknownThing
from grappe.domain.signal import SignalState, Word, enough
from grappe.store.models import Signal, SignalWord


def bear_witness(signal: int, *, word: str, note: str = "", by: Actor, at: datetime) -> SignalState:
    """Confirm or deny a signal; the second confirmation shows it to everybody.

    A witness may change their word while others are still asked.

    Returns
    -------
    SignalState
        The state of the signal afterwards.

    Raises
    ------
    BadChoice
        If the word is none.
    UnknownThing
        If there is no such signal, or nobody asks about it.
    Forbidden
        If somebody holds no role in its country, or wrote it.
    """
    if word not in tuple(Word):
        raise BadChoice(name="word", value=word, accepted=", ".join(Word))
    with transaction.atomic():
        row = Signal.objects.select_for_update().filter(pk=signal).first()
        if row is None or row.state in (SignalState.PRIVATE, SignalState.WITHDRAWN):
            raise UnknownThing(kind="signal", id=signal)
        grant = local_role(by.account, row.country)
        if grant is None or row.author_id == by.account:
            raise Forbidden("not_a_witness", country=row.country)
        if row.state != SignalState.ASKED:
            raise Refused("signal_cannot", present=row.state, wanted=SignalState.CONFIRMED)
        SignalWord.objects.update_or_create(
            signal=row, witness_id=by.account,
            defaults={"role": str(grant.role), "word": word, "note": note.strip(), "at": at},
        )  # fmt: skip
        words = {one.witness_id: Word(one.word) for one in row.words.all()}
        if enough(words, row.author_id):
            move(row, SignalState.CONFIRMED)
            row.confirmed_at = at
            row.save()
        trace("bear_witness", row, by, at, word=word, state=row.state)
    return SignalState(row.state)
