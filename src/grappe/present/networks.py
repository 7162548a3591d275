"""The cooperation graph, ways and losses as plain dicts and in words."""

from collections.abc import Iterable, Mapping, Sequence

from grappe.census.links import Link
from grappe.network.alliance_path import AlliancePath
from grappe.network.graph_measures import Betweenness, Brokerage, Communities
from grappe.network.removal import Removal
from grappe.present.catalogue import N_, say
from grappe.present.plain import Plain, cites
from grappe.present.words import day, number

BROKERS_TOLD = 10
"""Brokers told for each pair of groups."""


def tie_plain(
    link: Link, *, confirmed: str | None, strength: float, named_by: str | None, one_sided: bool | None
) -> Plain:
    """A link of the graph: what is printed, what is computed, and every line that says so."""
    by_source: dict[str, list[object]] = {}
    for one in cites(link.cites):
        by_source.setdefault(one["source"], []).append(one["line"])
    return {
        "id": link.id,
        "kind": link.kind,
        "source": link.source,
        "target": link.target,
        "level": link.level,
        "level_printed": link.level_printed,
        "stage": link.stage,
        "status": link.status,
        "start": link.start,
        "end": link.end,
        "via": list(link.via),
        "counts": link.counts,
        "facilitated": link.facilitated,
        "last_confirmed": confirmed,
        "strength": strength,
        "named_by": named_by,
        "one_sided": one_sided,
        "cites": [{"source": source, "lines": lines} for source, lines in by_source.items()],
    }


def betweenness_plain(found: Betweenness) -> Plain:
    """How betweenness was found: exactly, or from a sample with its error."""
    return {
        "exact": found.pivots is None,
        "pivots": found.pivots,
        "error": found.error,
    }


def communities_plain(found: Communities) -> Plain:
    """Communities from the largest to the smallest."""
    members = [{"id": n, "size": len(one), "members": list(one)} for n, one in enumerate(found.members, 1)]
    return {"count": len(members), "modularity": found.modularity, "seed": found.seed, "members": members}


def components_plain(found: Sequence[tuple[str, ...]]) -> Plain:
    """Connected parts from the largest to the smallest."""
    return {
        "count": len(found),
        "members": [{"size": len(one), "members": list(one)} for one in found],
    }


def brokerage_plain(found: Iterable[Brokerage], names: Mapping[str, str]) -> list[Plain]:
    """Brokers between groups, the first of each pair of groups."""
    return [
        {
            "between": [str(group) for group in one.groups],
            "pairs": one.pairs,
            "exact": one.pivots is None,
            "pivots": one.pivots,
            "error": one.error,
            "brokers": [
                {"id": node, "name": names[node], "share": share}
                for node, share in list(one.shares.items())[:BROKERS_TOLD]
            ],
        }
        for one in found
    ]


def path_plain(
    source: str, target: str, found: AlliancePath | None, links: Mapping[str, Plain], names: Mapping[str, str]
) -> Plain:
    """A way between two actors: every step with its links; `steps` is null where no way leads."""
    plain: Plain = {
        "source": source,
        "target": target,
        "length": None,
        "steps": None,
        "strength": None,
        "others": [],
        "names": {one: names[one] for one in (source, target) if one in names},
    }
    if found is None:
        return plain
    told = {*found.nodes, *(one for way in found.others for one in way)} | {source, target}
    return plain | {
        "length": len(found.steps),
        "steps": [
            {
                "source": step.source,
                "target": step.target,
                "level": step.level,
                "strength": step.strength,
                "links": [links[one] for one in step.ties],
            }
            for step in found.steps
        ],
        "strength": found.strength,
        "others": [list(way) for way in found.others],
        "names": {one: names[one] for one in sorted(told) if one in names},
    }


def removal_plain(found: Removal, links: Mapping[str, Plain], nodes: Mapping[str, Plain]) -> Plain:
    """What goes with some actors: links, clusters left without a partner, parts that fall apart."""
    return {
        "without": list(found.gone),
        "links": [links[one] for one in found.ties],
        "links_via": [links[one] for one in found.frames],
        "links_loosened": [links[one] for one in found.loosened],
        "left_alone": [_lost(nodes[one]) for one in found.alone],
        "losses": [
            _lost(nodes[loss.id]) | {"partners_before": loss.before, "partners_after": loss.after}
            for loss in found.losses
        ],
        "splits": [[list(part) for part in parts] for parts in found.splits],
        "components_before": found.components_before,
        "components_after": found.components_after,
    }


def _lost(node: Plain) -> Plain:
    return {name: node[name] for name in ("id", "name", "kind", "country", "life")}


def network_words(network: Plain, language: str) -> str:
    """The graph in figures, with its day and how ties fade."""
    found = network["measures"]
    return say(
        language,
        N_(
            "As of {on}. Actors: {nodes}. Links: {links}, counting as cooperation: {counting}. "
            "Pairs joined: {pairs}. Connected parts: {components}. Communities: {communities}. "
            "Years in which an unconfirmed tie fades by half: {years}."
        ),
        on=day(network["on"], language),
        nodes=found["nodes"],
        links=found["links"],
        counting=found["counting"],
        pairs=found["pairs"],
        components=found["components"]["count"],
        communities=found["communities"]["count"],
        years=number(network["half_life_years"], language),
    )


def path_words(path: Plain, language: str) -> str:
    """The length of a way, or that there is none."""
    if path["steps"] is None:
        words = N_("As of {on}, no chain of known cooperation leads from {source} to {target}.")
    else:
        words = N_("As of {on}. Steps from {source} to {target}: {length}. Other ways as short: {others}.")
    names = path["names"]
    return say(
        language,
        words,
        on=day(path["on"], language),
        length=path["length"],
        others=len(path["others"]),
        source=names.get(path["source"], path["source"]),
        target=names.get(path["target"], path["target"]),
    )


def removal_words(removal: Plain, language: str) -> str:
    """What goes with some actors, in figures."""
    return say(
        language,
        N_(
            "As of {on}, without {gone}. Links that go: {links}. Links that stood in its frame alone: {via}. "
            "Clusters left without a partner: {alone}. Connected parts that fall apart: {splits}."
        ),
        on=day(removal["on"], language),
        gone=", ".join(removal["without"]),
        links=len(removal["links"]),
        via=len(removal["links_via"]),
        alone=len(removal["left_alone"]),
        splits=len(removal["splits"]),
    )
