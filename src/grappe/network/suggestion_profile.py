"""What suggestions know of a cluster: values with the ids of what says so, and its bonds with others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from grappe.domain.cooperation import PARTNERSHIP_KINDS, REAL
from grappe.network.fading import OVER

NETWORK_TYPES = frozenset({"cluster_network", "partner_network", "business_network"})
"""Types of organisation that are networks."""
GONE = frozenset({"merged", "dissolved"})
"""States of life in which a cluster is suggested to nobody."""


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the ids of the statements that say so."""

    value: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A figure as an interval, with the ids of its statements."""

    low: float
    high: float
    cites: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """The middle of the interval; the one end that is known of an open one."""
        return self.low if self.high == float("inf") else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link as suggestions see it; `counts` is the verdict of `grappe.domain.cooperation`."""

    id: str
    source: str
    target: str
    kind: str
    counts: bool
    status: str | None = None
    via: tuple[str, ...] = ()

    def other(self, one: str) -> str:
        """The end that is not `one`."""
        return self.target if self.source == one else self.source

    @property
    def stands(self) -> bool:
        """Whether it is cooperation that is not over."""
        return self.counts and self.status not in OVER

    @property
    def earlier(self) -> bool:
        """Whether it is cooperation that is over, or was planned or announced; one sought is neither."""
        if self.kind not in PARTNERSHIP_KINDS:
            return False
        return (self.counts and self.status in OVER) or self.status in ("planned", "announced")


@dataclass(frozen=True, slots=True)
class Actor:
    """What the other end of a link is: its kind of entity, and the type of an organisation."""

    kind: str
    type: str | None = None


Bonds = Mapping[str, tuple[str, ...]]
"""Other actors, each with the ids of the links that bind to it."""
CLASSES = ("partners", "networks", "programmes", "events", "hosts")
"""Classes of bonds of a profile."""


_NOBODY = Actor("unknown")


@dataclass(frozen=True, slots=True)
class Profile:
    """A cluster as suggestions see it.

    Attributes
    ----------
    id : str
    kind : ``cluster``, or ``organisation`` for a cluster abroad
    country, sector, state, life, created : Said or None
        `created` at the precision printed.
    members : Count or None
        Members observed or estimated, never a target.
    industries, niches : tuple of Said
        Codes of the lists of the same names.
    abroad : tuple of Said
        Countries in which it cooperates without a named partner.
    sought : tuple of Said
        Countries that it looks towards: cooperation planned or sought.
    searching : tuple of str
        Ids of what says that it looks for partners at all.
    offers, needs : tuple of Said
        Codes of the list `activity`; a need may also be an obstacle.
    latest : str or None
        Latest day that anything said of it speaks of.
    partners, networks, programmes, events, hosts : mapping of other actor to link ids
        `partners` are those of cooperation that counts and stands; `events` are fairs attended and
        platforms with a listing, which are no cooperation.
    links : tuple of KnownLink
        All its links.
    """

    id: str
    kind: str = "cluster"
    country: Said | None = None
    sector: Said | None = None
    state: Said | None = None
    life: Said | None = None
    created: Said | None = None
    members: Count | None = None
    industries: tuple[Said, ...] = ()
    niches: tuple[Said, ...] = ()
    abroad: tuple[Said, ...] = ()
    sought: tuple[Said, ...] = ()
    searching: tuple[str, ...] = ()
    offers: tuple[Said, ...] = ()
    needs: tuple[Said, ...] = ()
    latest: str | None = None
    partners: Bonds = field(default_factory=dict)
    networks: Bonds = field(default_factory=dict)
    programmes: Bonds = field(default_factory=dict)
    events: Bonds = field(default_factory=dict)
    hosts: Bonds = field(default_factory=dict)
    links: tuple[KnownLink, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether it has merged or dissolved."""
        return self.life is not None and self.life.value in GONE

    @property
    def home(self) -> str | None:
        """Code of its country, if known."""
        return self.country.value if self.country else None


@dataclass(frozen=True, slots=True)
class Field:
    """All profiles, and how many of them are bound to each actor.

    `reach` is asked by class of bond and actor: a network of two says more than one of fifty. `by_niche`
    gives the clusters of a niche.
    """

    profiles: Mapping[str, Profile]
    reach: Mapping[str, Mapping[str, int]]
    by_niche: Mapping[str, tuple[str, ...]]


def with_links(profile: Profile, links: Iterable[KnownLink], actors: Mapping[str, Actor]) -> Profile:
    """The profile with its bonds, read from its links.

    - Cooperation that counts binds to a **network** if the other end is one, or the link a membership;
      to a **programme** if the other end is one; to a **partner** otherwise, if it is not over. What a
      link counts within (`via`) binds to the programme or network that it names.
    - An event attended and a listing bind to an **event**, and to nothing else.
    - Hosting binds the guest to its **host**.
    - Whatever is planned, announced or sought binds to nothing.

    Parameters
    ----------
    profile : its bonds and links are replaced
    links : links of the cluster, in any order
    actors : what the other ends, and what stands in `via`, are

    Returns
    -------
    Profile

    Examples
    --------
    >>> fair = KnownLink("lk-1", "a", "fair", "event", counts=False, status="done")
    >>> rain = KnownLink("lk-2", "rain", "a", "support", counts=True)
    >>> made = with_links(Profile("a"), [fair, rain], {"fair": Actor("event"), "rain": Actor("programme")})
    >>> made.events, made.programmes, made.partners
    ({'fair': ('lk-1',)}, {'rain': ('lk-2',)}, {})
    """
    found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in CLASSES}
    own = sorted(
        (link for link in links if profile.id in (link.source, link.target) and link.source != link.target),
        key=lambda link: link.id,
    )
    for link in own:
        other = link.other(profile.id)
        name = _class_of(link, profile.id, actors.get(other, _NOBODY))
        if name is not None:
            found[name][other].append(link.id)
        if link.counts:
            for frame in link.via:
                within = _frame(actors.get(frame, _NOBODY))
                if within is not None and frame != other:
                    found[within][frame].append(link.id)
    bonds = {name: {other: tuple(ids) for other, ids in sorted(rows.items())} for name, rows in found.items()}
    return replace(profile, links=tuple(own), **bonds)  # type: ignore[arg-type]


def _class_of(link: KnownLink, one: str, other: Actor) -> str | None:
    if link.status not in REAL:
        return None
    if link.kind in ("event", "listing"):
        return "events"
    if link.kind == "hosting":
        return "hosts" if link.target == one else None
    if not link.counts:
        return None
    if other.kind == "programme":
        return "programmes"
    if other.type in NETWORK_TYPES or link.kind == "membership":
        return "networks"
    return "partners" if link.stands else None


def _frame(actor: Actor) -> str | None:
    if actor.kind == "programme":
        return "programmes"
    return "networks" if actor.type in NETWORK_TYPES else None


def field_of(profiles: Iterable[Profile]) -> Field:
    """All profiles with what can be counted over them.

    Examples
    --------
    >>> one, other = (Profile(name, networks={"n": ("lk",)}) for name in "ab")
    >>> field_of([one, other]).reach["networks"]["n"]
    2
    """
    known = {one.id: one for one in sorted(profiles, key=lambda one: one.id)}
    reach = {
        name: Counter(other for one in known.values() for other in getattr(one, name)) for name in CLASSES
    }
    niches: dict[str, list[str]] = defaultdict(list)
    for one in known.values():
        for niche in one.niches:
            niches[niche.value].append(one.id)
    return Field(known, reach, {niche: tuple(ids) for niche, ids in niches.items()})
