"""The ledger of links as a graph: nodes and ties, and which of the ties are cooperation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grappe.domain.levels import in_group


class Group(StrEnum):
    """Side of the Mediterranean and of the Sahara on which a country lies."""

    NORTH = "north"
    MAGHREB = "maghreb"
    SUB_SAHARAN = "sub_saharan"
    OTHER = "other"


_GROUPS = {Group.NORTH: "europe", Group.MAGHREB: "maghreb", Group.SUB_SAHARAN: "sub_saharan_africa"}
UNKNOWN = "unknown"
"""Word for a level that cannot be computed, because the country of an end is not known."""


class NamedBy(StrEnum):
    """Whose own sheet names a tie."""

    BOTH = "both"
    SOURCE = "source"
    TARGET = "target"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Node:
    """An actor of the graph: its id, kind of entity, and the group of its country, if one is known."""

    id: str
    kind: str
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two actors on a day.

    `counts` is the verdict of `grappe.domain.cooperation.is_cooperation`: whatever is only listed,
    attended, hosted, planned or sought is a tie that does not count. `via` names programmes, projects,
    networks or events in whose frame it stands. `strength` goes from 1, confirmed on the day asked,
    towards 0 (see `grappe.network.fading`).
    """

    id: str
    source: str
    target: str
    kind: str
    counts: bool
    level: str | None = None
    via: tuple[str, ...] = ()
    strength: float = 1.0

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends in alphabetical order: a tie has a direction in print, cooperation has none."""
        return (self.source, self.target) if self.source <= self.target else (self.target, self.source)


def group_of(country: str | None, on: date) -> Group | None:
    """Group of a country on a day; nothing when the country is unknown.

    Parameters
    ----------
    country : two-letter code, or nothing
    on : day of which the dated groups of countries are read

    Returns
    -------
    Group or None
        ``north`` for the group `europe`, ``maghreb``, ``sub_saharan``, ``other`` for the rest, the
        eastern Mediterranean included.

    References
    ----------
    The groups and their legal texts stand in ``grappe/domain/country_groups.yml``.

    Examples
    --------
    >>> [str(group_of(code, date(2019, 3, 1))) for code in ("FR", "TN", "SN", "CA")]
    ['north', 'maghreb', 'sub_saharan', 'other']
    """
    if country is None:
        return None
    return next((group for group, name in _GROUPS.items() if in_group(country, name, on)), Group.OTHER)


def named_by(speakers: Iterable[str | None], source: str, target: str) -> NamedBy | None:
    """Whose own sheet names a tie, from those who speak in its statements.

    Parameters
    ----------
    speakers : an id for each statement that stands in the sheet of an actor, an empty text for one
        in which the author of the source speaks, nothing where it cannot be told
    source, target : ids of the two ends

    Returns
    -------
    NamedBy or None
        ``third`` if somebody else alone speaks; nothing if it cannot be told who does.

    Examples
    --------
    >>> str(named_by(["a", ""], "a", "b")), str(named_by(["c", ""], "a", "b")), named_by([None], "a", "b")
    ('source', 'third', None)
    """
    said = set(speakers)
    match (source in said, target in said):
        case (True, True):
            return NamedBy.BOTH
        case (True, False):
            return NamedBy.SOURCE
        case (False, True):
            return NamedBy.TARGET
    return NamedBy.THIRD if said - {None} else None


def one_sided(namers: Iterable[str], ends: tuple[str, str], have_sheet: frozenset[str]) -> bool | None:
    """Tell whether one end names the other and is not named in return.

    Silence says something only of those who had a sheet to speak in.

    Parameters
    ----------
    namers : actors whose own sheet names the other end, in whatever link
    ends : the two ends
    have_sheet : ids that have a sheet of their own in some source

    Returns
    -------
    bool or None
        True if one names and the other, who has a sheet, does not; False if both name; nothing if
        it cannot be told: nobody of the two names the other, or the silent one has no sheet.

    Examples
    --------
    >>> both = frozenset({"a", "b"})
    >>> one_sided({"a"}, ("a", "b"), both), one_sided({"a", "b"}, ("a", "b"), both)
    (True, False)
    >>> one_sided({"a"}, ("a", "b"), frozenset({"a"})) is None
    True
    """
    naming, silent = set(ends).intersection(namers), set(ends).difference(namers)
    if len(naming) == 2:
        return False
    return True if naming and silent and silent <= have_sheet else None
