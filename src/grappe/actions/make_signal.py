"""Make a signal of a concentration that nobody declared."""

from datetime import datetime

import orjson
from django.db import transaction

from grappe.actions.job_record import job_to_change
from grappe.actions.signal_record import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, SignInNeeded, UnknownThing
from grappe.domain.signal import LEAST
from grappe.store.job_files import RESULT, folder_of
from grappe.store.models import Signal

_KEPT = (
    "id", "industry", "number", "isic", "near", "establishments", "quotient", "share", "density", "area",
    "scale", "p_value", "stability", "votes", "votes_for", "test", "neighbours", "potential", "holds",
    "steady", "at_other_thresholds", "geometry", "lon", "lat",
)  # fmt: skip
"""What of a dossier a signal keeps. No firm is in it, nor the weight, which may be that of one firm."""

_HOW = ("coverage", "thresholds", "concordance", "on", "informal_units")
"""What of the result a signal keeps beside its dossier."""


def make_signal(job: int, concentration: str, *, note: str = "", by: Actor, at: datetime) -> int:
    """Keep a concentration as a signal: private to its author, outside all counts.

    Returns
    -------
    int
        The number of the signal; that of the present one if it was made before.

    Raises
    ------
    SignInNeeded
        If nobody in particular asks.
    UnknownThing
        If the account has no such job, or its result no such undeclared concentration.
    Refused
        If the job says no country, or the footprint is too small.
    """
    if by.account is None:
        raise SignInNeeded
    with transaction.atomic():
        row = job_to_change(job, by)
        path = folder_of(job) / RESULT
        plain = orjson.loads(path.read_bytes()) if path.is_file() else {"seen_not_declared": []}
        found = next((one for one in plain["seen_not_declared"] if one["id"] == concentration), None)
        if found is None:
            raise UnknownThing(kind="concentration", id=concentration)
        if not plain["country"]:
            raise Refused("signal_without_country")
        if found["establishments"] < LEAST:
            raise Refused("too_small_to_signal", least=LEAST)
        known = Signal.objects.filter(job=row, concentration=concentration).first()
        if known is not None:
            return known.pk
        near = found["near"]["name"] if found["near"] else ""
        signal = Signal.objects.create(
            author_id=by.account, job=row, concentration=concentration, country=plain["country"],
            title=" · ".join(one for one in (found["industry"], near) if one)[:200], note=note.strip(),
            dossier={name: found[name] for name in _KEPT if name in found}
            | {name: plain[name] for name in _HOW},
            created_at=at,
        )  # fmt: skip
        trace("make_signal", signal, by, at, job=job, concentration=concentration)
    return signal.pk
