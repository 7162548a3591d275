"""Slots for pairs by edge colouring."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from grappe.network.meeting_colouring import NO_EDGE, edge_colouring, levelled

BIPARTITE = st.sets(st.tuples(st.integers(0, 8), st.integers(9, 17)), max_size=50).map(sorted)
ANY = st.sets(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda edge: edge[0] < edge[1]), max_size=30
).map(sorted)


def degree(edges: list[tuple[int, int]]) -> int:
    return max(Counter(one for edge in edges for one in edge).values(), default=0)


def proper(edges: list[tuple[int, int]], colour: list[int]) -> bool:
    """Whether no two edges of a colour share a vertex."""
    ends = [(one, end) for edge, one in zip(edges, colour, strict=True) if one != NO_EDGE for end in edge]
    return len(set(ends)) == len(ends)


@given(edges=BIPARTITE)
def test_a_bipartite_graph_needs_as_many_colours_as_its_largest_degree(edges):
    colour = edge_colouring(edges, 18, degree(edges))
    assert NO_EDGE not in colour
    assert proper(edges, colour)


@given(edges=ANY, colours=st.integers(1, 9))
def test_whatever_the_graph_no_two_edges_of_a_vertex_share_a_colour(edges, colours):
    colour = edge_colouring(edges, 9, colours)
    assert proper(edges, colour)
    assert set(colour) <= {NO_EDGE, *range(colours)}


def test_a_triangle_in_two_colours_leaves_an_edge_out():
    assert sorted(edge_colouring([(0, 1), (1, 2), (0, 2)], 3, 2)) == [NO_EDGE, 0, 1]


@given(edges=BIPARTITE, spare=st.integers(0, 3))
def test_levelled_colours_have_the_same_number_of_edges_give_or_take_one(edges, spare):
    colours = degree(edges) + spare
    colour = levelled(edges, edge_colouring(edges, 18, colours), 18, colours)
    assert proper(edges, colour)
    sizes = [colour.count(one) for one in range(colours)]
    assert max(sizes, default=0) - min(sizes, default=0) <= 1
    assert sum(sizes) == len(edges)
