"""The space of industries."""

import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration.industry_space import industry_space
from grappe.domain.errors import InputRefused


def pairs(*rows):
    return pd.DataFrame(rows, columns=["industry_i", "industry_j", "relatedness"])


def names(space):
    return {frozenset((space.industries[i], space.industries[j])) for i, j in space.links.tolist()}


def test_the_strongest_tree_joins_all_industries():
    # Of the triangle a-b-c, the weakest side is left out; d hangs on by its only link.
    space = industry_space(
        pairs(("a", "b", 0.9), ("b", "c", 0.8), ("a", "c", 0.1), ("c", "d", 0.05)), links=0
    )
    assert names(space) == {frozenset("ab"), frozenset("bc"), frozenset("cd")}


def test_the_strongest_other_links_come_after_the_tree():
    space = industry_space(pairs(("a", "b", 0.9), ("b", "c", 0.8), ("a", "c", 0.1)), links=1 / 3)
    assert names(space) == {frozenset("ab"), frozenset("bc"), frozenset("ac")}


def test_pairs_in_both_orders_are_one_link():
    space = industry_space(pairs(("a", "b", 0.9), ("b", "a", 0.9)))
    assert space.links.tolist() == [[0, 1]]
    assert space.strength.tolist() == [0.9]


def test_two_groups_of_industries_lie_apart():
    rng = np.random.default_rng(1)
    rows = []
    for i in range(20):
        for j in range(i + 1, 20):
            near = (i < 10) == (j < 10)
            rows.append((f"{i:02}", f"{j:02}", 0.6 + 0.2 * rng.random() if near else 0.02))
    space = industry_space(pairs(*rows))
    place = np.column_stack([space.x, space.y])
    apart = np.linalg.norm(place[:10].mean(axis=0) - place[10:].mean(axis=0))
    spread = max(
        np.linalg.norm(place[k] - place[k].mean(axis=0), axis=1).mean() for k in (slice(10), slice(10, 20))
    )
    assert apart > 2 * spread


def test_the_same_seed_gives_the_same_picture_within_its_frame():
    table = pairs(*((f"{i}", f"{i + 1}", 0.5) for i in range(12)))
    first, second = industry_space(table, seed=4), industry_space(table, seed=4)
    assert np.array_equal(first.x, second.x)
    assert max(np.abs(first.x).max(), np.abs(first.y).max()) == pytest.approx(1)


def test_industries_without_relation_make_no_space():
    with pytest.raises(InputRefused) as error:
        industry_space(pairs(("a", "b", 0.0), ("a", "c", None)))
    assert error.value.code == "unrelated"


def test_a_table_without_pairs_is_refused():
    with pytest.raises(InputRefused) as error:
        industry_space(pd.DataFrame({"industry_i": ["a"]}))
    assert error.value.code == "table_refused"
