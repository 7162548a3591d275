"""Flows between states as a drawing: two columns, bands as thick as the clusters that take them.

The drawing bears classes and no colours: the style sheet gives both themes theirs. It is drawn from left to
right, or the other way round for a script that runs so, and says nothing that the table beside it does not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 720.0
NODE = 14.0
"""Width of a column, in units of the drawing."""
LABELS = 200.0
"""Room for words beside each column."""
UNIT = 11.0
"""Height of one cluster where there are few; more clusters are drawn smaller."""
TALLEST = 520.0
GAP = 16.0


@dataclass(frozen=True, slots=True)
class Flow:
    """So many clusters that stood in one state and stand in another."""

    source: str
    target: str
    count: int


def flow_diagram(
    flows: Sequence[Flow], order: Sequence[str], words: Callable[[str], str], *, mirrored: bool = False
) -> str:
    """The flows as SVG.

    Parameters
    ----------
    flows : counts of clusters, each positive
    order : codes from top to bottom
    words : a code in words
    mirrored : from right to left

    Returns
    -------
    str
        An ``svg`` element; nothing if there is no flow.

    Examples
    --------
    >>> flow_diagram([], [], str)
    ''
    >>> flow_diagram([Flow("a", "b", 2)], ["a", "b"], str).count("<path")
    1
    """
    total = sum(flow.count for flow in flows)
    if not total:
        return ""
    unit = min(UNIT, TALLEST / total)
    left = _column([(f.source, f.count) for f in flows], order, unit)
    right = _column([(f.target, f.count) for f in flows], order, unit)
    height = max(node.top + node.tall for column in (left, right) for node in column.values()) + 12
    x0, x1 = LABELS, WIDTH - LABELS - NODE
    starts = {code: node.top for code, node in left.items()}
    ends = {code: node.top for code, node in right.items()}
    bands = []
    for flow in sorted(flows, key=lambda f: (order.index(f.source), order.index(f.target))):
        thick = flow.count * unit
        told = f"{words(flow.source)} → {words(flow.target)}: {flow.count}"
        bands.append(
            f'<path class="flow flow--{flow.target}" d="'
            + _band(x0 + NODE, x1, starts[flow.source], ends[flow.target], thick, mirrored)
            + f'"><title>{escape(told)}</title></path>'
        )
        starts[flow.source] += thick
        ends[flow.target] += thick
    nodes = [_drawn(node, words(code), x0, -1, mirrored) for code, node in left.items()]
    nodes += [_drawn(node, words(code), x1, 1, mirrored) for code, node in right.items()]
    size = f'viewBox="0 0 {WIDTH:.0f} {height:.0f}"'
    return f'<svg class="flows" {size} aria-hidden="true">{"".join(bands)}{"".join(nodes)}</svg>'


@dataclass(frozen=True, slots=True)
class _Node:
    top: float
    tall: float
    count: int


def _column(counts: Sequence[tuple[str, int]], order: Sequence[str], unit: float) -> dict[str, _Node]:
    found: dict[str, int] = {}
    for code, count in counts:
        found[code] = found.get(code, 0) + count
    placed, at = {}, 12.0
    for code in sorted(found, key=order.index):
        placed[code] = _Node(at, found[code] * unit, found[code])
        # A label needs its line even where the band is thinner.
        at += max(found[code] * unit, UNIT) + GAP
    return placed


def _band(x0: float, x1: float, top: float, end: float, thick: float, mirrored: bool) -> str:
    middle = (x0 + x1) / 2
    x0, middle, x1 = (_across(x, mirrored) for x in (x0, middle, x1))
    low, lower = top + thick, end + thick
    return (
        f"M{x0:.1f} {top:.1f}C{middle:.1f} {top:.1f} {middle:.1f} {end:.1f} {x1:.1f} {end:.1f}"
        f"V{lower:.1f}C{middle:.1f} {lower:.1f} {middle:.1f} {low:.1f} {x0:.1f} {low:.1f}Z"
    )


def _drawn(node: _Node, words: str, x: float, side: int, mirrored: bool) -> str:
    """A node with its words outside the bands: `side` is -1 for the first column, 1 for the second."""
    label = x - 8 if side < 0 else x + NODE + 8
    toward = -side if mirrored else side
    corner = _across(x + NODE, True) if mirrored else x
    anchor = "flows__before" if toward < 0 else "flows__after"
    y = node.top + node.tall / 2 + 4.5
    return (
        f'<rect class="flows__node" x="{corner:.1f}" y="{node.top:.1f}" '
        f'width="{NODE:.0f}" height="{node.tall:.1f}"/>'
        f'<text class="{anchor}" x="{_across(label, mirrored):.1f}" y="{y:.1f}">'
        f"{escape(words)} ({node.count})</text>"
    )


def _across(x: float, mirrored: bool) -> float:
    return WIDTH - x if mirrored else x
