"""The shortest way of alliances, every step with its links."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.network.alliance_path import alliance_path
from grappe.network.cooperation import Tie
from grappe.network.graph_measures import cooperation_graph
from tests.network.graphs import graph, nodes


def test_every_step_tells_its_links_in_the_direction_of_the_way():
    found = alliance_path(graph("b-a b-c a-b"), "a", "c")
    assert found.nodes == ("a", "b", "c")
    assert [(step.source, step.target, step.ties) for step in found.steps] == [
        ("a", "b", ("1", "3")),
        ("b", "c", ("2",)),
    ]


def test_a_listing_or_a_fair_is_no_step():
    assert alliance_path(graph("a~b a-c c-d d-b"), "a", "b").nodes == ("a", "c", "d", "b")


def test_no_way_leads_between_parts_or_to_a_stranger():
    made = graph("a-b c-d")
    assert alliance_path(made, "a", "c") is None
    assert alliance_path(made, "a", "nobody") is None


def test_from_an_actor_to_itself_there_is_no_step():
    found = alliance_path(graph("a-b"), "a", "a")
    assert (found.steps, found.strength, found.nodes) == ((), 1, ())


def tied(text, strengths):
    return [
        Tie(str(n), *word.split("-"), "partnership", True, strength=s)
        for n, (word, s) in enumerate(zip(text.split(), strengths, strict=True))
    ]


def test_among_equal_ways_the_least_faded_is_taken_and_the_other_is_told():
    text = "a-b b-d a-c c-d"
    made = cooperation_graph(nodes(text), tied(text, [0.5, 0.5, 1, 0.9]))
    found = alliance_path(made, "a", "d")
    assert found.nodes == ("a", "c", "d")
    assert found.strength == pytest.approx(1 * 0.9)
    assert found.others == (("a", "b", "d"),)


def test_a_short_way_of_faded_ties_is_still_shorter():
    text = "a-d a-b b-c c-d"
    made = cooperation_graph(nodes(text), tied(text, [0.01, 1, 1, 1]))
    assert alliance_path(made, "a", "d").nodes == ("a", "d")


@given(st.sets(st.tuples(*[st.sampled_from("abcdef")] * 2), max_size=10))
def test_no_way_is_shorter(pairs):
    made = graph(" ".join(f"{a}-{b}" for a, b in sorted(pairs)))
    for source, target in product(made, repeat=2):
        found = alliance_path(made, source, target)
        inner = [one for one in made if one not in (source, target)]
        ways = [
            (source, *middle, target)
            for size in range(len(inner) + 1)
            for middle in permutations(inner, size)
            if all(made.has_edge(*step) for step in zip((source, *middle), (*middle, target), strict=True))
        ]
        if source == target:
            assert not found.steps
        elif ways:
            assert len(found.steps) == min(map(len, ways)) - 1
        else:
            assert found is None
