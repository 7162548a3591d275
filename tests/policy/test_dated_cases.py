"""A dozen dated cases, recomputed by hand from the study; each says its line and its arithmetic."""

from datetime import date
from decimal import Decimal

import pytest

from grappe.domain.dates import PartialDate
from grappe.domain.errors import Refused
from grappe.policy import contract_schedule, scheme
from grappe.policy.eligibility import eligible
from grappe.policy.profile import Fact

CONTRACT = scheme("ma-contract-programme")
POSITIVE = {"audit": Fact("positive")}


def spans(phases):
    return [(one.start, one.end) for one in phases]


def test_three_years_then_two_then_three_make_eight():
    # l. 377: 3 years, renewed for 2, then for 3. 2016 + 3 = 2019, + 2 = 2021, + 3 = 2024.
    found = contract_schedule(CONTRACT, date(2016, 1, 1), renewals=2, profile=POSITIVE)
    assert spans(found) == [
        (date(2016, 1, 1), date(2019, 1, 1)),
        (date(2019, 1, 1), date(2021, 1, 1)),
        (date(2021, 1, 1), date(2024, 1, 1)),
    ]
    assert sum(one.months for one in found) == (3 + 2 + 3) * 12


def test_the_second_renewal_begins_at_the_end_of_these_five_years():
    # l. 377: "à l'issue de ces 5 ans": 2011-09-20 + 5 years = 2016-09-20.
    found = contract_schedule(CONTRACT, date(2011, 9, 20), renewals=2, profile=POSITIVE)
    assert found[2].start == date(2011 + 5, 9, 20)


def test_the_first_contracts_had_two_million_dirhams_at_most():
    # l. 392: capped at 2 million over 3 years; in 2012 the rule had surely not changed (study of 2014).
    first = contract_schedule(CONTRACT, date(2012, 1, 1))[0]
    assert (first.amount, first.currency, first.basis) == (Decimal(2_000_000), "MAD", "cap")
    assert first.conditions == ()


def test_in_2016_it_cannot_be_told_whether_the_rule_had_changed():
    # l. 392: eased "since the study of 2014"; told in March 2019. The earlier rule is kept, and said
    # to be unsure.
    first = contract_schedule(CONTRACT, date(2016, 1, 1))[0]
    assert first.amount == Decimal(2_000_000)
    assert [(one.rule, one.met, one.missing) for one in first.conditions] == [
        ("amount_in_force", None, ("parameter:rule_change",))
    ]


def test_after_march_2019_the_amount_is_set_case_by_case_and_not_given():
    first = contract_schedule(CONTRACT, date(2019, 7, 1))[0]
    assert (first.amount, first.basis) == (None, "modulable")
    assert [one.missing for one in first.conditions] == [("parameter:modulable_amount",)]


def test_an_assumed_day_of_change_decides_for_2016():
    changed = CONTRACT.assuming({"rule_change": PartialDate("2015-06-01")})
    assert contract_schedule(changed, date(2016, 1, 1))[0].basis == "modulable"
    assert contract_schedule(changed, date(2015, 5, 31))[0].basis == "cap"


def test_no_second_renewal_after_a_negative_audit():
    with pytest.raises(Refused) as refused:
        contract_schedule(CONTRACT, date(2016, 1, 1), renewals=2, profile={"audit": Fact("negative")})
    assert refused.value.code == "renewal_not_allowed"
    assert "l. 377" in refused.value.params["cites"]


def test_a_negative_audit_does_not_touch_the_first_renewal():
    # l. 377 asks for an audit before the second renewal only.
    found = contract_schedule(CONTRACT, date(2016, 1, 1), renewals=1, profile={"audit": Fact("negative")})
    assert [one.phase for one in found] == ["first", "first_renewal"]


def test_without_an_audit_the_second_renewal_cannot_be_told():
    last = contract_schedule(CONTRACT, date(2016, 1, 1), renewals=2)[2]
    assert next((one.rule, one.met) for one in last.conditions) == ("positive_audit", None)


def test_the_other_reading_leaves_the_length_open():
    # l. 392: "deux ou trois ans, voire plus": no number is made of it.
    found = contract_schedule(CONTRACT, date(2016, 1, 1), renewals=1, reading="open_extension")
    assert (found[1].start, found[1].end, found[1].months) == (date(2019, 1, 1), None, None)
    assumed = CONTRACT.assuming({"extension_months": Decimal(24)})
    found = contract_schedule(assumed, date(2016, 1, 1), renewals=1, reading="open_extension")
    assert found[1].end == date(2021, 1, 1)


def test_an_assumed_shape_shares_out_an_assumed_amount_to_the_last_dirham():
    # 0.5 + 0.3 + 0.2 = 1 of 1 500 000: 750 000, 450 000, 300 000.
    assumed = CONTRACT.assuming(
        {
            "second_renewal_amount": Decimal(1_500_000),
            "degression": (Decimal("0.5"), Decimal("0.3"), Decimal("0.2")),
        }
    )
    last = contract_schedule(assumed, date(2016, 1, 1), renewals=2, profile=POSITIVE)[2]
    assert [(one.start.year, one.amount) for one in last.instalments] == [
        (2021, 750_000),
        (2022, 450_000),
        (2023, 300_000),
    ]


@pytest.mark.parametrize(
    ("on", "met"),
    [
        (date(2019, 2, 28), False),
        (date(2019, 3, 10), None),  # launched "in March": the day is not given
        (date(2019, 3, 31), True),
        (date(2019, 6, 14), True),  # l. 371: "jusqu'au 14 juin", that day included
        (date(2019, 6, 15), False),
    ],
)
def test_the_call_of_march_2019_closes_after_14_june(on, met):
    findings = {one.rule: one for one in eligible(scheme("ma-call-2019"), {}, on).findings}
    assert findings["deadline"].met is met
    assert findings["in_force"].met is met


def test_the_tunisian_pilot_lasted_two_years():
    # l. 831: "pendant deux ans", from the agreement of 2012.
    assert contract_schedule(scheme("tn-pilot-afd"), date(2013, 1, 1))[0].end == date(2015, 1, 1)


def test_creative_mediterranean_ran_for_four_years_from_2014():
    # l. 326: launched in 2014 for 4 years: over after 2018.
    creative = scheme("int-creative-mediterranean")
    assert [creative.holds(date(year, 6, 30)) for year in (2013, 2015, 2018, 2019)] == [
        False,
        True,
        None,
        False,
    ]


def test_law_17_02_holds_from_its_day():
    # l. 552: law of 10 January 2017.
    law = scheme("dz-law-17-02")
    assert [law.holds(date(2017, 1, day)) for day in (9, 10)] == [False, True]


def test_three_clusters_of_the_study_fall_short_of_fifteen_members():
    # Bouira 14, early vegetables of the South 13, seafood of Bizerte 11; the platform asks for 15.
    platform = scheme("eu-collaboration-platform")
    for members, met in ((14, False), (13, False), (11, False), (15, True)):
        found = eligible(platform, {"members": Fact(members)}, date(2019, 3, 31))
        assert {one.rule: one.met for one in found.findings}["members"] is met


@pytest.mark.parametrize(
    ("label", "on", "asked"),
    [
        ("eu-excellence-bronze", date(2019, 11, 14), False),
        ("eu-excellence-bronze", date(2019, 11, 15), True),
        ("eu-excellence-silver", date(2019, 11, 14), False),
        ("eu-excellence-silver", date(2019, 11, 15), True),
        ("eu-excellence-gold", date(2019, 11, 15), True),
    ],
)
def test_every_excellence_label_asks_for_the_platform_since_15_november_2019(label, on, asked):
    # "As of November 15, the award of a Quality Label (Bronze, Silver or Gold) is conditional on …".
    found = eligible(scheme(label), {}, on).findings
    assert ("platform" in {one.rule for one in found}) is asked


def test_bronze_lasts_two_years_then_three_and_the_renewal_of_silver_is_not_given():
    bronze = contract_schedule(scheme("eu-excellence-bronze"), date(2020, 2, 1), renewals=1)
    assert [one.end for one in bronze] == [date(2022, 2, 1), date(2025, 2, 1)]
    silver = contract_schedule(scheme("eu-excellence-silver"), date(2020, 2, 1), renewals=1)
    assert [one.end for one in silver] == [date(2022, 2, 1), None]
    assert "parameter:renewal_months" in {name for one in silver[1].conditions for name in one.missing}


@pytest.mark.parametrize(("months", "met"), [(17, False), (18, True), (24, True), (25, False)])
def test_silver_asks_for_a_second_interview_after_one_and_a_half_to_two_years(months, met):
    found = eligible(
        scheme("eu-excellence-silver"), {"months_since_interview": Fact(months)}, date(2020, 1, 1)
    )
    told = {one.rule: one.met for one in found.findings}
    assert (told["earliest"] and told["latest"]) is met


@pytest.mark.parametrize(("years", "met"), [(8, True), (9, False)])
def test_a_start_up_of_tunisia_is_eight_years_old_at_most(years, met):
    found = eligible(scheme("tn-startup-act"), {"age_years": Fact(years)}, date(2019, 3, 31))
    assert {one.rule: one.met for one in found.findings}["age"] is met


def test_the_ceilings_of_the_startup_act_hold_since_its_decree():
    # Law of 17 April 2018; the figures are those of the decree of 11 October 2018.
    big = {"employees": Fact(101), "turnover": Fact(15_000_001), "total_assets": Fact(15_000_000)}
    before = {one.rule for one in eligible(scheme("tn-startup-act"), big, date(2018, 10, 10)).findings}
    assert not before & {"employees", "turnover", "total_assets"}
    after = {
        one.rule: one.met for one in eligible(scheme("tn-startup-act"), big, date(2018, 10, 11)).findings
    }
    assert (after["employees"], after["turnover"], after["total_assets"]) == (False, False, True)


def test_agri_food_clusters_have_the_same_lengths_and_three_amounts_that_nobody_gives():
    # l. 438: "la même procédure de conventionnement"; 3 + 2 + 3 years of l. 377, no amount.
    found = contract_schedule(scheme("ma-agri-food-contract"), date(2019, 4, 1), renewals=2, profile=POSITIVE)
    assert [one.end for one in found] == [date(2022, 4, 1), date(2024, 4, 1), date(2027, 4, 1)]
    missing = [name for one in found for finding in one.conditions for name in finding.missing]
    wanted = {"parameter:amount", "parameter:first_renewal_amount", "parameter:second_renewal_amount"}
    assert wanted <= set(missing)


def test_the_performance_contracts_go_with_the_strategy_of_2014_to_2020():
    # l. 344: "pour la période 2014-2020".
    ecosystems = scheme("ma-industrial-ecosystems")
    assert [ecosystems.holds(date(year, 12, 31)) for year in (2013, 2020, 2021)] == [False, True, False]
