"""Signals: concentrations seen and not declared, private until two local witnesses confirm."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from grappe.domain.roles import Grant, Scope, ScopeKind

WITNESSES = 2
"""Local witnesses who must confirm a signal before others see it."""

LEAST = 10
"""Establishments of a footprint that is shown to anybody, at least."""


class SignalState(StrEnum):
    """Where a signal stands. None of them counts a cluster: a signal is outside all counts."""

    PRIVATE = "private"
    """Its author alone sees it."""
    ASKED = "asked"
    """Its author asks witnesses: those of the country see it, and who may see unconfirmed signals."""
    CONFIRMED = "confirmed"
    """Two local witnesses know of it: everybody sees it, marked as a signal."""
    WITHDRAWN = "withdrawn"
    """Its author took it back; it is shown to nobody else."""


SIGNAL_MOVES: Mapping[SignalState, frozenset[SignalState]] = MappingProxyType(
    {
        SignalState.PRIVATE: frozenset({SignalState.ASKED, SignalState.WITHDRAWN}),
        SignalState.ASKED: frozenset({SignalState.CONFIRMED, SignalState.WITHDRAWN}),
        SignalState.CONFIRMED: frozenset({SignalState.WITHDRAWN}),
        SignalState.WITHDRAWN: frozenset(),
    }
)
"""States that may follow each state of a signal."""


class Word(StrEnum):
    """What a witness says."""

    CONFIRMS = "confirms"
    """There is such a group of firms here."""
    DENIES = "denies"
    """There is none that I know of."""


def is_local(grant: Grant, around: Iterable[Scope], country: str) -> bool:
    """Tell whether a role makes its holder a witness for a country.

    Parameters
    ----------
    grant : Grant
        A role held now. One held everywhere makes nobody local.
    around : iterable of Scope
        What the role is held over, and what contains it.
    country : str
        Where the signal is.

    Examples
    --------
    >>> from grappe.domain.roles import Role
    >>> over = Scope(ScopeKind.COUNTRY, "TN")
    >>> is_local(Grant(Role.OFFICER, "TN"), [over], "TN"), is_local(Grant(Role.OFFICER), [], "TN")
    (True, False)
    """
    return bool(grant.scope) and Scope(ScopeKind.COUNTRY, country) in tuple(around)


def enough(words: Mapping[int, Word], author: int | None) -> bool:
    """Tell whether the words of witnesses, by account, confirm a signal; its author's own count for nothing.

    >>> enough({1: Word.CONFIRMS, 2: Word.CONFIRMS}, 2), enough({1: Word.CONFIRMS, 3: Word.CONFIRMS}, 2)
    (False, True)
    """
    return sum(word is Word.CONFIRMS for account, word in words.items() if account != author) >= WITNESSES
