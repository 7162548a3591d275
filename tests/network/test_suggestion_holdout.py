"""The hold-out of suggestions: nothing that betrays a pair taken away stays, and AUC counts as it says."""

from tests.bench.suggestions import World, auc, generated, linked_pairs, ordered, without
from tests.network.test_suggestions import ACTORS, cluster, link


def test_auc_is_the_share_of_pairs_in_the_right_order_ties_counting_half():
    # 3 beats 1 and 2; 2 beats 1 and ties with 2: 1 + 1 + 1 + 0.5 of 4.
    assert auc([3, 2], [1, 2]) == 3.5 / 4
    assert auc([1, 1], [1]) == 0.5


def test_a_pair_taken_away_leaves_no_link_and_no_frame_behind():
    links = [
        link("a-b", via=["rain"]), link("b-a", status="planned", counts=False), link("rain-a", "support"),
        link("rain-b", "support"), link("rain-c", "support"), link("a-c"),
    ]  # fmt: skip
    profiles = {one: cluster(one) for one in "abc"}
    world = World(profiles, links, ACTORS, frozenset(profiles))
    assert linked_pairs(world) == [("a", "b"), ("a", "c")]
    assert [one.id for one in without(world, [("a", "b")])] == ["rain-c", "a-c"]


def test_the_generated_world_is_the_same_for_a_seed_and_has_no_pair_twice():
    one, other = generated(60, 7), generated(60, 7)
    assert one == other
    assert one != generated(60, 8)
    pairs = [ordered(link.source, link.target) for link in one.links if link.kind == "partnership"]
    assert len(pairs) == len(set(pairs)) == 120
