"""Edge colouring by alternating paths: slots for a chosen set of pairs, the same number in each slot.

Participants are vertices, pairs that are to meet are edges, slots are colours.
"""

from collections.abc import Sequence

NO_EDGE = -1


def edge_colouring(edges: Sequence[tuple[int, int]], vertices: int, colours: int) -> list[int]:
    """Colour the edges of a graph so that none share a vertex and a colour; as many as can be.

    Parameters
    ----------
    edges : sequence of pairs of vertices, numbered from 0, no pair twice
    vertices : int
    colours : int

    Returns
    -------
    list of int
        A colour per edge, from 0, or -1 where none was found. In a bipartite graph every edge has a
        colour once there are as many colours as the largest degree. In other graphs the largest degree
        may not do; that some edge has none then proves nothing.

    References
    ----------
    D. König, "Über Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre", Mathematische
    Annalen 77, 1916. V. G. Vizing, "On an estimate of the chromatic class of a p-graph", Diskretnyi
    Analiz 3, 1964, for the graphs that are not bipartite.

    Examples
    --------
    >>> edge_colouring([(0, 2), (0, 3), (1, 3), (1, 2)], vertices=4, colours=2)
    [0, 1, 0, 1]
    """
    full = (1 << colours) - 1
    free = [full] * vertices
    at = [[NO_EDGE] * colours for _ in range(vertices)]
    colour = [NO_EDGE] * len(edges)

    def paint(edge: int, new: int) -> None:
        for vertex in edges[edge]:
            at[vertex][new] = edge
            free[vertex] &= ~(1 << new)
        colour[edge] = new

    def path_from(vertex: int, first: int, second: int) -> tuple[list[int], int]:
        """Edges of the path that leaves a vertex by one colour, alternating with another; its end."""
        found = []
        while (edge := at[vertex][first]) != NO_EDGE:
            found.append(edge)
            vertex = edges[edge][0] + edges[edge][1] - vertex
            first, second = second, first
        return found, vertex

    def swap(path: list[int], first: int, second: int) -> None:
        for edge in path:
            for vertex in edges[edge]:
                at[vertex][colour[edge]] = NO_EDGE
                free[vertex] |= 1 << colour[edge]
        for edge in path:
            paint(edge, second if colour[edge] == first else first)

    for edge, (u, v) in enumerate(edges):
        common = free[u] & free[v]
        if common:
            paint(edge, (common & -common).bit_length() - 1)
            continue
        done = False
        for a in _bits(free[u]):
            for b in _bits(free[v]):
                path, end = path_from(v, a, b)
                if end != u:
                    swap(path, a, b)
                    paint(edge, a)
                    done = True
                    break
            if done:
                break
    return colour


def levelled(
    edges: Sequence[tuple[int, int]], colour: Sequence[int], vertices: int, colours: int
) -> list[int]:
    """The same colouring with numbers of edges per colour that differ by one at most.

    Of two colours that differ by more, some path of edges of both has one more of the larger colour at
    its two ends: swapping it brings them closer. So ceil(meetings / slots) tables are enough.

    Parameters
    ----------
    edges : sequence of pairs of vertices
    colour : sequence of int
        A proper colouring, -1 for edges without colour.
    vertices, colours : int

    Returns
    -------
    list of int

    References
    ----------
    D. de Werra, "Equitable colorations of graphs", RIRO 5 (R3), 1971.

    Examples
    --------
    >>> levelled([(0, 1), (2, 3), (4, 5), (6, 7)], [0, 0, 0, 0], vertices=8, colours=2)
    [1, 1, 0, 0]
    """
    found = list(colour)
    at = [[NO_EDGE] * colours for _ in range(vertices)]
    sizes = [0] * colours
    for edge, one in enumerate(found):
        if one != NO_EDGE:
            sizes[one] += 1
            for vertex in edges[edge]:
                at[vertex][one] = edge
    while colours > 1:
        large = max(range(colours), key=lambda one: sizes[one])
        small = min(range(colours), key=lambda one: sizes[one])
        if sizes[large] - sizes[small] <= 1:
            break
        excess = (sizes[large] - sizes[small]) // 2
        starts = [
            (edge, vertex)
            for edge, one in enumerate(found)
            if one == large
            for vertex in edges[edge]
            if at[vertex][small] == NO_EDGE
        ]
        swapped: set[int] = set()
        for edge, vertex in starts:
            if not excess:
                break
            if edge in swapped:
                continue
            path, here, by = [], vertex, large
            while (one := at[here][by]) != NO_EDGE:
                path.append(one)
                here = edges[one][0] + edges[one][1] - here
                by = small if by == large else large
            if len(path) % 2 == 0:
                continue
            for one in path:
                for end in edges[one]:
                    at[end][found[one]] = NO_EDGE
            for one in path:
                found[one] = small if found[one] == large else large
                for end in edges[one]:
                    at[end][found[one]] = one
            swapped |= set(path)
            sizes[large], sizes[small], excess = sizes[large] - 1, sizes[small] + 1, excess - 1
    return found


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
