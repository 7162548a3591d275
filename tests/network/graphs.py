"""Tiny graphs in a few letters: ``"a-b b-c"`` are two ties that count, ``"a~b"`` one that does not."""

from grappe.network.cooperation import Group, Node, Tie
from grappe.network.graph_measures import cooperation_graph


def ties(text, **more):
    """A tie a word, numbered from 1; ``a-b/p`` stands in the frame of `p`, ``a-b/p,q`` of two."""
    found = []
    for number, word in enumerate(text.split(), 1):
        ends, _, via = word.partition("/")
        source, target = ends.replace("~", "-").split("-")
        frames = tuple(via.split(",")) if via else ()
        found.append(Tie(str(number), source, target, "partnership", "~" not in ends, via=frames, **more))
    return found


def nodes(text, groups=None, organisations=""):
    """A node for each letter of the ties; clusters, but for the `organisations`."""
    letters = sorted({end for tie in ties(text) for end in tie.ends})
    of = {letter: group for group, members in (groups or {}).items() for letter in members}
    return [
        Node(
            one, "organisation" if one in organisations else "cluster", Group(of[one]) if one in of else None
        )
        for one in letters
    ]


def graph(text, groups=None, **more):
    """The cooperation graph of such a text."""
    return cooperation_graph(nodes(text, groups), ties(text, **more))
