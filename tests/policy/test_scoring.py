"""Scores of reviewers, and the list they make within a budget."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.policy.scoring import Candidate, Criterion, Opinion, opinion_problems, ranked, total

GRID = (
    Criterion("team", {"en": "Team"}, Decimal(5)),
    Criterion("plan", {"en": "Plan"}, Decimal(10), Decimal(2)),
)


def opinion(reviewer: str, team: str, plan: str) -> Opinion:
    return Opinion(reviewer, {"team": Decimal(team), "plan": Decimal(plan)})


def candidates(**scores: tuple[int, int]) -> list[Candidate]:
    return [Candidate(name, Fraction(score), Decimal(amount)) for name, (score, amount) in scores.items()]


def placed(given: list[Candidate], budget: int | None, threshold: int | None = None):
    asked = None if budget is None else Decimal(budget)
    least = None if threshold is None else Fraction(threshold)
    return {one.candidate.application: (one.rank, one.fits) for one in ranked(given, asked, least)}


def test_a_score_is_the_weighted_sum_of_the_means():
    found = total(GRID, [opinion("r", "4", "6"), opinion("s", "5", "7"), opinion("t", "3", "6")])
    # team: (4 + 5 + 3) / 3 = 4; plan: (6 + 7 + 6) / 3 = 19/3, counted twice.
    assert found.score == 4 + 2 * Fraction(19, 3)
    assert found.most == 5 + 2 * 10
    # Totals of the three: 4 + 12, 5 + 14, 3 + 12.
    assert found.spread == 19 - 15
    assert [(mark.criterion, mark.low, mark.high) for mark in found.marks] == [("team", 3, 5), ("plan", 6, 7)]


def test_there_is_no_score_before_an_opinion():
    assert total(GRID, []) is None


def test_thirds_of_points_are_exact():
    three = [opinion("r", "1", "0"), opinion("s", "1", "0"), opinion("t", "2", "0")]
    assert total(GRID, three).score * 3 == 1 + 1 + 2


def test_each_mistake_of_an_opinion_is_named():
    wrong = Opinion("r", {"team": Decimal("5.5"), "style": Decimal(1)})
    found = opinion_problems(GRID, wrong, "application")
    assert [(one.code, one.field) for one in found] == [
        ("score_missing", "plan"),
        ("score_out_of_range", "team"),
        ("score_unknown", "style"),
    ]


@pytest.mark.parametrize("points", ["-1", "NaN", "Infinity"])
def test_points_are_numbers_from_none_to_the_maximum(points):
    found = opinion_problems(GRID, opinion("r", points, "1"), "a")
    assert [one.code for one in found] == ["score_out_of_range"]


def test_the_budget_is_given_from_the_top_until_one_does_not_fit():
    # 6 of 10 to the first, 4 are left: the second costs 5, and the third is not preferred for costing 3.
    assert placed(candidates(a=(9, 6), b=(8, 5), c=(7, 3)), 10) == {
        "a": (1, True),
        "b": (2, False),
        "c": (3, False),
    }


def test_equals_that_fit_together_fit():
    assert placed(candidates(a=(9, 5), b=(9, 5)), 10) == {"a": (1, True), "b": (1, True)}


def test_between_equals_of_whom_one_would_fit_the_panel_decides():
    assert placed(candidates(a=(9, 5), b=(7, 5), c=(7, 5), d=(6, 1)), 10) == {
        "a": (1, True),
        "b": (2, None),
        "c": (2, None),
        "d": (4, False),
    }


def test_equals_of_whom_none_would_fit_do_not():
    assert placed(candidates(a=(9, 8), b=(7, 5), c=(7, 5)), 10)["b"] == (2, False)


def test_below_the_threshold_nobody_is_selected_though_money_is_left():
    assert placed(candidates(a=(9, 1), b=(4, 1)), 10, threshold=5) == {"a": (1, True), "b": (2, False)}


def test_without_a_budget_all_fit():
    assert {fits for _, fits in placed(candidates(a=(9, 6), b=(1, 900)), None).values()} == {True}


def test_nobody_stands_twice_in_the_list():
    with pytest.raises(ValueError, match="twice"):
        ranked(candidates(a=(1, 1)) * 2, None)


amounts = st.integers(0, 9).map(Decimal)
lists = st.lists(st.tuples(st.integers(0, 5).map(Fraction), amounts), max_size=8).map(
    lambda rows: [Candidate(f"a{number}", *row) for number, row in enumerate(rows)]
)


@given(lists, amounts)
def test_what_fits_never_costs_more_than_the_budget(listed, budget):
    assert sum((one.candidate.amount for one in ranked(listed, budget) if one.fits), Decimal()) <= budget


@given(lists, amounts)
def test_whoever_is_better_than_one_that_fits_fits(listed, budget):
    found = ranked(listed, budget)
    worst = min((one.candidate.score for one in found if one.fits), default=None)
    assert all(one.fits for one in found if worst is not None and one.candidate.score >= worst)


@given(lists, amounts, st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_does_not_matter(listed, budget, chance):
    shuffled = list(listed)
    chance.shuffle(shuffled)
    assert ranked(shuffled, budget) == ranked(listed, budget)
