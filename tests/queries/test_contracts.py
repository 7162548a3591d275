"""Contracts, dashboards and alarms as different people see them."""

from datetime import date
from decimal import Decimal

import pytest

from grappe.actions.pay_tranche import pay_tranche
from grappe.actions.set_publication_clause import set_publication_clause
from grappe.domain.errors import Forbidden
from grappe.policy.contract_rights import Clause
from grappe.queries.alarms import list_alarms
from grappe.queries.contract_dashboards import cluster_dashboard, portfolio
from grappe.queries.contracts import contract_indicators, list_contracts, show_contract
from grappe.queries.moment import moment
from tests.actions.accounts import quick_passwords  # noqa: F401 - a fixture
from tests.actions.agreements import day, drafted, reported, running, world
from tests.actions.conftest import store

__all__ = ["store"]

OAK = "orchards-oak"
LATE = date(2017, 3, 31)
"""The report on 2016 was due on 2 March; the first tranche a year before."""


@pytest.fixture
def who(store, tmp_path, quick_passwords):  # noqa: F811 - the fixtures
    return world(tmp_path)


def test_a_contract_that_is_not_signed_is_the_business_of_its_two_sides(who):
    drafted(who)
    for nobody in (None, who["elm"], who["abroad"]):
        assert list_contracts(by=nobody) == []
        with pytest.raises(Forbidden):
            show_contract(OAK, LATE, by=nobody)
    for name in ("officer", "oak"):
        assert [one["id"] for one in list_contracts(by=who[name])] == [OAK]


@pytest.mark.parametrize(
    ("clause", "there", "not_there"),
    [
        (Clause.PRIVATE, set(), {"scoreboard", "tranches", "reports", "trail"}),
        (Clause.RESULTS, {"scoreboard"}, {"tranches", "reports", "trail"}),
        (Clause.ALL, {"scoreboard", "tranches", "reports"}, {"trail", "proofs"}),
    ],
)
def test_everybody_reads_what_the_clause_says(who, clause, there, not_there):
    running(who)
    set_publication_clause(OAK, clause, by=who["officer"], at=day("2016-01-02"))
    shown = show_contract(OAK, LATE)
    assert there <= shown.keys()
    assert not not_there & shown.keys()
    assert {"trail", "proofs", "tranches"} <= show_contract(OAK, LATE, by=who["oak"]).keys()


def test_under_the_widest_clause_drafts_and_reasons_stay_with_the_two_sides(who):
    running(who)
    reported(who, 1, "2017-02-01")
    set_publication_clause(OAK, Clause.ALL, by=who["officer"], at=day("2017-02-02"))
    values = {one["number"]: one["values"] for one in show_contract(OAK, LATE)["reports"]}
    assert values[1]["member_firms"] == 22
    assert values[2] is None


def test_both_sides_stand_beside_each_other_with_their_days_late(who):
    running(who)
    pay_tranche(OAK, 1, amount=Decimal(500_000), by=who["officer"], at=day("2016-03-31"))
    owed = show_contract(OAK, LATE, by=who["oak"])["obligations"]
    told = {(one["side"], one["kind"], one["subject"]): (one["kept"], one["days_late"]) for one in owed}
    # Due on 1 March 2016, paid on the 31st; the report due on 2 March 2017, not there on the 31st.
    assert told["state", "tranche", "1"] == ("kept_late", 30)
    assert told["beneficiary", "report", "1"] == ("late", 29)
    assert told["state", "tranche", "2"] == ("no_day", 0)


def test_a_portfolio_holds_what_its_reader_follows(who):
    running(who)
    found = portfolio(LATE, by=who["officer"])
    (line,) = found["contracts"]
    assert (line["committed"], line["paid"], line["overdue_by_state"]) == (1_500_000, 0, 500_000)
    assert (line["late_reports"], line["risks"]) == (1, ["late_reports"])
    assert [(one["contract"], one["days_late"]) for one in found["late_reports"]] == [(OAK, 29)]
    assert found["by_sector"][0]["sector"] == "1"
    for name in ("abroad", "elm"):
        other = portfolio(LATE, by=who[name])
        assert (other["contracts"], other["not_shown"]) == ([], 1)


def test_a_cluster_sees_what_is_due_and_no_peer_as_long_as_there_are_fewer_than_three(who):
    running(who)
    for number, name in enumerate(("Ash", "Yew"), start=1):
        running(who, id=f"orchards-{number}", cluster=None, cluster_name=name)
    (own,) = cluster_dashboard("ma-oak", LATE, by=who["oak"])["contracts"]
    assert [(one["kind"], one["subject"]) for one in own["due"]] == [("tranche", "1"), ("report", "1")]
    assert {one["peers"] for one in own["results"]} == {None}
    with pytest.raises(Forbidden):
        cluster_dashboard("ma-oak", LATE, by=who["elm"])


def test_indicators_are_computed_from_verified_reports(who):
    running(who)
    reported(who, 1, "2017-02-01")
    rows = {one["indicator"]: one["value"] for one in contract_indicators(OAK, by=who["officer"])}
    # 22 / 20 - 1; 300,000 / 1,200,000.
    assert rows["member_firms"] == pytest.approx(0.1)
    assert rows["self_financing_rate"] == "0.25"
    with pytest.raises(Forbidden):
        contract_indicators(OAK)


def alarm(rule: str, on: str, by=None):
    (one,) = list_alarms(moment(on), cluster="ma-oak", rule=rule, by=by)
    return one["alarms"][0]


def test_an_alarm_that_rests_on_a_report_is_raised_for_its_two_sides_alone(who):
    running(who)
    assert alarm("silent", "2017-07-01", who["oak"])["raised"] is True
    assert alarm("silent", "2017-07-01")["raised"] is None
    # That a contract ends is no secret: its days are public.
    assert alarm("contract_ending", "2018-06-01")["reason"] == "contract_ends_soon"
    assert alarm("contract_ending", "2017-06-01")["raised"] is False


def test_a_contract_that_was_paid_shows_money_that_is_not_of_donors(who):
    running(who)
    assert alarm("donor_only", "2016-06-01")["raised"] is None
    pay_tranche(OAK, 1, amount=Decimal(500_000), by=who["officer"], at=day("2016-03-31"))
    assert alarm("donor_only", "2016-06-01", who["oak"])["reason"] == "other_funding"
    # That a payment was made is in the terms: everybody else cannot tell.
    assert alarm("donor_only", "2016-06-01")["raised"] is None
