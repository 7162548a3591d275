"""Measures of the cooperation graph, against slow obvious versions and by hand on tiny graphs."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.network.cooperation import Node, Tie
from grappe.network.graph_measures import (
    betweenness,
    brokers,
    communities,
    components,
    cooperation_graph,
    degree_by_level,
)
from tests.network.graphs import graph, nodes, ties

SMALL = st.lists(st.tuples(*[st.sampled_from("abcdefg")] * 2), max_size=12).map(
    lambda pairs: " ".join(f"{a}-{b}" for a, b in pairs)
)


def shortest_paths(made, source, target):
    """Every shortest path, by walking on until the target is met."""
    paths = [[source]]
    while paths and not any(path[-1] == target for path in paths):
        paths = [[*path, n] for path in paths for n in made[path[-1]] if n not in path]
    return [path for path in paths if path[-1] == target]


def share_through(made, node, source, target):
    paths = shortest_paths(made, source, target)
    return sum(node in path[1:-1] for path in paths) / len(paths) if paths else 0


# --- the graph


def test_several_links_between_two_are_one_tie_with_the_strength_of_the_strongest():
    links = [
        Tie("1", "a", "b", "partnership", True, "euromed", strength=0.25),
        Tie("2", "b", "a", "convention", True, "euromed", strength=0.5),
    ]
    made = cooperation_graph(nodes("a-b"), links)
    assert made.number_of_edges() == 1
    assert made.edges["a", "b"] == {"ties": ("1", "2"), "level": "euromed", "strength": 0.5}


def test_what_does_not_count_draws_no_edge_but_its_ends_are_there():
    made = graph("a-b a~c")
    assert set(made) == {"a", "b", "c"}
    assert made.degree("a") == 1
    assert made.degree("c") == 0


def test_a_link_of_an_actor_with_itself_draws_no_edge():
    assert graph("a-a").number_of_edges() == 0


def test_an_end_that_is_no_node_is_refused():
    with pytest.raises(ValueError, match="b that is no node"):
        cooperation_graph([Node("a", "cluster")], ties("a-b"))


@given(SMALL)
def test_the_graph_does_not_hang_on_the_order_of_links(text):
    made, turned = graph(text), cooperation_graph(nodes(text), ties(text)[::-1])
    assert sorted(made.edges(data=True), key=str) == sorted(turned.edges(data=True), key=str)


# --- degree


def test_degree_counts_partners_and_its_levels_add_up():
    links = [
        Tie("1", "a", "b", "partnership", True, "national"),
        Tie("2", "a", "b", "support", True, "national"),
        Tie("3", "a", "c", "partnership", True, "euromed"),
        Tie("4", "a", "d", "partnership", True, None),
        Tie("5", "a", "e", "listing", False, "euromed"),
    ]
    made = cooperation_graph(nodes("a-b a-c a-d a-e"), links)
    assert degree_by_level(made)["a"] == {"euromed": 1, "national": 1, "unknown": 1}
    assert made.degree("a") == 1 + 1 + 1
    assert degree_by_level(made)["e"] == {}


# --- betweenness


def test_the_middle_of_a_chain_of_three_lies_on_its_only_path():
    assert betweenness(graph("a-b b-c")).of == {"a": 0, "b": 1, "c": 0}


@given(SMALL)
def test_betweenness_is_the_mean_share_of_shortest_paths(text):
    made = graph(text)
    found = betweenness(made)
    assert (found.pivots, found.error) == (None, None)
    for node in made:
        pairs = list(combinations([n for n in made if n != node], 2))
        slow = sum(share_through(made, node, *pair) for pair in pairs) / max(1, len(pairs))
        assert found.of[node] == pytest.approx(slow)


def test_a_sample_of_all_nodes_agrees_and_tells_its_error():
    ring = graph(" ".join(f"{n}-{(n + 1) % 12}" for n in range(12)))
    found = betweenness(ring, exact_up_to=0, pivots=48)
    assert found.pivots == 48  # in four parts of twelve, each the whole ring
    assert found.error == pytest.approx(0)
    assert found.of == pytest.approx(betweenness(ring).of)


def test_a_small_sample_is_repeatable_and_admits_an_error():
    chain = graph(" ".join(f"{n}-{n + 1}" for n in range(30)))
    found = betweenness(chain, exact_up_to=0, pivots=8)
    assert found == betweenness(chain, exact_up_to=0, pivots=8)
    assert found.error > 0


# --- communities and components

TWO_CLIQUES = "a-b b-c a-c d-e e-f d-f c-d"


def test_two_triangles_on_a_string_are_two_communities():
    found = communities(graph(TWO_CLIQUES))
    assert found.members == (("a", "b", "c"), ("d", "e", "f"))
    assert found.of["f"] == 2
    # Seven ties, three inside each, ends of degree 7 each: 2 * (3/7 - (7/14)²) = 0.357.
    assert found.modularity == pytest.approx(2 * (3 / 7 - 0.25))


def test_communities_do_not_hang_on_the_order_of_links():
    turned = " ".join(TWO_CLIQUES.split()[::-1])
    assert communities(graph(TWO_CLIQUES)) == communities(graph(turned))


def test_who_has_no_tie_belongs_to_no_community_and_no_part():
    made = graph("a-b c~d")
    assert communities(made).of == {"a": 1, "b": 1}
    assert components(made) == [("a", "b")]


def test_without_any_tie_there_is_no_community():
    assert communities(graph("a~b")).members == ()
    assert communities(graph("a~b")).modularity is None


def test_ties_that_have_faded_to_nothing_still_tie():
    assert communities(graph(TWO_CLIQUES, strength=0.0)).members == (("a", "b", "c"), ("d", "e", "f"))


def test_an_empty_graph_has_no_measure():
    made = graph("")
    assert (betweenness(made).of, communities(made).members, components(made)) == ({}, (), [])
    assert [one.pairs for one in brokers(made)] == [0, 0, 0]


def test_parts_come_from_the_largest():
    assert components(graph("x-y a-b b-c")) == [("a", "b", "c"), ("x", "y")]


# --- brokers

GROUPS = {"north": "n", "maghreb": "mop", "sub_saharan": "s"}


def test_the_one_between_two_groups_is_their_broker():
    north_maghreb, north_south, maghreb_south = brokers(graph("n-o o-m m-s", GROUPS))
    # n reaches o at once, and m through o: half of the two pairs.
    assert (north_maghreb.pairs, north_maghreb.shares) == (2, {"o": 0.5})
    assert (north_south.pairs, north_south.shares) == (1, {"m": 1, "o": 1})
    # m reaches s at once, o through m.
    assert (maghreb_south.pairs, maghreb_south.shares) == (2, {"m": 0.5})


def test_two_ways_of_one_length_share():
    found = brokers(graph("n-x n-y x-s y-s", GROUPS))[1]
    assert found.shares == {"x": 0.5, "y": 0.5}


def test_groups_without_a_path_have_no_broker():
    assert [(one.pairs, one.shares) for one in brokers(graph("n-x m-y", GROUPS))] == [(0, {})] * 3


@given(SMALL)
def test_a_broker_share_is_the_mean_over_connected_pairs(text):
    groups = {"north": "abc", "maghreb": "def"}
    made = graph(text, groups)
    found = brokers(made)[0]
    sides = [[n for n in made if n in groups[side]] for side in ("north", "maghreb")]
    pairs = [(s, t) for s in sides[0] for t in sides[1] if shortest_paths(made, s, t)]
    assert found.pairs == len(pairs)
    for node in made:
        slow = sum(share_through(made, node, *pair) for pair in pairs) / max(1, len(pairs))
        assert found.shares.get(node, 0) == pytest.approx(slow)


def test_sampled_brokers_tell_pivots_and_error():
    text = " ".join(f"n{k}-hub hub-m{k}" for k in range(12))
    groups = {"north": [f"n{k}" for k in range(12)], "maghreb": [f"m{k}" for k in range(12)]}
    found = brokers(graph(text, groups), exact_up_to=0, pivots=8)[0]
    assert (found.pairs, found.pivots) == (12 * 12, 8)
    assert found.shares == {"hub": 1}  # whichever are drawn, every path leads through it
    assert found.error == 0


def test_a_broker_seen_by_one_part_of_the_sample_alone_is_not_told():
    # Each of 40 actors of the North hangs on a broker of its own: a sample of 8 meets but eight of them.
    text = " ".join(f"n{k}-own{k} own{k}-hub hub-m{k}" for k in range(40))
    groups = {"north": [f"n{k}" for k in range(40)], "maghreb": [f"m{k}" for k in range(40)]}
    found = brokers(graph(text, groups), exact_up_to=0, pivots=8)[0]
    assert found.shares == {"hub": 1}
    assert found.error > 0
    assert len(brokers(graph(text, groups))[0].shares) == 41
