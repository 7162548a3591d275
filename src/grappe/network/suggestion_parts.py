"""The parts of a suggestion: what speaks for two clusters working together, and what of it is cited.

Each function looks at two profiles and answers with a `Grounds`, or nothing. A share goes from 0 to 1;
the weight of the part makes points of it. All are symmetric: what speaks for A and B speaks for B and A.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from datetime import date
from math import log
from types import MappingProxyType

from grappe.domain.dates import partial_date
from grappe.domain.levels import in_group
from grappe.network.offers_needs import offers_meet_needs
from grappe.network.suggestion_activities import (
    CLASS,
    DIVISION,
    GROUP,
    Activity,
    Supply,
    activity_codes,
    is_within,
    supply,
)
from grappe.network.suggestion_grounds import common_language
from grappe.network.suggestion_profile import Bonds, Field, Profile, Said

SAME_INDUSTRY, SAME_GROUP, SAME_DIVISION = 0.4, 0.3, 0.2
"""Shares of the part `niche` where no niche is shared: one industry, or activities near each other."""
SOUGHT, ABROAD, SAME_HOST, SAME_COUNTRY, SEARCHING, SAME_REGION = 1.0, 0.7, 0.6, 0.3, 0.25, 0.2
"""Shares of the part `level`."""
OBSTACLE = 0.5
"""What an obstacle that an offer may answer counts, beside a need that was stated: nobody asked for it."""
AGE_GAP = 5
"""Years between two creations from which age brings nothing."""
WORKING = 0.5
"""Share of a language that is common by membership of an organisation only."""
PLANNED = 0.5
"""Share of an agreement that was only planned or announced."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a part brings what it does: share of its weight, ids cited, and what the sentence tells.

    `variant` chooses the sentence; `grounds` are ids of facts about countries.
    """

    share: float
    cites: tuple[str, ...]
    variant: str
    params: Mapping[str, tuple[str, ...]] = field_(default_factory=dict)
    grounds: tuple[str, ...] = ()


Read = tuple[str, Said, Activity]
"""An activity of a cluster: name of the list, the tag as said, and what it is."""


@dataclass(frozen=True, slots=True)
class Context:
    """What parts look at beside two profiles: the field, the day asked, and who supplies whom."""

    field: Field
    on: date
    supplies: tuple[Supply, ...]
    read: dict[str, tuple[Read, ...]] = field_(default_factory=dict, compare=False)
    givers: dict[Activity, bool] = field_(default_factory=dict, compare=False)
    strengths: dict[tuple[Activity, Activity], float] = field_(default_factory=dict, compare=False)

    def activities(self, one: Profile) -> tuple[Read, ...]:
        """Activities of a cluster, read once a question."""
        if one.id not in self.read:
            self.read[one.id] = tuple(_activities(one))
        return self.read[one.id]

    def gives(self, source: Activity) -> bool:
        """Whether any row is about what an activity supplies."""
        if source not in self.givers:
            rows = (row for row in self.supplies if is_within(source.code, row.source))
            self.givers[source] = any(not row.of or source.tag in row.of for row in rows)
        return self.givers[source]

    def supply(self, source: Activity, target: Activity) -> float:
        """How much one activity supplies another, looked up once a question."""
        if (source, target) not in self.strengths:
            self.strengths[source, target] = supply(source, target, self.supplies)
        return self.strengths[source, target]


Rule = Callable[[Profile, Profile, Context], Grounds | None]


def rarity(reach: int) -> float:
    """How much a common acquaintance says: 1 if it knows these two alone, less the more it knows.

    ``ln 2 / ln reach``, the weight of Adamic and Adar over that of an acquaintance of two.

    Parameters
    ----------
    reach : number of clusters that it is bound to

    References
    ----------
    L. A. Adamic, E. Adar, "Friends and neighbors on the Web", Social Networks 25, 2003.

    Examples
    --------
    >>> rarity(2), rarity(4), rarity(16)
    (1.0, 0.5, 0.25)
    """
    return log(2) / log(max(2, reach))


def niche(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """Same niche: ``1 - 0.5 ** n`` for n niches; else one industry; else activities near each other."""
    shared = _shared(a.niches, b.niches)
    if shared:
        return Grounds(1 - 0.5 ** len(shared), _all_cites(shared), "same", {"niche": tuple(shared)})
    same = _shared(a.industries, b.industries)
    if same:
        return Grounds(SAME_INDUSTRY, _all_cites(same), "industry", {"industry": tuple(same)})
    return _near(a, b, context)


def _near(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """Two activities of one group or division of ISIC, the nearest pair."""
    found = _nearest(context.activities(a), context.activities(b))
    if found is None:
        return None
    digits, one, other = found
    share = SAME_GROUP if digits >= GROUP else SAME_DIVISION
    told = {name: (read[0], read[1].value) for name, read in (("one", one), ("other", other))}
    return Grounds(share, _cites(one[1].cites, other[1].cites), "adjacent", told)


def _nearest(some: Iterable[Read], others: Iterable[Read]) -> tuple[int, Read, Read] | None:
    """The first pair that has most leading digits in common, two at least, and how many."""
    for digits in range(CLASS, DIVISION - 1, -1):
        known: dict[str, Read] = {}
        for other in others:
            if len(other[2].code) >= digits:
                known.setdefault(other[2].code[:digits], other)
        for one in some:
            if len(one[2].code) >= digits and one[2].code[:digits] in known:
                return digits, one, known[one[2].code[:digits]]
    return None


def value_chain(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """One makes what the other works with and does not make itself: the strongest such supply."""
    best: tuple[float, Profile, Profile, Read, Read] | None = None
    for giver, taker in ((a, b), (b, a)):
        uses = context.activities(taker)
        for made in context.activities(giver):
            # Most activities supply nobody in particular.
            for used in uses if context.gives(made[2]) else ():
                share = context.supply(made[2], used[2])
                if share <= (best[0] if best else 0) or _makes(uses, made[2].code):
                    continue
                best = (share, giver, taker, made, used)
    if best is None:
        return None
    share, giver, taker, made, used = best
    return Grounds(
        share,
        _cites(made[1].cites, used[1].cites),
        "supplies",
        {
            "giver": (giver.id,),
            "taker": (taker.id,),
            "made": (made[0], made[1].value),
            "used": (used[0], used[1].value),
        },
    )


def _makes(own: Iterable[Read], code: str) -> bool:
    """Whether some activities include one: complementary means that the other lacks it."""
    return any(is_within(read[2].code, code) or is_within(code, read[2].code) for read in own)


def offers_needs(a: Profile, b: Profile, _context: Context) -> Grounds | None:
    """What one offers and the other needs: ``1 - 0.5 ** n`` for n needs met, an obstacle counting half."""
    offers, needs = (
        {one.id: {said.value: said for said in getattr(one, name)} for one in (a, b)}
        for name in ("offers", "needs")
    )
    found = offers_meet_needs(a.id, b.id, offers, needs)
    if not found:
        return None
    met = {(one.taker, one.need): 1.0 if one.offer == one.need else OBSTACLE for one in found}
    cites = (
        ids for one in found for ids in (offers[one.giver][one.offer].cites, needs[one.taker][one.need].cites)
    )
    # Four texts for each meeting: who gives, what, who needs, what.
    told = tuple(text for one in found for text in (one.giver, one.offer, one.taker, one.need))
    return Grounds(1 - 0.5 ** sum(met.values()), _cites(*cites), "met", {"met": told})


def common_partner(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """A third with which both cooperate; the fewer others it knows, the more that says."""
    return _common(a, b, context, "partners", "partner")


def programme(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """A programme that has both."""
    return _common(a, b, context, "programmes", "programme")


def network(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """A network that has both."""
    return _common(a, b, context, "networks", "network")


def events(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """A fair that both attended, or a platform that lists both: an occasion, no partnership."""
    return _common(a, b, context, "events", "event")


def _common(a: Profile, b: Profile, context: Context, name: str, variant: str) -> Grounds | None:
    bonds: tuple[Bonds, Bonds] = getattr(a, name), getattr(b, name)
    shared = sorted(set(bonds[0]) & set(bonds[1]) - {a.id, b.id})
    if not shared:
        return None
    reach = context.field.reach[name]
    share = min(1.0, sum(rarity(reach.get(one, 2)) for one in shared))
    cites = (ids for one in shared for ids in (bonds[0][one], bonds[1][one]))
    return Grounds(share, _cites(*cites), variant, {variant: tuple(shared)})


def peer_partner(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """One works with a third that has a niche of the other: it has shown interest in that niche.

    A third with which both work is a common partner, and no part here.
    """
    found: list[tuple[str, str, str, tuple[str, ...]]] = []
    for one, other in ((a, b), (b, a)):
        own = {said.value: said for said in one.niches}
        for third in sorted(set(other.partners) - set(one.partners) - {one.id}):
            known = context.field.profiles.get(third)
            for said in known.niches if known is not None else ():
                if said.value in own:
                    cites = _cites(other.partners[third], said.cites, own[said.value].cites)
                    found.append((other.id, third, said.value, cites))
                    break
    if not found:
        return None
    share = 1 - 0.5 ** len(found)
    told = tuple(text for row in found for text in row[:3])
    return Grounds(share, _cites(*(row[3] for row in found)), "peer", {"peer": told})


def level(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """Geography and what is sought: the strongest of six grounds, from a country sought to one region."""
    if a.country is None or b.country is None:
        return None
    homes = _cites(a.country.cites, b.country.cites)
    for name, share, variant in (("sought", SOUGHT, "sought"), ("abroad", ABROAD, "abroad")):
        for one, other in ((a, b), (b, a)):
            for said in getattr(one, name):
                if said.value == other.home and one.home != other.home:
                    params = {"who": (one.id,), "country": (said.value,)}
                    return Grounds(share, _cites(said.cites, homes), variant, params)
    # A host that supports both is a common partner already, and is not counted twice.
    shared = sorted(set(a.hosts) & set(b.hosts) - (set(a.partners) & set(b.partners)))
    if shared:
        cites = _cites(*(side.hosts[one] for one in shared for side in (a, b)))
        return Grounds(SAME_HOST, cites, "host", {"host": tuple(shared)})
    if a.home == b.home:
        return Grounds(SAME_COUNTRY, homes, "country", {"country": (str(a.home),)})
    searching = [one for one in (a, b) if one.searching]
    if searching:
        who = {"who": tuple(sorted(one.id for one in searching))}
        return Grounds(SEARCHING, _cites(*(one.searching for one in searching)), "searching", who)
    if all(in_group(str(one.home), "maghreb", context.on) for one in (a, b)):
        return Grounds(SAME_REGION, homes, "maghreb")
    return None


def maturity(a: Profile, b: Profile, _context: Context) -> Grounds | None:
    """Half for the same state, half for like age: ``1 - gap / 5`` of it for a gap in years."""
    share = 0.0
    cites: list[tuple[str, ...]] = []
    params: dict[str, tuple[str, ...]] = {}
    if a.state is not None and b.state is not None and a.state.value == b.state.value:
        share += 0.5
        cites += [a.state.cites, b.state.cites]
        params["state"] = (a.state.value,)
    if a.created is not None and b.created is not None:
        years = sorted(partial_date(one.value).first.year for one in (a.created, b.created))
        near = 1 - (years[1] - years[0]) / AGE_GAP
        if near > 0:
            share += 0.5 * near
            cites += [a.created.cites, b.created.cites]
            params["years"] = tuple(str(year) for year in years)
    if not cites:
        return None
    return Grounds(share, _cites(*cites), "+".join(params), params)


def size(a: Profile, b: Profile, _context: Context) -> Grounds | None:
    """Members of the smaller over those of the larger, from one half on."""
    if a.members is None or b.members is None:
        return None
    few, many = sorted((a.members.middle, b.members.middle))
    if many <= 0 or few / many < 0.5:
        return None
    told = tuple(str(int(number)) for number in (few, many))
    return Grounds(few / many, _cites(a.members.cites, b.members.cites), "members", {"members": told})


def language(a: Profile, b: Profile, context: Context) -> Grounds | None:
    """A language that both countries have: official in both, or by membership of an organisation."""
    if a.country is None or b.country is None:
        return None
    common = common_language(a.country.value, b.country.value, context.on)
    if common is None or not common.languages:
        return None
    return Grounds(
        1.0 if common.official else WORKING,
        _cites(a.country.cites, b.country.cites),
        "official" if common.official else "working",
        {"language": common.languages},
        common.grounds,
    )


def earlier(a: Profile, b: Profile, _context: Context) -> Grounds | None:
    """A cooperation of the two that is over, or was planned and never reported."""
    links = [link for link in a.links if link.other(a.id) == b.id and link.earlier]
    if not links:
        return None
    over = any(link.counts for link in links)
    return Grounds(1.0 if over else PLANNED, tuple(link.id for link in links), "over" if over else "planned")


def is_circumstance(code: str, why: Grounds) -> bool:
    """Whether a part tells where and what two clusters are, and nothing that they do or whom they know.

    Examples
    --------
    >>> is_circumstance("language", Grounds(1.0, (), "official"))
    True
    >>> is_circumstance("level", Grounds(1.0, (), "sought"))
    False
    """
    return code in ("maturity", "size", "language") or why.variant in ("country", "maghreb", "searching")


PARTS: Mapping[str, Rule] = MappingProxyType(
    {
        "niche": niche,
        "value_chain": value_chain,
        "offers_needs": offers_needs,
        "common_partner": common_partner,
        "peer_partner": peer_partner,
        "programme": programme,
        "level": level,
        "network": network,
        "maturity": maturity,
        "size": size,
        "language": language,
        "events": events,
        "earlier": earlier,
    }
)
"""Every part with its rule, in the order of the weights."""


def _activities(one: Profile) -> list[Read]:
    """Activities of a cluster; of a wide one and a narrower one within it, the narrower alone."""
    codes = activity_codes()
    found = [
        (name, said, Activity(code, said.value))
        for name, tags in (("niche", one.niches), ("industry", one.industries))
        for said in tags
        for code in codes[name].get(said.value, ())
    ]
    own = {read[2].code for read in found}
    return [
        read
        for read in found
        if not any(code != read[2].code and is_within(code, read[2].code) for code in own)
    ]


def _shared(one: Iterable[Said], other: Iterable[Said]) -> dict[str, tuple[str, ...]]:
    """Values that both say, each with the ids of both."""
    known = {said.value: said for said in other}
    return {
        said.value: _cites(said.cites, known[said.value].cites)
        for said in sorted(one, key=lambda said: said.value)
        if said.value in known
    }


def _all_cites(shared: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return _cites(*shared.values())


def _cites(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for group in groups for one in group}))
