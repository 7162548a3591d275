"""The queries by which claims are put to the test, by name."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from grappe.census.claims.evidence import Answer, Asking, Query, Tally, Verdict, tally
from grappe.census.disputes import shown_field
from grappe.census.links import links
from grappe.census.urban_map import LARGE, urban_map
from grappe.domain.dates import partial_date
from grappe.domain.levels import in_group

_FIELDS = ("industry", "niche", "activity")


def leading_group(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """A group of activities has more clusters than any sector outside it."""
    inside = set(ask.with_any(ask.rows, params))
    rest = Counter(row.sector for row in ask.rows if row.id not in inside and row.sector is not None)
    unknown = tuple(row.id for row in ask.rows if row.sector is None and row.id not in inside)
    whole = len(ask.rows) - len(unknown)
    tallies = [tally("group", inside, whole)]
    for sector, _ in sorted(rest.items()):
        tallies.append(
            tally(
                f"sector:{sector}",
                (row.id for row in ask.rows if row.sector == sector and row.id not in inside),
                whole,
            )
        )
    single = Counter(row.sector for row in ask.rows if row.sector is not None)
    first = max(single, key=lambda sector: (single[sector], -sector), default=None)
    if first is not None:
        ids = (row.id for row in ask.rows if row.sector == first)
        tallies.append(Tally("largest_single_sector:" + str(first), *_share(ids, whole)))
    highest = max(rest.values(), default=0)
    verdict = _more(len(inside), highest)
    return Answer(verdict, tuple(tallies), unknown, cites=ask.said(inside, ("sector",)))


def none_with(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """No cluster of some sectors has a niche or industry."""
    rows = [row for row in ask.rows if row.sector in params["sectors"]]
    found = ask.with_any(rows, {"niches": params["niches"], "industries": params["niches"]})
    unknown = tuple(
        row.id for row in rows if not ask.values(row.id, "niche") | ask.values(row.id, "industry")
    )
    verdict = Verdict.CONTRADICTED if found else Verdict.CANNOT_TELL if unknown else Verdict.SUPPORTED
    cites = ask.said(found, ("niche", "industry"), params["niches"])
    return Answer(verdict, (tally("having", found, len(rows) - len(unknown)),), unknown, cites=cites)


def rising(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """A sector is more and more present: told of two whole lists only, so never of one."""
    return _by_birth(ask, params, lambda row: row.sector == params["sector"])


def more_numerous(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Clusters are more numerous than at an edition whose list is not held."""
    return _by_birth(ask, params, lambda row: True)


def fewer_than(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Some products have clusters, and fewer than others."""
    fewer, more = (ask.with_any(ask.rows, params[name]) for name in ("fewer", "more"))
    whole = len(ask.rows)
    verdict = _more(len(more), len(fewer)) if fewer else Verdict.CONTRADICTED
    codes = [code for name in ("fewer", "more") for found in params[name].values() for code in found]
    cites = ask.said(sorted({*fewer, *more}), _FIELDS, codes)
    return Answer(verdict, (tally("fewer", fewer, whole), tally("more", more, whole)), cites=cites)


def at_least(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """At least so many clusters have an industry or niche."""
    found = ask.with_any(ask.rows, params)
    verdict = Verdict.SUPPORTED if len(found) >= params["least"] else Verdict.CONTRADICTED
    codes = (*params.get("industries", ()), *params.get("niches", ()))
    return Answer(verdict, (tally("having", found, len(ask.rows)),), cites=ask.said(found, _FIELDS, codes))


def in_each_country(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Each of some countries has a cluster of an industry."""
    tallies = []
    for country in params["countries"]:
        rows = ask.of_country(country)
        tallies.append(tally(f"country:{country}", ask.with_any(rows, params), len(rows)))
    verdict = Verdict.SUPPORTED if all(one.ids for one in tallies) else Verdict.CONTRADICTED
    found = [one for each in tallies for one in each.ids]
    return Answer(verdict, tuple(tallies), cites=ask.said(found, ("industry",), params["industries"]))


def none_constituted(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Clusters of an industry are foreseen, and none is constituted."""
    found = set(ask.with_any(ask.rows, params))
    there = [row.id for row in ask.rows if row.id in found and row.state == "constituted"]
    lives = [row.id for row in ask.rows if row.id in found and "active" in ask.values(row.id, "life")]
    verdict = Verdict.CONTRADICTED if there else Verdict.CANNOT_TELL if not found else Verdict.SUPPORTED
    tallies = (
        tally("foreseen", set(found) - set(there), len(found)),
        tally("state:constituted", there, len(found)),
        tally("said_active", lives, len(found)),
    )
    return Answer(verdict, tallies, cites=ask.said(found, ("state", "life")))


def urban(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Clusters follow the large cities, agri-food apart; see `grappe.census.urban_map`."""
    found = urban_map(ask.facts, ask.rows, ask.on, by=params["by"], large=params.get("large", LARGE))
    tallies = tuple(Tally(f"group_{one.group}", one.share, one.inside) for one in found.groups)
    unknown = tuple(one for group in found.groups for one in group.unknown)
    placed = [one for group in found.groups for one in (*group.inside, *group.outside)]
    return Answer(
        Verdict(found.verdict),
        tallies,
        unknown,
        reason=f"population_share:{found.population_share:.3f}",
        cites=ask.said(placed, (params["by"],)),
    )


def more_in_group(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """An activity is told of a larger share of some sectors than of the others, and of some others too.

    A sheet that is silent on an activity does not deny it, so the counts are of clusters that tell of any.
    """
    having = {"activities": params["activities"]}
    told = [row for row in ask.rows if ask.values(row.id, "activity")]
    telling = {row.id for row in told}
    unknown = tuple(row.id for row in ask.rows if row.id not in telling)
    groups = [
        [row for row in told if (row.sector in params["sectors"]) is inside] for inside in (True, False)
    ]
    inside, outside = (ask.with_any(rows, having) for rows in groups)
    tallies = (
        tally("group", inside, len(groups[0])),
        tally("outside_group", outside, len(groups[1])),
    )
    one, other = (each.share.value for each in tallies)
    verdict = Verdict.CANNOT_TELL
    if one is not None and other is not None:
        verdict = Verdict.SUPPORTED if one > other > 0 else Verdict.CONTRADICTED
        low, high = tallies[0].share.low, tallies[1].share.high
        if verdict is Verdict.SUPPORTED and low is not None and high is not None and low <= high:
            verdict = Verdict.CANNOT_TELL
    cites = ask.said((*inside, *outside), ("activity",), params["activities"])
    return Answer(verdict, tallies, unknown, reason="intervals", cites=cites)


def only_country(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """A kind of recognition is told in one country and in no other."""
    found = [row for row in ask.rows if params["recognition"] in ask.values(row.id, "recognition")]
    tallies = tuple(
        tally(
            f"country:{country}",
            (row.id for row in found if row.country == country),
            len(ask.of_country(country)),
        )
        for country in dict.fromkeys(str(row.country) for row in ask.rows)
    )
    inside = any(row.country == params["country"] for row in found)
    beyond = any(row.country != params["country"] for row in found)
    verdict = Verdict.CONTRADICTED if beyond or not inside else Verdict.SUPPORTED
    cites = ask.said((row.id for row in found), ("recognition",), (params["recognition"],))
    return Answer(verdict, tallies, cites=cites)


def count_is(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """So many clusters of a country have a recognition; one that is also told to await it leaves it open."""
    rows = [row for row in ask.of_country(params["country"]) if row.life not in ("merged", "dissolved")]
    found = [row.id for row in rows if params["recognition"] in ask.values(row.id, "recognition")]
    doubtful = [one for one in found if ask.values(one, "recognition") & set(params["against"])]
    verdict = Verdict.SUPPORTED if len(found) == params["count"] else Verdict.CONTRADICTED
    if verdict is Verdict.SUPPORTED and doubtful:
        verdict = Verdict.CANNOT_TELL
    tallies = (tally("having", found, len(rows)), tally("doubtful", doubtful, len(found)))
    return Answer(
        verdict, tallies, reason="doubtful" if doubtful else "", cites=ask.said(found, ("recognition",))
    )


def legal_form(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Clusters of a country have a legal form, by what is told elsewhere than in the claim itself.

    The general sentence of the study is recorded for each cluster it covers; as evidence it would
    prove itself, so only other lines count.
    """
    own = set(params["own_lines"])
    rows = ask.of_country(params["country"])
    fit, other, unknown = [], [], []
    cites = []
    for row in rows:
        told = [
            s
            for s in ask.facts.statements(row.id, "legal_form")
            if not set(s.lines) <= own and partial_date(s.as_of).meets(ask.on)
        ]
        cites += told
        forms = {str(s.value) for s in told}
        if not forms:
            unknown.append(row.id)
        elif forms & set(params["forms"]):
            fit.append(row.id)
        if forms - set(params["forms"]):
            other.append(row.id)
    told_of = len(rows) - len(unknown)
    verdict = (
        Verdict.CONTRADICTED
        if other
        else Verdict.SUPPORTED
        if told_of and not unknown
        else Verdict.CANNOT_TELL
    )
    tallies = (tally("told_so", fit, told_of), tally("told_otherwise", other, told_of))
    return Answer(verdict, tallies, tuple(unknown), reason="own_words", cites=tuple(cites))


def none_before(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """No cluster of a country, constituted today, was created before a day."""
    rows = ask.of_country(params["country"])
    limit = partial_date(params["before"])
    dated = {row.id: partial_date(row.created) for row in rows if row.created}
    before = [one for one, day in dated.items() if day.end <= limit.first]
    unknown = tuple(row.id for row in rows if row.id not in dated)
    verdict = Verdict.CONTRADICTED if before else Verdict.CANNOT_TELL if unknown else Verdict.SUPPORTED
    tallies = (tally("before", before, len(dated)), tally("since", set(dated) - set(before), len(dated)))
    return Answer(verdict, tallies, unknown, cites=ask.said(dated, ("created",)))


def not_anchored(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Clusters told in one sentence to have no anchoring have none in the tables either."""
    own = set(params["own_lines"])
    said = [
        row
        for row in ask.of_country(params["country"])
        if any(set(s.lines) & own for s in ask.facts.statements(row.id, "anchoring"))
    ]
    other = [row.id for row in said if row.anchoring not in (None, "none")]
    verdict = Verdict.CONTRADICTED if other else Verdict.SUPPORTED if said else Verdict.CANNOT_TELL
    cites = ask.said((row.id for row in said), ("anchoring",))
    return Answer(verdict, (tally("told_otherwise", other, len(said)),), cites=cites)


def most_by_mode(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """More than half of the clusters of a country emerged in one way."""
    rows = ask.of_country(params["country"])
    known = [row for row in rows if row.emergence_mode]
    modes = Counter(str(row.emergence_mode) for row in known)
    tallies = tuple(
        tally(f"emergence_mode:{mode}", (row.id for row in known if row.emergence_mode == mode), len(known))
        for mode in sorted(modes, key=lambda mode: (-modes[mode], mode))
    )
    unknown = tuple(row.id for row in rows if not row.emergence_mode)
    count = modes[params["mode"]]
    # What is unknown could all have emerged that way, or none of it.
    sure, at_most = count * 2 > len(rows), (count + len(unknown)) * 2 > len(rows)
    verdict = Verdict.SUPPORTED if sure else Verdict.CANNOT_TELL if at_most else Verdict.CONTRADICTED
    return Answer(verdict, tallies, unknown, cites=ask.said((r.id for r in known), ("emergence_mode",)))


def first_partner(ask: Asking, params: Mapping[str, Any]) -> Answer:
    """Of the partners abroad that links name, more are of one group of countries than of any other."""
    ids = {row.id: row.country for row in ask.rows}
    groups = (params["group"], "maghreb", "sub_saharan_africa", "east_mediterranean")
    abroad: dict[str, set[tuple[str, str]]] = {group: set() for group in (*groups, "elsewhere")}
    unknown: set[str] = set()
    for link in links(ask.facts, ask.on):
        for end in {link.source, link.target} & ids.keys():
            other = link.other_end(end)
            if not link.counts:
                continue
            country = _country(ask, other)
            if country is None:
                unknown.add(other)
            elif country != ids[end]:
                group = next((g for g in groups if in_group(country, g, ask.on.first)), "elsewhere")
                abroad[group].add((end, other))
    whole = sum(map(len, abroad.values()))
    tallies = tuple(
        Tally(f"partners_{group}", *_share((f"{a} – {b}" for a, b in pairs), whole))
        for group, pairs in abroad.items()
    )
    others = max((len(pairs) for group, pairs in abroad.items() if group != params["group"]), default=0)
    return Answer(_more(len(abroad[params["group"]]), others), tallies, tuple(sorted(unknown)))


def _by_birth(ask: Asking, params: Mapping[str, Any], chosen: Any) -> Answer:
    since = partial_date(params["since"]).first
    dated = {row.id: partial_date(row.created) for row in ask.rows if row.created}
    before = [row for row in ask.rows if row.id in dated and dated[row.id].first < since]
    after = [row for row in ask.rows if row.id in dated and dated[row.id].first >= since]
    tallies = tuple(
        tally(name, (row.id for row in rows if chosen(row)), len(rows) if "sector" in params else len(dated))
        for name, rows in (("before", before), ("since", after))
    )
    unknown = tuple(row.id for row in ask.rows if row.id not in dated)
    return Answer(
        Verdict.CANNOT_TELL, tallies, unknown, reason="list_not_held", cites=ask.said(dated, ("created",))
    )


def _country(ask: Asking, entity: str) -> str | None:
    shown = shown_field(ask.facts, entity, "country", ask.on) if entity in ask.facts.entities else []
    return str(shown[0].statement.value) if len(shown) == 1 else None


def _share(ids: Any, of: int) -> tuple[Any, tuple[str, ...]]:
    one = tally("", ids, of)
    return one.share, one.ids


def _more(one: int, other: int) -> Verdict:
    if one == other:
        return Verdict.CANNOT_TELL
    return Verdict.SUPPORTED if one > other else Verdict.CONTRADICTED


QUERIES: Mapping[str, Query] = {
    query.__name__: query
    for query in (
        leading_group, none_with, rising, more_numerous, fewer_than, at_least, in_each_country,
        none_constituted, urban, more_in_group, only_country, count_is, legal_form, none_before, not_anchored,
        most_by_mode, first_partner,
    )
}  # fmt: skip
"""Queries by the name that ``claims.yml`` gives."""
