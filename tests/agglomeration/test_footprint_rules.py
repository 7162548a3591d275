"""Count rules: what they ask, how they vote, and why not."""

import pytest

from grappe.agglomeration.footprint_rules import chosen_rules, footprint_rules, vote
from grappe.domain.errors import BadChoice

QUANTITIES = {
    "establishments", "weight", "quotient", "weight_quotient", "share", "weight_share", "density",
}  # fmt: skip


def figures(**given):
    return {name: given.get(name) for name in QUANTITIES}


def test_every_rule_names_its_edition_and_cites_a_text_and_asks_for_known_figures():
    for rule in footprint_rules().values():
        assert rule.title
        assert rule.checked or rule.note
        assert rule.cites
        assert rule.criteria
        assert {one.quantity for one in rule.criteria} <= QUANTITIES
        assert {one.bound for one in rule.criteria} <= {">=", ">", "<="}


def test_a_hundred_firms_are_an_industrial_cluster_in_india_and_ninety_nine_are_not():
    rule = footprint_rules()["india_fmc_industrial"]
    assert vote(rule, figures(establishments=100)).met is True
    refused = vote(rule, figures(establishments=99))
    assert refused.met is False
    assert (refused.checks[0].seen, refused.checks[0].needed, refused.checks[0].unit) == (
        99, 100, "enterprises",
    )  # fmt: skip


def test_a_specialised_agglomeration_in_france_meets_four_bounds_at_once():
    rule = footprint_rules()["france_datar"]
    enough = {"establishments": 5, "weight": 100.0, "density": 2.0, "quotient": 1.01}
    assert vote(rule, enough).met is True
    # "Above 1" is strict, "at least 5" is not.
    assert vote(rule, enough | {"quotient": 1.0}).met is False
    for name in enough:
        assert vote(rule, enough | {name: 0.0}).met is False


def test_a_fifth_of_the_jobs_is_a_local_vector_and_more_is_a_nucleus():
    rules = footprint_rules()
    seen = {"weight_quotient": 5.0, "establishments": 5}
    nucleus, vector = rules["brazil_ipea_nucleus"], rules["brazil_ipea_local_vector"]
    assert [vote(one, seen | {"weight_share": 0.2}).met for one in (nucleus, vector)] == [False, True]
    assert [vote(one, seen | {"weight_share": 0.21}).met for one in (nucleus, vector)] == [True, False]


def test_without_jobs_a_rule_about_jobs_has_no_answer_unless_another_bound_fails():
    rule = footprint_rules()["france_datar"]
    known = {"establishments": 50, "density": 9.0, "quotient": 4.0, "weight": None}
    answer = vote(rule, known)
    assert answer.met is None
    assert [one.met for one in answer.checks] == [True, None, True, True]
    assert vote(rule, known | {"establishments": 4}).met is False


def test_rules_can_be_chosen_by_name():
    assert [one.code for one in chosen_rules(["uk_dsit"])] == ["uk_dsit"]
    assert chosen_rules([]) == ()
    assert len(chosen_rules(None)) == len(footprint_rules())


def test_an_unknown_rule_is_refused_with_those_there_are():
    with pytest.raises(BadChoice) as refusal:
        chosen_rules(["uk_dsti"])
    assert "uk_dsit" in refusal.value.params["accepted"]
