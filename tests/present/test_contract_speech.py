"""Contracts in words on their pages, bars of a portfolio, tables of a workbook."""

import re

import pytest

from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.audit_states import AuditState
from grappe.policy.contract_rights import Clause
from grappe.policy.contract_states import ContractState
from grappe.policy.indicators import DENOMINATORS
from grappe.policy.lateness import Kept, Side
from grappe.policy.renewal_states import RenewalState
from grappe.policy.report_states import ReportState
from grappe.policy.scheme_files import scheme
from grappe.policy.tranche_states import TrancheState
from grappe.present.contract_speech import _TABLES, ContractSpeech, contract_word, group_words
from grappe.present.contract_tables import contract_tables, dashboard_tables
from grappe.present.portfolio_bars import portfolio_bars

LAW = scheme("ma-contract-programme")
SPEECH = ContractSpeech(LAW, {}, "en")


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("contract", ContractState), ("report", ReportState), ("tranche", TrancheState),
        ("audit", AuditState), ("renewal", RenewalState), ("side", Side), ("kept", Kept),
        ("publication", Clause), ("denominator", DENOMINATORS),
    ],
)  # fmt: skip
def test_each_code_has_its_word(table, codes):
    assert {str(one) for one in codes} <= set(_TABLES[table])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_is_unknown_stays_as_it_is(language):
    assert contract_word("risk", "new_risk", language) == "new_risk"


def test_a_share_is_told_in_per_cent_and_a_count_as_it_is():
    assert SPEECH.value("0.125", "share") == "12.5 %"
    assert SPEECH.value(20, "share", counted=True) == "20"
    assert SPEECH.value(None, "share") == "—"


def test_a_growth_is_declared_as_a_count():
    field = {"name": "member_firms", "kind": "whole", "unit": "share"}
    assert SPEECH.declared(field) == "Growth in member firms: count at the end of the period"


def test_a_finding_tells_what_was_seen_beside_what_is_needed():
    def finding(rule, seen, needed):
        return {"rule": rule, "seen": seen, "needed": needed}

    assert SPEECH.measured(finding("targets_reached", 7, 12)) == "7 of 12"
    assert SPEECH.measured(finding("positive_audit", "negative", ["positive"])) == (
        "seen: audit negative; needed: audit positive"
    )
    assert SPEECH.measured(finding("ceiling", "1500000", "2000000")) == "seen: 1,500,000; needed: 2,000,000"
    assert SPEECH.measured(finding("positive_audit", None, None)) == ""


def test_what_is_missing_is_named():
    assert SPEECH.missing("member_firms.2") == "Growth in member firms, period 2"
    assert SPEECH.missing("audit") == "an audit"


def test_a_citation_leads_to_its_line_its_statement_or_its_page():
    found = SPEECH.cites(["l. 377", "l. 377", f"statement {'0' * 20}", "Somewhere"])
    assert [one["kind"] for one in found] == ["line", "statement", "page"]
    page = LAW.indicator_sets[0].indicators[0].cites[0]
    assert SPEECH.cites([page.short])[0]["href"] == page.href


def test_a_sector_and_a_state_are_worded_and_a_region_is_not():
    assert group_words("region", "Azroudane", "fr") == "Azroudane"
    assert group_words("region", None, "en") == "unknown"
    assert group_words("state", "running", "en") == "contract running"


def bars(*rows, mirrored=False):
    return portfolio_bars(rows, lambda row: row["name"], str, mirrored=mirrored)


def test_bars_are_as_long_as_their_amounts():
    rows = ({"name": name, "committed": committed, "paid": 0, "overdue_by_state": 0}
            for name, committed in (("a", 400), ("b", 100)))  # fmt: skip
    found = re.findall(r'bars__committed" x="[0-9.]+" y="[0-9.]+" width="([0-9.]+)"', bars(*rows))
    # 400 : 100 is 4 : 1.
    assert float(found[0]) == pytest.approx(4 * float(found[1]), rel=0.01)


def test_bars_of_nothing_are_no_drawing():
    assert bars() == ""
    assert bars({"name": "a", "committed": 0, "paid": 0, "overdue_by_state": 0}) == ""


def test_names_are_escaped():
    assert "<b>" not in bars({"name": "<b>", "committed": 1, "paid": 1, "overdue_by_state": 0})


def test_a_workbook_of_a_contract_has_a_line_per_value():
    found = contract_tables({"id": "a", "reports": [{"number": 1, "values": {"x": 2}}], "sides": ["state"]})
    assert found["values"] == [{"report": 1, "name": "x", "value": 2}]
    assert "sides" not in found


def test_a_dashboard_names_the_contract_of_each_row():
    board = {"state": {"due": 1}, "beneficiary": {"due": 0}, "results": []}
    one = {"id": "a", "due": [{"kind": "report"}], "results": [], "scoreboard": board}
    found = dashboard_tables({"contracts": [one]})
    assert found["due"] == [{"contract": "a", "kind": "report"}]
    assert [row["line"] for row in found["scoreboard"]] == ["state", "beneficiary"]
