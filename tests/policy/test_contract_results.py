"""Lateness, reported values, autonomy, renewal, scoreboard and rights, by hand."""

from datetime import date
from decimal import Decimal

import pytest

from grappe.domain.errors import Forbidden
from grappe.domain.roles import Capability, Grant, Role
from grappe.policy import scheme
from grappe.policy.autonomy import autonomy_path
from grappe.policy.contract_rights import PUBLISHED, Clause, Part, check_acts_for, parts_for
from grappe.policy.contract_targets import TargetTerms
from grappe.policy.lateness import Kept, Obligation, Side, lateness
from grappe.policy.renewal import renewal_findings
from grappe.policy.reported import Against, against, computed
from grappe.policy.scheme import Indicator
from grappe.policy.scoreboard import rounded_amount, scoreboard

MARCH, JUNE = date(2016, 3, 1), date(2016, 6, 1)


def owed(due: date | None, done: date | None = None, side: Side = Side.STATE, amount: int | None = None):
    money = None if amount is None else Decimal(amount)
    return Obligation(side, "tranche", "1", due, done, money, "MAD")


@pytest.mark.parametrize(
    ("due", "done", "on", "kept", "days"),
    [
        (MARCH, None, date(2016, 3, 1), Kept.NOT_DUE, 0),
        (MARCH, None, date(2016, 3, 2), Kept.LATE, 1),
        (MARCH, date(2016, 3, 1), JUNE, Kept.KEPT, 0),
        (MARCH, date(2016, 3, 31), JUNE, Kept.KEPT_LATE, 30),
        # Paid in July, asked in June: of June it is late.
        (MARCH, date(2016, 7, 1), JUNE, Kept.LATE, 92),
        (None, None, JUNE, Kept.NO_DAY, 0),
        (None, date(2016, 5, 1), JUNE, Kept.KEPT, 0),
    ],
)
def test_an_obligation_is_kept_late_or_not_due_on_a_day(due, done, on, kept, days):
    found = lateness(owed(due, done), on)
    assert (found.kept, found.days) == (kept, days)


def test_growth_is_of_the_members_counted_at_the_start():
    members = Indicator("member_firms", {}, (), formula="growth")
    counts = {0: {"member_firms": Decimal(6)}, 1: {"member_firms": Decimal(20)}}
    ends = {0: date(2008, 1, 1), 1: date(2012, 1, 1)}
    assert computed(members, "member_firms", 1, counts, ends).low == pytest.approx(20 / 6 - 1)
    assert computed(members, "member_firms", 1, {1: counts[1]}, ends).missing == ("second_count",)


def test_a_rate_without_its_denominator_is_no_rate():
    rate = Indicator("self_financing_rate", {}, (), formula="own_share")
    told = {1: {"own_income": Decimal(300), "total_income": Decimal(1200)}}
    assert computed(rate, "x", 1, told, {}).missing == ("parameter:self_financing_denominator",)
    assert computed(rate, "x", 1, told, {}, "total_income").low == Decimal("0.25")


def test_a_target_without_a_result_is_neither_reached_nor_missed():
    target = TargetTerms("patents", 1, Decimal(2), "patents", ())
    patents = Indicator("patents", {}, (), formula="count")
    for value, met in ((2, True), (1, False)):
        result = computed(patents, "patents", 1, {1: {"patents": Decimal(value)}}, {})
        assert against(target, result).met is met
    assert against(target, computed(patents, "patents", 1, {}, {})).met is None


def test_the_path_to_autonomy_says_what_own_income_is_lacking():
    values = {
        1: {"own_income": Decimal(100), "total_expenditure": Decimal(1000)},
        2: {"own_income": Decimal(500), "total_expenditure": Decimal(1000)},
    }
    targets = {1: Decimal("0.2"), 2: Decimal("0.4"), 3: Decimal("0.6")}
    first, second, third = autonomy_path(values, targets, "total_expenditure")
    assert (first.rate, first.gap, first.lacking_income) == (Decimal("0.1"), Decimal("0.1"), Decimal("100.0"))
    assert (second.met, second.gap) == (True, Decimal("-0.1"))
    assert (third.met, third.missing) == (None, ("own_income", "total_expenditure"))


def test_without_a_named_denominator_there_is_no_path():
    (step,) = autonomy_path({1: {"own_income": Decimal(1)}}, {1: Decimal("0.2")}, None)
    assert (step.rate, step.met, step.missing) == (None, None, ("parameter:self_financing_denominator",))


def findings(phases: int, audit: str | None, **other):
    known = {"reading": None, "next_start": date(2019, 1, 1)} | other
    return renewal_findings(scheme("ma-contract-programme"), phases_so_far=phases, audit=audit, **known)


@pytest.mark.parametrize(
    ("phases", "audit", "phase", "allowed"),
    [
        # l. 377: nothing is asked of the first renewal; an audit of the second; there is no third.
        (1, None, "first_renewal", True),
        (1, "negative", "first_renewal", True),
        (2, None, "second_renewal", None),
        (2, "negative", "second_renewal", False),
        (2, "positive", "second_renewal", True),
        (3, "positive", None, False),
    ],
)
def test_a_renewal_follows_the_rule_of_its_phase(phases, audit, phase, allowed):
    found = findings(phases, audit)
    assert ((found.phase.id if found.phase else None), found.allowed) == (phase, allowed)
    assert any(cite.short == "l. 377" for one in found.rules for cite in one.cites)


def test_by_the_other_reading_the_first_extension_already_asks_for_an_evaluation():
    assert findings(1, None, reading="open_extension").allowed is None


def test_results_are_shown_beside_the_rule_and_never_decide():
    missed = Against("patents", 1, Decimal(2), Decimal(0), Decimal(0), None, False, ())
    late = lateness(owed(MARCH, date(2016, 3, 31), Side.BENEFICIARY), JUNE)
    found = findings(1, None, against=[missed], reports=[late])
    assert found.allowed is True
    assert [(one.rule, one.met, one.seen) for one in found.context] == [
        ("targets_reached", False, 0),
        ("reports_in_time", False, 0),
    ]


def test_the_scoreboard_has_both_sides_rounded_and_dated():
    all_owed = [
        owed(MARCH, date(2016, 3, 31), amount=666_668),
        owed(MARCH, None, amount=333_332),
        owed(date(2017, 1, 1), None, amount=1),
        owed(MARCH, MARCH, Side.BENEFICIARY),
    ]
    results = [
        Against("patents", 1, Decimal(3), Decimal(2), Decimal(2), None, False, ()),
        Against("patents", 2, Decimal(3), None, None, None, None, ()),
    ]
    board = scoreboard(all_owed, results, JUNE)
    assert (board.state.due, board.state.kept, board.state.kept_late, board.state.late) == (2, 0, 1, 1)
    # 666,668 + 333,332 is a million exactly; of it 670,000 to two digits; 92 days since March.
    assert (board.state.amount_due, board.state.amount_paid, board.state.longest) == (1_000_000, 670_000, 92)
    assert (board.beneficiary.due, board.beneficiary.kept, board.beneficiary.amount_due) == (1, 1, None)
    # 2 of 3 is 66.7 %, to five points 65.
    assert [(one.percent, one.met) for one in board.results] == [(65, False), (None, None)]
    assert (board.met, board.told, board.on) == (0, 1, JUNE)


def test_amounts_are_rounded_to_two_digits():
    assert [rounded_amount(Decimal(one)) for one in ("0", "9.6", "1249", "1250", "1350")] == [
        0,
        10,
        1200,
        1200,
        1400,
    ]


OFFICER, ABROAD = Grant(Role.OFFICER, "MA"), Grant(Role.OFFICER, "TN")
MANAGER, RIVAL = Grant(Role.MANAGER, "ma-oak"), Grant(Role.MANAGER, "ma-elm")


def reads(*grants: Grant, clause: Clause = Clause.PRIVATE, cluster: str | None = "ma-oak") -> frozenset[Part]:
    return parts_for(grants, cluster, "MA", clause)


@pytest.mark.parametrize("grant", [OFFICER, MANAGER, Grant(Role.OFFICER)])
def test_cluster_and_funder_read_everything_whatever_the_clause(grant):
    assert all(reads(grant, clause=clause) == frozenset(Part) for clause in Clause)


@pytest.mark.parametrize(
    "grants", [(), (ABROAD,), (RIVAL,), (Grant(Role.ANALYST),), (Grant(Role.ADMINISTRATOR),)]
)
@pytest.mark.parametrize("clause", list(Clause))
def test_everybody_else_reads_what_the_clause_publishes(grants, clause):
    assert reads(*grants, clause=clause) == PUBLISHED[clause]


def test_files_are_never_public_and_a_clause_only_adds():
    assert PUBLISHED.keys() == set(Clause)
    assert PUBLISHED[Clause.PRIVATE] < PUBLISHED[Clause.RESULTS] < PUBLISHED[Clause.ALL]
    assert all(Part.FILES not in parts for parts in PUBLISHED.values())


def test_an_officer_of_all_countries_does_not_sign_for_a_cluster_and_the_operator_does():
    with pytest.raises(Forbidden):
        check_acts_for(Side.BENEFICIARY, [Grant(Role.OFFICER)], Capability.SIGN, "ma-oak", "MA")
    check_acts_for(Side.STATE, [Grant(Role.OFFICER)], Capability.SIGN, "ma-oak", "MA")
