"""Offers and needs of two sides: which offered tag meets which need, in both directions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml


@dataclass(frozen=True, slots=True)
class Meeting:
    """An offer that meets a need: who offers, who needs, the tag offered, and the need as it was stated.

    `need` is the tag itself, or the obstacle that the tag answers.
    """

    giver: str
    taker: str
    offer: str
    need: str


@cache
def answers() -> Mapping[str, frozenset[str]]:
    """For each obstacle of the census, the services that answer it, from ``suggestion_needs.yml``."""
    text = (files("grappe.network") / "suggestion_needs.yml").read_text("utf-8")
    read = yaml.load(text, yaml.CSafeLoader)
    return MappingProxyType({code: frozenset(tags) for code, tags in read.items()})


def met(need: str, offers: Iterable[str]) -> list[str]:
    """Offered tags that meet a need: the tag itself, or those that answer an obstacle.

    Examples
    --------
    >>> met("training", ["training", "research"])
    ['training']
    >>> met("skills_shortage", ["training", "research"])
    ['training']
    """
    wanted = {need} | answers().get(need, frozenset())
    return sorted(wanted & set(offers))


def offers_meet_needs(
    one: str,
    other: str,
    offers: Mapping[str, Iterable[str]],
    needs: Mapping[str, Iterable[str]],
) -> tuple[Meeting, ...]:
    """Every offer of one side that meets a need of the other, and the other way round.

    Parameters
    ----------
    one, other : names of the two sides
    offers, needs : for each side the codes of the list `activity`; needs may also be obstacles

    Returns
    -------
    tuple of Meeting
        What `one` gives first; in the order of needs, then of offers.

    Examples
    --------
    >>> found = offers_meet_needs("a", "b", {"a": ["training"], "b": ["logistics"]},
    ...     {"a": ["logistics"], "b": ["training", "research"]})
    >>> [(m.giver, m.offer, m.taker) for m in found]
    [('a', 'training', 'b'), ('b', 'logistics', 'a')]
    >>> offers_meet_needs("a", "b", {"a": ["training"]}, {})
    ()
    """
    return tuple(
        Meeting(giver, taker, offer, need)
        for giver, taker in ((one, other), (other, one))
        for need in dict.fromkeys(needs.get(taker, ()))
        for offer in met(need, offers.get(giver, ()))
    )
