"""Eligibility and what-if: verdicts, waivers, changed thresholds, who enters and who leaves."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.errors import BadChoice, UnknownThing
from grappe.policy import scheme
from grappe.policy.eligibility import eligible, thresholds, with_changes
from grappe.policy.profile import Fact
from grappe.policy.what_if import what_if
from tests.policy.made_up import SCHEME, orchard

DAY = date(2019, 3, 31)
PLATFORM = scheme("eu-collaboration-platform")
WHOLE = {
    "kind": Fact("cluster"),
    "fte": Fact(1),
    "english_website": Fact(True),
    "members": Fact(20),
    "member_kinds": Fact(3),
    "public_link": Fact(True),
    "recognised": Fact(False),
}


def without(name):
    return {key: fact for key, fact in WHOLE.items() if key != name}


def rules(answer):
    return {one.rule: one.met for one in answer.findings}


def test_all_conditions_met_make_eligible():
    assert eligible(PLATFORM, WHOLE, DAY).met is True


@pytest.mark.parametrize("name", ["fte", "english_website", "members"])
def test_one_unknown_fact_cannot_be_told_and_is_to_be_collected(name):
    answer = eligible(PLATFORM, without(name), DAY)
    assert (answer.met, answer.missing) == (None, (name,))


def test_one_unmet_condition_decides_even_beside_unknown_ones():
    answer = eligible(PLATFORM, {"members": Fact(14)}, DAY)
    assert answer.met is False


def test_a_waiver_that_is_shown_does_away_with_what_it_lifts():
    answer = eligible(PLATFORM, WHOLE | {"members": Fact(9), "recognised": Fact(True)}, DAY)
    assert (answer.met, "members" in answer.waived) == (True, True)
    assert rules(answer)["members"] is False  # the finding stays in sight


def test_a_waiver_that_nobody_has_shown_does_not_count_but_is_named():
    answer = eligible(PLATFORM, without("recognised") | {"members": Fact(9)}, DAY)
    assert (answer.met, answer.unless, answer.missing) == (False, ("recognised",), ("recognised",))


def test_a_waiver_cannot_lift_what_it_does_not_name():
    answer = eligible(PLATFORM, WHOLE | {"english_website": Fact(False), "recognised": Fact(True)}, DAY)
    assert answer.met is False


def test_a_cluster_is_no_start_up():
    assert rules(eligible(scheme("tn-startup-act"), {"kind": Fact("cluster")}, DAY))["receiver"] is False


def test_a_start_up_of_nine_years_is_too_old():
    young = {"kind": Fact("startup"), "country": Fact("TN"), "age_years": Fact(9)}
    assert rules(eligible(scheme("tn-startup-act"), young, DAY))["age"] is False


def test_a_condition_of_the_decree_is_not_asked_before_it():
    facts = {"employees": Fact(200)}
    before = eligible(scheme("tn-startup-act"), facts, date(2018, 5, 1))
    assert "employees" not in rules(before)
    assert rules(eligible(scheme("tn-startup-act"), facts, DAY))["employees"] is False


def test_another_country_is_not_eligible():
    assert rules(eligible(scheme("ma-contract-programme"), {"country": Fact("TN")}, DAY))["country"] is False


def test_a_scheme_out_of_force_is_met_by_nobody():
    assert rules(eligible(scheme("ma-industrial-ecosystems"), {}, date(2021, 1, 1)))["in_force"] is False


def test_what_may_not_be_in_force_excludes_nobody(tmp_path: Path):
    text = SCHEME.replace(
        "{id: members, kind: min,", "{id: members, valid_from: {parameter: later_rule}, kind: min,"
    )
    facts = {"kind": Fact("cluster"), "country": Fact("XX"), "members": Fact(5)}
    one = orchard(tmp_path, text)
    assert [eligible(one, facts, date(year, 1, 1)).met for year in (2013, 2015, 2017)] == [True, None, False]


def test_a_threshold_is_changed_by_its_name():
    assert rules(eligible(PLATFORM, {"members": Fact(12)}, DAY, {"members.min": "10"}))["members"] is True
    assert rules(eligible(PLATFORM, WHOLE, DAY, {"members.min": "21"}))["members"] is False


def test_a_parameter_is_assumed_by_its_name():
    contract = scheme("ma-contract-programme")
    facts = {"sector": Fact("1")}
    assert rules(eligible(contract, facts, DAY))["priority_sector"] is None
    assert rules(eligible(contract, facts, DAY, {"priority_sectors": "1,3"}))["priority_sector"] is True


def test_the_closing_day_of_a_call_is_a_threshold():
    call = scheme("ma-call-2019")
    late = date(2019, 6, 20)
    assert rules(eligible(call, {}, late))["deadline"] is False
    assert rules(eligible(call, {}, late, {"deadline.window": "2019-06-30"}))["deadline"] is True


@pytest.mark.parametrize("name", ["members", "members.max", "nothing.min", "website.flag"])
def test_an_unknown_threshold_lists_those_there_are(name):
    with pytest.raises(UnknownThing) as unknown:
        with_changes(PLATFORM, {name: "1"})
    assert "members.min" in unknown.value.params["accepted"]


@pytest.mark.parametrize("value", ["ten", "-1", "", "1e3"])
def test_a_threshold_that_is_no_number_is_refused(value):
    with pytest.raises(BadChoice):
        with_changes(PLATFORM, {"members.min": value})


def test_a_changed_rule_leaves_the_published_one_alone():
    with_changes(PLATFORM, {"members.min": "10"})
    assert thresholds(PLATFORM)["members.min"].needed == 15


MEMBERS = {"nine": 9, "twelve": 12, "fourteen": 14, "twenty": 20}
FOUR = {name: WHOLE | {"members": Fact(count)} for name, count in MEMBERS.items()}


def test_a_lower_threshold_lets_in_and_a_higher_one_puts_out():
    lower = what_if(PLATFORM, FOUR, DAY, {"members.min": "10"})
    assert [one.applicant for one in lower.enters] == ["twelve", "fourteen"]
    assert lower.leaves == ()
    higher = what_if(PLATFORM, FOUR, DAY, {"members.min": "21"})
    assert [one.applicant for one in higher.leaves] == ["twenty"]
    assert [one.fails for one in higher.leaves] == [("members",)]


def test_whoever_enters_may_still_lack_facts():
    found = what_if(PLATFORM, {"a": {"members": Fact(12)}}, DAY, {"members.min": "10"})
    (one,) = found.enters
    assert (one.before.met, one.after.met, one.passes) == (False, None, ("members",))


@given(st.integers(0, 40), st.integers(0, 40), st.lists(st.integers(0, 40), max_size=6))
def test_nobody_leaves_under_a_lower_threshold(low, high, members):
    low, high = sorted((low, high))
    base = with_changes(PLATFORM, {"members.min": str(high)})
    profiles = {str(n): WHOLE | {"members": Fact(count)} for n, count in enumerate(members)}
    found = what_if(base, profiles, DAY, {"members.min": str(low)})
    assert found.leaves == ()
    assert {one.applicant for one in found.enters} == {
        str(n) for n, m in enumerate(members) if low <= m < high
    }
