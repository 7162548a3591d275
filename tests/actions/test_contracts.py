"""A contract from its draft to its end, and all that is refused on the way."""

from datetime import date
from decimal import Decimal

import pytest

from grappe.actions.draft_contract import draft_contract
from grappe.actions.end_contract import (
    end_contract,
    leave_contract,
    resume_contract,
    suspend_contract,
    terminate_contract,
)
from grappe.actions.merge_contracts import Merged, MergerOutcome, MergerVerdict, merge_contracts
from grappe.actions.order_audit import order_audit, record_audit
from grappe.actions.pay_tranche import pay_tranche, release_tranche, withhold_tranche
from grappe.actions.propose_renewal import decide_renewal, propose_renewal
from grappe.actions.save_report import attach_proof, save_report, submit_report
from grappe.actions.set_publication_clause import keep_commitment, set_publication_clause
from grappe.actions.sign_contract import sign_contract
from grappe.actions.verify_report import close_period, refuse_report, return_report, verify_report
from grappe.domain.errors import BadChoice, Forbidden, InputRefused, Refused, UnknownThing
from grappe.policy.audit_states import AuditState
from grappe.policy.contract_clauses import Clauses
from grappe.policy.contract_rights import Clause
from grappe.policy.lateness import Side
from grappe.store.contract_values import results_of
from grappe.store.models import (
    AuditEvent,
    Contract,
    ContractExit,
    ContractReport,
    MergerDecision,
    ReportedValue,
)
from tests.actions.accounts import quick_passwords  # noqa: F401 - a fixture
from tests.actions.agreements import (
    CLAUSES,
    DECIDED,
    PDF,
    SIGNED,
    START,
    YEAR,
    award,
    day,
    drafted,
    reported,
    running,
    world,
)

OAK = "orchards-oak"


@pytest.fixture
def who(store, tmp_path, quick_passwords):  # noqa: F811 - the fixture
    return world(tmp_path)


def problems(error) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in error.value.problems]


def test_a_contract_goes_from_its_draft_to_its_second_renewal_and_its_end(who):
    running(who)
    contract = Contract.objects.get()
    # 1,500,000 in three equal parts, one a year.
    assert [one.amount for one in contract.tranches.all()] == [Decimal(500_000)] * 3
    first = contract.tranches.get(number=1)
    # Signed in December: the first day of the phase counts, and sixty days.
    assert (first.state, first.due_on) == ("due", date(2016, 3, 1))
    pay_tranche(OAK, 1, amount=Decimal(500_000), by=who["officer"], at=day("2016-03-31"))
    reported(who, 1, "2017-02-01")
    assert contract.tranches.get(number=2).due_on == date(2017, 4, 2)
    reported(who, 2, "2018-02-01", member_firms=24)
    reported(who, 3, "2019-01-20", member_firms=30)
    told = {(one.indicator, one.period): one.met for one in results_of(contract)}
    assert told == {
        ("collaborative_rd_projects", 1): True,
        ("collaborative_rd_projects", 2): False,
        ("member_firms", 1): True,
        ("member_firms", 2): False,
        ("self_financing_rate", 1): True,
        ("self_financing_rate", 3): False,
    }
    first_renewal = propose_renewal(OAK, Decimal(900_000), by=who["officer"], at=day("2019-01-25"))
    assert (first_renewal.phase, first_renewal.allowed) == ("first_renewal", True)
    decide_renewal(OAK, True, "Growth of the members.", by=who["officer"], at=day("2019-01-26"))
    order_audit(OAK, "Five years are over soon.", by=who["officer"], at=day("2020-11-02"))
    record_audit(OAK, AuditState.POSITIVE, "Accounts in order.", by=who["officer"], at=day("2020-12-01"))
    shares = Clauses(shares=(Decimal("0.5"), Decimal("0.3"), Decimal("0.2")))
    propose_renewal(OAK, Decimal(600_000), shares, by=who["officer"], at=day("2020-12-10"))
    decide_renewal(OAK, True, "By the audit.", by=who["officer"], at=day("2020-12-11"))
    contract.refresh_from_db()
    assert (contract.state, contract.end) == ("renewed", date(2024, 1, 1))
    assert [one.amount for one in contract.tranches.filter(phase__number=3)] == [300_000, 180_000, 120_000]
    assert [one.start for one in contract.reports.all()] == [date(year, 1, 1) for year in range(2016, 2024)]
    end_contract(OAK, by=who["officer"], at=day("2024-04-01"))
    contract.refresh_from_db()
    assert (contract.state, contract.exit.how, contract.exit.may_return) == ("ended", "ended", True)
    assert {one.state for one in contract.tranches.filter(paid_on=None)} == {"cancelled"}
    assert {one.state for one in contract.reports.filter(number__gt=3)} == {"closed"}


def test_an_award_becomes_one_contract(who):
    drafted(who)
    with pytest.raises(Refused, match="contract_exists"):
        drafted(who)


def test_a_draft_keeps_what_the_scheme_said_and_which_clauses_are_working_values(who):
    row = drafted(who)
    assert row.terms["indicators"]["version"] == "later"
    assert row.clauses["assumed"] == ["report_months", "report_days", "payment_days"]
    assert {one["rule"]: one["met"] for one in row.findings} == {
        "amount_in_force": None,
        "ceiling": True,
        "indicators_in_force": None,
    }
    assert {(one.side, one.code) for one in row.commitments.all()} == {
        ("state", "facilitation_team"),
        ("state", "collaborative_projects"),
        ("beneficiary", "objectives"),
        ("beneficiary", "startup_support"),
    }


def test_an_officer_drafts_contracts_of_their_own_country_only(who):
    with pytest.raises(Forbidden):
        draft_contract(award(), start=START, by=who["abroad"], at=DECIDED)
    with pytest.raises(Forbidden):
        draft_contract(award(), start=START, by=who["oak"], at=DECIDED)
    assert not Contract.objects.exists()


def test_an_amount_over_the_ceiling_of_2012_is_refused_with_its_line(who):
    with pytest.raises(Refused) as refused:
        drafted(who, Clauses(), amount=Decimal(2_000_001), start=date(2012, 1, 1))
    assert refused.value.code == "amount_over_ceiling"
    assert (refused.value.params["cap"], "l. 377" in refused.value.params["cites"]) == ("2000000", True)
    assert not Contract.objects.exists()


def test_each_side_signs_once_and_for_itself(who):
    drafted(who)
    with pytest.raises(Forbidden):
        sign_contract(OAK, Side.BENEFICIARY, by=who["officer"], at=SIGNED)
    with pytest.raises(Forbidden):
        sign_contract(OAK, Side.STATE, by=who["oak"], at=SIGNED)
    with pytest.raises(Forbidden):
        sign_contract(OAK, Side.BENEFICIARY, by=who["elm"], at=SIGNED)
    sign_contract(OAK, Side.BENEFICIARY, by=who["oak"], at=SIGNED)
    assert Contract.objects.get().state == "signed_by_cluster"
    with pytest.raises(Refused, match="signed_already"):
        sign_contract(OAK, Side.BENEFICIARY, by=who["oak"], at=SIGNED)


def test_nothing_is_paid_or_reported_before_both_have_signed(who):
    drafted(who)
    sign_contract(OAK, Side.STATE, by=who["officer"], at=SIGNED)
    with pytest.raises(Refused, match="contract_not_now"):
        pay_tranche(OAK, 1, amount=Decimal(500_000), by=who["officer"], at=SIGNED)
    with pytest.raises(Refused, match="contract_not_now"):
        save_report(OAK, 1, YEAR, by=who["oak"], at=day("2017-01-02"))


def test_the_second_tranche_waits_for_the_verified_report_on_the_first_year(who):
    running(who)
    with pytest.raises(Refused, match="tranche_cannot"):
        pay_tranche(OAK, 2, amount=Decimal(500_000), by=who["officer"], at=day("2017-01-10"))
    reported(who, 1, "2017-01-20")
    pay_tranche(OAK, 2, amount=Decimal(500_000), by=who["officer"], at=day("2017-02-10"))
    with pytest.raises(Refused, match="tranche_cannot"):
        pay_tranche(OAK, 2, amount=Decimal(500_000), by=who["officer"], at=day("2017-02-10"))


@pytest.mark.parametrize("amount", ["499999.99", "500000.01"])
def test_a_payment_is_the_tranche_and_neither_more_nor_less(who, amount):
    running(who)
    with pytest.raises(Refused) as refused:
        pay_tranche(OAK, 1, amount=Decimal(amount), by=who["officer"], at=day("2016-02-01"))
    assert refused.value.code == "payment_differs"
    assert "l. 377" in refused.value.params["cites"]
    assert Contract.objects.get().tranches.get(number=1).state == "due"


def test_no_payment_lies_in_the_future(who):
    running(who)
    with pytest.raises(Refused, match="payment_in_future"):
        pay_tranche(
            OAK, 1, amount=Decimal(500_000), paid_on=date(2016, 2, 2), by=who["officer"], at=day("2016-02-01")
        )


def test_a_withheld_tranche_is_planned_again_until_its_condition_is_met(who):
    running(who)
    withhold_tranche(OAK, 2, "No facilitator.", by=who["officer"], at=day("2016-05-01"))
    assert release_tranche(OAK, 2, by=who["officer"], at=day("2016-06-01")).state == "planned"
    withhold_tranche(OAK, 1, "No account.", by=who["officer"], at=day("2016-06-01"))
    released = release_tranche(OAK, 1, by=who["officer"], at=day("2016-06-02"))
    # The state owes it anew: sixty days from its release.
    assert (released.state, released.due_on) == ("due", date(2016, 8, 1))


def test_a_reason_is_needed_to_withhold(who):
    running(who)
    with pytest.raises(Refused, match="reason_missing"):
        withhold_tranche(OAK, 1, "  ", by=who["officer"], at=day("2016-05-01"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"member_firms": Decimal(-1)}, [("value_negative", "member_firms")]),
        ({"startups_created": Decimal("1.5")}, [("value_not_whole", "startups_created")]),
        ({"unicorns": Decimal(1)}, [("no_such_indicator", "values")]),
        (
            {"own_income": Decimal(9), "donor_income": Decimal(2), "total_income": Decimal(10)},
            [("incomes_exceed_total", "total_income")],
        ),
        ({"own_income": Decimal("NaN")}, [("value_no_number", "own_income")]),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_saved(who, values, expected):
    running(who)
    with pytest.raises(InputRefused) as refused:
        save_report(OAK, 1, values, by=who["oak"], at=day("2017-01-02"))
    assert problems(refused) == expected
    assert not ReportedValue.objects.exists()
    assert ContractReport.objects.get(number=1).state == "due"


def test_a_report_is_submitted_with_every_value_and_proof_and_not_before_its_period_is_over(who):
    running(who)
    save_report(OAK, 1, {"collaborative_rd_projects": Decimal(1)}, by=who["oak"], at=day("2016-06-01"))
    with pytest.raises(Refused, match="period_not_over"):
        submit_report(OAK, 1, by=who["oak"], at=day("2016-12-31"))
    with pytest.raises(InputRefused) as refused:
        submit_report(OAK, 1, by=who["oak"], at=day("2017-01-01"))
    assert set(problems(refused)) == {
        ("value_missing", "member_firms"),
        ("value_missing", "own_income"),
        ("value_missing", "total_income"),
        ("proof_missing", "collaborative_rd_projects"),
    }


def test_a_report_is_not_begun_before_its_period(who):
    running(who)
    with pytest.raises(Refused, match="period_not_begun"):
        save_report(OAK, 2, YEAR, by=who["oak"], at=day("2016-12-31"))


def test_each_saving_stays_and_the_last_one_counts(who):
    running(who)
    save_report(OAK, 1, {"member_firms": Decimal(20)}, by=who["oak"], at=day("2016-06-01"))
    save_report(OAK, 1, {"member_firms": Decimal(22)}, by=who["oak"], at=day("2016-07-01"))
    saved = ReportedValue.objects.filter(name="member_firms").values_list("saving", "value")
    assert list(saved) == [(1, 20), (2, 22)]


def test_a_returned_report_is_completed_and_was_still_handed_in_on_its_first_day(who):
    running(who)
    save_report(OAK, 1, YEAR, by=who["oak"], at=day("2017-01-10"))
    attach_proof(
        OAK,
        1,
        "collaborative_rd_projects",
        "a.pdf",
        PDF,
        by=who["oak"],
        at=day("2017-01-10"),
    )
    submit_report(OAK, 1, by=who["oak"], at=day("2017-01-10"))
    with pytest.raises(Refused, match="report_not_now"):
        save_report(OAK, 1, YEAR, by=who["oak"], at=day("2017-01-11"))
    return_report(OAK, 1, "Which projects?", by=who["officer"], at=day("2017-03-20"))
    report = submit_report(OAK, 1, by=who["oak"], at=day("2017-04-02"))
    assert report.submitted_on == date(2017, 1, 10)
    refuse_report(OAK, 1, "The projects are of another cluster.", by=who["officer"], at=day("2017-04-03"))
    save_report(OAK, 1, YEAR, by=who["oak"], at=day("2017-04-04"))


def test_a_report_for_a_closed_period_is_refused(who):
    running(who)
    with pytest.raises(Refused, match="report_not_late"):
        close_period(OAK, 1, by=who["officer"], at=day("2017-03-02"))
    close_period(OAK, 1, by=who["officer"], at=day("2017-03-03"))
    for act in (
        lambda: save_report(OAK, 1, YEAR, by=who["oak"], at=day("2017-03-04")),
        lambda: submit_report(OAK, 1, by=who["oak"], at=day("2017-03-04")),
        lambda: verify_report(OAK, 1, by=who["officer"], at=day("2017-03-04")),
    ):
        with pytest.raises(Refused, match="period_closed"):
            act()


def test_the_second_of_two_officers_is_told_what_the_first_changed(who):
    seen = running(who).version
    withhold_tranche(OAK, 1, "No account.", by=who["officer"], at=day("2016-02-01"), seen=seen)
    with pytest.raises(Refused) as refused:
        pay_tranche(OAK, 1, amount=Decimal(500_000), by=who["second"], at=day("2016-02-01"), seen=seen)
    assert (refused.value.code, refused.value.params["changes"], refused.value.params["who"]) == (
        "changed_meanwhile",
        "withhold_tranche",
        "Officer (officer)",
    )


def test_two_people_of_one_cluster_do_not_overwrite_each_other(who):
    running(who)
    save_report(OAK, 1, {"member_firms": Decimal(20)}, by=who["oak"], at=day("2016-06-01"), seen=1)
    with pytest.raises(Refused, match="changed_meanwhile"):
        save_report(OAK, 1, {"member_firms": Decimal(21)}, by=who["oak"], at=day("2016-06-01"), seen=1)


def test_the_second_renewal_needs_a_positive_audit(who):
    running(who)
    propose_renewal(OAK, Decimal(1), by=who["officer"], at=day("2018-12-01"))
    decide_renewal(OAK, True, "Go on.", by=who["officer"], at=day("2018-12-02"))
    shares = Clauses(shares=(Decimal("0.5"), Decimal("0.5")))
    proposal = propose_renewal(OAK, Decimal(1), shares, by=who["officer"], at=day("2020-10-01"))
    assert proposal.allowed is None
    with pytest.raises(Refused, match="renewal_cannot_tell") as told:
        decide_renewal(OAK, True, "Go on.", by=who["officer"], at=day("2020-10-02"))
    assert told.value.params["missing"] == "audit"
    order_audit(OAK, "Before the second renewal.", by=who["officer"], at=day("2020-10-03"))
    with pytest.raises(Refused, match="contract_not_now"):
        decide_renewal(OAK, True, "Go on.", by=who["officer"], at=day("2020-10-04"))
    record_audit(OAK, AuditState.NEGATIVE, "No accounts.", by=who["officer"], at=day("2020-11-03"))
    with pytest.raises(Refused) as refused:
        decide_renewal(OAK, True, "Go on.", by=who["officer"], at=day("2020-11-04"))
    assert (refused.value.code, refused.value.params["cites"]) == (
        "renewal_not_allowed",
        "l. 377, statement 1f6629d63269bb5577cd",
    )
    assert (
        decide_renewal(OAK, False, "By the audit.", by=who["officer"], at=day("2020-11-05")).state
        == "refused"
    )


def test_a_degressive_renewal_needs_its_shape_and_falls(who):
    running(who)
    propose_renewal(OAK, Decimal(1), by=who["officer"], at=day("2018-12-01"))
    decide_renewal(OAK, True, "Go on.", by=who["officer"], at=day("2018-12-02"))
    order_audit(OAK, "Five years.", by=who["officer"], at=day("2020-10-03"))
    record_audit(OAK, AuditState.POSITIVE, "In order.", by=who["officer"], at=day("2020-11-03"))
    with pytest.raises(Refused, match="degression_not_given"):
        propose_renewal(OAK, Decimal(9), by=who["officer"], at=day("2020-11-04"))
    rising = Clauses(shares=(Decimal("0.2"), Decimal("0.8")))
    with pytest.raises(InputRefused) as refused:
        propose_renewal(OAK, Decimal(9), rising, by=who["officer"], at=day("2020-11-04"))
    assert problems(refused) == [("shares_not_falling", "shares")]


def test_an_audit_stops_payments_and_its_result_lets_the_contract_go_on(who):
    running(who)
    order_audit(OAK, "A complaint.", by=who["officer"], at=day("2016-02-01"))
    with pytest.raises(Refused, match="contract_not_now"):
        pay_tranche(OAK, 1, amount=Decimal(500_000), by=who["officer"], at=day("2016-02-02"))
    record_audit(OAK, AuditState.NEGATIVE, "No accounts.", by=who["officer"], at=day("2016-03-01"))
    assert Contract.objects.get().state == "running"
    with pytest.raises(Refused, match="no_audit_awaited"):
        record_audit(OAK, AuditState.POSITIVE, "After all.", by=who["officer"], at=day("2016-03-02"))


def test_a_suspension_is_lifted_to_where_the_contract_stood(who):
    running(who)
    suspend_contract(OAK, "The board resigned.", by=who["officer"], at=day("2016-02-01"))
    with pytest.raises(Refused, match="contract_not_now"):
        save_report(OAK, 1, YEAR, by=who["oak"], at=day("2016-02-02"))
    assert resume_contract(OAK, by=who["officer"], at=day("2016-04-01")).state == "running"


def test_a_contract_ends_on_its_last_day_and_with_no_report_undecided(who):
    running(who)
    with pytest.raises(Refused, match="contract_not_over"):
        end_contract(OAK, by=who["officer"], at=day("2018-12-31"))
    save_report(OAK, 3, YEAR, by=who["oak"], at=day("2019-01-02"))
    submit_report(OAK, 3, by=who["oak"], at=day("2019-01-02"))
    with pytest.raises(Refused, match="reports_undecided"):
        end_contract(OAK, by=who["officer"], at=day("2019-01-03"))


def test_a_cluster_leaves_with_a_reason_and_may_answer_a_later_call(who):
    running(who)
    leave_contract(OAK, "Own income suffices.", by=who["oak"], at=day("2017-06-01"))
    left = ContractExit.objects.get()
    assert (left.how, left.may_return, left.by) == ("left", True, "Oak (manager)")
    with pytest.raises(Refused, match="contract_cannot"):
        terminate_contract(OAK, "Too late.", by=who["officer"], at=day("2017-06-02"))


def test_of_two_clusters_that_merge_one_contract_goes_on_and_the_other_is_absorbed(who):
    running(who)
    running(who, id="orchards-ash", cluster=None, cluster_name="Ash")
    merge_contracts(
        {
            OAK: MergerVerdict(MergerOutcome.CONTINUES, "The larger of the two."),
            "orchards-ash": MergerVerdict(MergerOutcome.ABSORBED, "Its work goes on in the other.", OAK),
        },
        Merged("Oak and Ash", "ma-oak"),
        by=who["officer"],
        at=day("2017-06-01"),
    )
    oak, ash = Contract.objects.get(id=OAK), Contract.objects.get(id="orchards-ash")
    assert (oak.state, oak.cluster_name, ash.state) == ("running", "Oak and Ash", "merged")
    assert {one.state for one in ash.tranches.all()} == {"cancelled"}
    told = MergerDecision.objects.get(contract=ash)
    assert (told.other_id, told.from_name, told.into_name) == (OAK, "Ash", "Oak and Ash")


def test_a_merger_is_decided_for_every_contract_or_for_none(who):
    running(who)
    running(who, id="orchards-ash", cluster=None, cluster_name="Ash")
    verdicts = {
        OAK: MergerVerdict(MergerOutcome.CONTINUES, "The larger."),
        "orchards-ash": MergerVerdict(MergerOutcome.ENDED, " "),
    }
    with pytest.raises(Refused, match="reason_missing"):
        merge_contracts(verdicts, Merged("Both"), by=who["officer"], at=day("2017-06-01"))
    assert not MergerDecision.objects.exists()
    verdicts["orchards-ash"] = MergerVerdict(MergerOutcome.ABSORBED, "Why not.", "orchards-ash")
    with pytest.raises(BadChoice):
        merge_contracts(verdicts, Merged("Both"), by=who["officer"], at=day("2017-06-01"))


def test_the_side_to_which_a_commitment_was_owed_says_that_it_was_kept(who):
    running(who)
    with pytest.raises(Forbidden):
        keep_commitment(OAK, "facilitation_team", "Paid.", by=who["officer"], at=day("2016-05-01"))
    keep_commitment(OAK, "facilitation_team", "Team of three.", by=who["oak"], at=day("2016-05-01"))
    with pytest.raises(Refused, match="commitment_kept"):
        keep_commitment(OAK, "facilitation_team", "Again.", by=who["oak"], at=day("2016-05-02"))
    with pytest.raises(UnknownThing):
        keep_commitment(OAK, "rain", "It fell.", by=who["oak"], at=day("2016-05-02"))


def test_every_change_leaves_its_trace(who):
    running(who)
    set_publication_clause(OAK, Clause.RESULTS, by=who["officer"], at=day("2016-05-01"))
    pay_tranche(OAK, 1, amount=Decimal(500_000), by=who["officer"], at=day("2016-05-02"))
    rows = AuditEvent.objects.filter(subject=OAK).order_by("id")
    assert [(one.verb, one.detail["version"]) for one in rows] == [
        ("draft_contract", 1),
        ("sign_contract", 2),
        ("sign_contract", 3),
        ("set_publication_clause", 4),
        ("pay_tranche", 5),
    ]


def test_targets_are_of_the_indicators_and_periods_of_the_contract(who):
    wrong = Clauses(
        indicator_version="later",
        targets={
            "unicorns": {1: Decimal(1)},
            "startups_created": {4: Decimal(1), 1: Decimal("0.5"), 2: Decimal(-1)},
        },
    )
    with pytest.raises(InputRefused) as refused:
        drafted(who, wrong)
    assert problems(refused) == [
        ("no_such_indicator", "targets"),
        ("value_not_whole", "startups_created"),
        ("value_negative", "startups_created"),
        ("target_of_no_period", "startups_created"),
    ]
    assert CLAUSES.targets
