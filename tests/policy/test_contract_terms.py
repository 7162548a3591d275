"""Terms of contracts, by hand from the study on dated cases, and the laws that always hold."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.errors import BadChoice, InputRefused, Refused
from grappe.policy import scheme
from grappe.policy.award import Award
from grappe.policy.contract_clauses import Clauses
from grappe.policy.contract_targets import indicators_on
from grappe.policy.contract_terms import contract_terms, phase_terms
from grappe.policy.money_parts import even_shares, smallest, split
from grappe.policy.profile import Fact

MOROCCO, PILOT, FARMS = "ma-contract-programme", "tn-pilot-afd", "ma-agri-food-contract"
HALF_THREE_TWO = (Decimal("0.5"), Decimal("0.3"), Decimal("0.2"))


def award(amount: str = "2000000", scheme: str = MOROCCO, currency: str = "MAD", **other) -> Award:
    return Award(
        "award", scheme, None, None, None, "Oak", "MA", Decimal(amount), currency, date(2011, 9, 1), **other
    )


def terms(start: date, amount: str = "2000000", clauses: Clauses | None = None, **other):
    one = award(amount, **other)
    return contract_terms(one, scheme(one.scheme), start, clauses)


def renewal(position: int, start: date, amount: str, **clauses):
    return phase_terms(
        scheme(MOROCCO),
        contract_start=start,
        position=position,
        amount=Decimal(amount),
        currency="MAD",
        clauses=Clauses(**clauses),
        profile={"audit": Fact("positive")},
    )


def found(made) -> dict[str, bool | None]:
    return {one.rule: one.met for one in made.findings}


def test_in_2012_two_millions_over_three_years_are_the_ceiling_and_thirteen_indicators_hold():
    # l. 377 and 392: 2 million dirhams, 3 years; l. 382: thirteen at first. 2012 lies before any change.
    made = terms(date(2012, 1, 1))
    assert (made.phase.months, made.phase.end) == (36, date(2015, 1, 1))
    assert found(made) == {"ceiling": True}
    assert (made.indicators.version, made.indicators.count) == ("initial", 13)


def test_in_2012_a_dirham_more_is_refused_with_its_citation():
    with pytest.raises(Refused) as refused:
        terms(date(2012, 1, 1), "2000000.01")
    assert (refused.value.code, refused.value.params["cap"]) == ("amount_over_ceiling", "2000000")
    assert refused.value.params["cites"].startswith("l. 377, ")


def test_in_2016_nobody_can_tell_whether_the_ceiling_still_held():
    # l. 392: eased "since the study of 2014", told in March 2019.
    made = terms(date(2016, 1, 1), "3000000")
    assert found(made) == {"amount_in_force": None, "ceiling": None, "indicators_in_force": None}
    (ceiling,) = [one for one in made.findings if one.rule == "ceiling"]
    assert ceiling.missing == ("parameter:rule_change",)


def test_in_2020_the_amount_is_modulable_and_four_indicators_hold():
    made = terms(date(2020, 1, 1), "3000000")
    assert found(made) == {}
    assert [one.id for one in made.indicators.indicators] == [
        "member_firms", "collaborative_rd_projects", "startups_created", "self_financing_rate",
    ]  # fmt: skip


def test_once_the_day_of_the_change_is_assumed_the_answer_of_2016_is_sure():
    from grappe.domain.dates import PartialDate

    known = scheme(MOROCCO).assuming({"rule_change": PartialDate("2017-01")})
    with pytest.raises(Refused, match="amount_over_ceiling"):
        contract_terms(award("3000000"), known, date(2016, 1, 1))
    assert indicators_on(known, date(2018, 1, 1))[0].version == "later"


def test_a_first_renewal_lasts_two_years_from_the_end_of_the_first_phase():
    # l. 377: "une première fois pour une durée de deux ans".
    made = renewal(1, date(2016, 1, 1), "900000")
    assert (made.start, made.end, made.months) == (date(2019, 1, 1), date(2021, 1, 1), 24)
    assert [one.amount for one in made.tranches] == [450_000, 450_000]


def test_a_second_renewal_lasts_three_years_and_its_money_falls():
    # l. 377: after these five years, three more, degressive.
    made = renewal(2, date(2016, 1, 1), "1000000", shares=HALF_THREE_TWO)
    assert (made.start, made.end, made.degressive) == (date(2021, 1, 1), date(2024, 1, 1), True)
    assert [one.amount for one in made.tranches] == [500_000, 300_000, 200_000]


def test_a_third_renewal_is_foreseen_by_nobody():
    with pytest.raises(Refused, match="no_further_phase"):
        renewal(3, date(2016, 1, 1), "1")


def test_by_the_other_reading_the_extension_has_the_length_that_both_sides_agree_on():
    # l. 392: "prolongée de deux ou trois ans, voire plus".
    def extension(**clauses):
        return phase_terms(
            scheme(MOROCCO), contract_start=date(2019, 7, 1), position=1, amount=Decimal(1), currency="MAD",
            clauses=Clauses(**clauses), reading="open_extension", profile={"audit": Fact("positive")},
        )  # fmt: skip

    with pytest.raises(Refused, match="phase_without_length"):
        extension()
    assert extension(months=36).end == date(2025, 7, 1)


def test_the_tunisian_pilot_of_2012_lasts_two_years_without_a_ceiling():
    # l. 831: "pendant deux ans".
    made = terms(date(2012, 9, 1), "123456.789", scheme=PILOT, currency="TND")
    assert made.phase.end == date(2014, 9, 1)
    assert "ceiling" not in found(made)
    assert [one.amount for one in made.phase.tranches] == [Decimal("61728.395"), Decimal("61728.394")]


def test_agri_food_contracts_follow_the_same_lengths_under_another_ministry():
    made = terms(date(2018, 3, 1), "5000000", scheme=FARMS)
    assert (made.phase.months, made.phase.tranches[0].planned_on) == (36, date(2018, 3, 1))


def test_a_contract_begun_on_the_31st_does_not_drift():
    made = terms(date(2020, 1, 31), clauses=Clauses(report_months=1))
    starts = [one.start for one in made.phase.periods]
    assert starts[:3] == [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31)]
    assert made.phase.end == date(2023, 1, 31)


def test_before_the_first_contracts_of_september_2011_there_is_no_scheme():
    with pytest.raises(Refused, match="not_in_force"):
        terms(date(2011, 8, 31))


def test_a_version_of_indicators_that_was_surely_not_in_force_cannot_be_chosen():
    with pytest.raises(BadChoice):
        terms(date(2012, 1, 1), clauses=Clauses(indicator_version="later"))
    with pytest.raises(BadChoice):
        terms(date(2020, 1, 1), clauses=Clauses(indicator_version="initial"))


def test_of_the_thirteen_the_source_names_five_so_that_a_contract_may_add_others():
    added = Clauses(targets={"shared_lab": {1: Decimal(1)}})
    (target,) = terms(date(2012, 1, 1), clauses=added).targets
    assert (target.indicator, target.cites) == ("shared_lab", ())
    with pytest.raises(InputRefused):
        terms(date(2020, 1, 1), clauses=added)


def test_an_award_in_another_currency_than_the_scheme_is_refused():
    with pytest.raises(BadChoice):
        terms(date(2012, 1, 1), currency="EUR")


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        (("0.5", "0.6"), "shares_do_not_fit"),
        (("0.2",) * 5, "shares_do_not_fit"),
        (("1.5", "-0.5"), "shares_do_not_fit"),
    ],
)
def test_shares_of_tranches_add_up_and_find_a_report_to_wait_for(shares, code):
    with pytest.raises(InputRefused) as refused:
        terms(date(2012, 1, 1), clauses=Clauses(shares=tuple(Decimal(one) for one in shares)))
    assert [one.code for one in refused.value.problems] == [code]


def test_a_reporting_period_has_a_month_or_more():
    with pytest.raises(InputRefused):
        terms(date(2012, 1, 1), clauses=Clauses(report_months=0))


STARTS = st.dates(date(2011, 10, 1), date(2030, 12, 31))
AMOUNTS = st.decimals(0, 2_000_000, places=3)
SHARES = st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any)


@given(STARTS, AMOUNTS, st.integers(1, 40))
def test_tranches_add_up_and_periods_follow_each_other_without_gap(start, amount, months):
    phase = terms(start, str(amount), Clauses(report_months=months)).phase
    assert sum(one.amount for one in phase.tranches) == amount
    edges = [(one.start, one.end) for one in phase.periods]
    assert (edges[0][0], edges[-1][1]) == (phase.start, phase.end)
    assert all(first[1] == second[0] for first, second in itertools.pairwise(edges))
    assert all(start < end for start, end in edges)
    assert [one.due_on - one.end for one in phase.periods] == [timedelta(days=60)] * len(edges)


@given(AMOUNTS, SHARES, st.sampled_from(["MAD", "TND", "DZD"]))
def test_parts_add_up_are_payable_and_fall_where_their_shares_fall(amount, weights, currency):
    shares = sorted((Fraction(one, sum(weights)) for one in weights), reverse=True)
    parts = split(amount, shares, currency)
    assert sum(parts) == amount
    assert all(part % smallest(currency) == 0 for part in parts[1:])
    assert all(later <= earlier for earlier, later in itertools.pairwise(parts))
    assert all(
        abs(Fraction(part) - Fraction(amount) * share) <= len(parts)
        for part, share in zip(parts, shares, strict=True)
    )


def test_parts_of_nothing_or_of_more_than_a_whole_are_refused():
    for amount, shares in ((Decimal(-1), even_shares(2)), (Decimal(1), [Decimal("0.9")])):
        with pytest.raises(ValueError, match="add up"):
            split(amount, shares, "MAD")
    with pytest.raises(ValueError, match="one part"):
        even_shares(0)
