"""What disappears if an actor, a programme or a donor goes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from grappe.network.cooperation import Node, Tie
from grappe.network.graph_measures import Graph, components, cooperation_graph


@dataclass(frozen=True, slots=True)
class Loss:
    """What one actor loses: how many partners it had and has left."""

    id: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes with some ids.

    `ties` are the links of which one of them is an end; `frames` those that stood in their frame
    alone, `loosened` those that had another frame too and stay. `alone` are clusters that had a
    partner and have none left, `losses` all actors that lose a partner. `splits` are the parts that
    a connected part falls into, each with two actors or more, or single actors left over.
    """

    gone: tuple[str, ...]
    ties: tuple[str, ...]
    frames: tuple[str, ...]
    loosened: tuple[str, ...]
    alone: tuple[str, ...]
    losses: tuple[Loss, ...]
    splits: tuple[tuple[tuple[str, ...], ...], ...]
    components_before: int
    components_after: int


def without(nodes: Iterable[Node], ties: Iterable[Tie], gone: Collection[str]) -> Removal:
    """What the graph loses without some nodes, or programmes that ties stand in the frame of.

    Parameters
    ----------
    nodes : actors
    ties : links; those that do not count are lost as well, and told among `ties` and `frames`,
        but leave no cluster alone
    gone : ids of actors, programmes, projects, networks, instruments

    Returns
    -------
    Removal
        All ids in alphabetical order. A tie `via` several frames goes only with the last of them.

    Examples
    --------
    >>> actors = [Node("donor", "organisation"), Node("x", "cluster"), Node("y", "cluster")]
    >>> ties = [Tie("1", "donor", "x", "support", True), Tie("2", "x", "y", "partnership", True, via=("p",))]
    >>> without(actors, ties, ["donor"]).alone, without(actors, ties, ["p"]).alone
    ((), ('y',))
    """
    away, actors, links = set(gone), list(nodes), sorted(ties, key=lambda tie: tie.id)
    own = [tie for tie in links if away & set(tie.ends)]
    framed = [tie for tie in links if away & set(tie.via) and tie not in own]
    frames = [tie for tie in framed if away >= set(tie.via)]
    lost = {tie.id for tie in (*own, *frames)}
    before = cooperation_graph(actors, links)
    after = cooperation_graph(
        (node for node in actors if node.id not in away), (tie for tie in links if tie.id not in lost)
    )
    losses = [
        Loss(node, before.degree(node), after.degree(node))
        for node in after
        if before.degree(node) > after.degree(node)
    ]
    return Removal(
        gone=tuple(sorted(away)),
        ties=tuple(tie.id for tie in own),
        frames=tuple(tie.id for tie in frames),
        loosened=tuple(tie.id for tie in framed if tie.id not in lost),
        alone=tuple(loss.id for loss in losses if not loss.after and _is_cluster(before, loss.id)),
        losses=tuple(sorted(losses, key=lambda loss: (loss.after - loss.before, loss.id))),
        splits=tuple(_splits(before, after, away)),
        components_before=len(components(before)),
        components_after=len(components(after)),
    )


def _splits(before: Graph, after: Graph, away: set[str]) -> Iterable[tuple[tuple[str, ...], ...]]:
    """Connected parts of before that fall into several: the parts, single actors included."""
    left = components(after)
    for whole in components(before):
        rest = set(whole) - away
        parts = [part for part in left if rest.issuperset(part)]
        parts += [(one,) for one in sorted(rest.difference(*parts))]
        if len(parts) > 1:
            yield tuple(parts)


def _is_cluster(graph: Graph, node: str) -> bool:
    return bool(graph.nodes[node]["kind"] == "cluster")
