"""Calls on the command line: the same answers as the pages."""

from decimal import Decimal

import openpyxl
import pytest

from grappe.actions.decide_call import announce_results, decide_call
from grappe.cli.calls import call
from grappe.cli.main import grappe
from grappe.policy.call_states import ApplicationState
from grappe.policy.panel import Verdict
from tests.actions.accounts import quick_passwords
from tests.actions.conftest import store
from tests.actions.proposals import AFTER, published, reviewed, submitted, under_review, world

__all__ = ["quick_passwords", "store"]
OAK = "orchards.ma-oak"


@pytest.fixture
def who(store, tmp_path, quick_passwords, monkeypatch):
    monkeypatch.setitem(grappe.commands, "call", call)
    monkeypatch.setattr("grappe.cli.calls.set_up", lambda: None)
    return world(tmp_path)


def test_calls_their_applications_and_their_results_are_listed(who, desk, tmp_path):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    reviewed(who, OAK, first=(4, 4), second=(4, 4))
    assert [one["id"] for one in desk("call", "list", "--json").json] == ["orchards"]
    shown = desk("call", "show", "orchards", "--json").json
    assert {"collaborative_rd", "amount"} <= {one["id"] for one in shown["questions"]}
    assert "orchards" in desk("call", "show", "orchards").out
    (line,) = desk("call", "applications", "orchards", "--json").json
    assert (line["id"], line["score"], line["fits"]) == (OAK, 12.0, True)
    assert desk("call", "applications", "orchards", "--xlsx", str(tmp_path / "list.xlsx")).code == 0
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    assert book.sheetnames == ["about", "Applications", "Opinions"]
    heads, row = book["Applications"].values
    told = dict(zip(heads, row, strict=True))
    # 4 + 2 x 4 of 15; 600,000 of a million.
    assert (told["Cluster"], told["Score / 15"], told["Asked for (MAD)"]) == ("Oak Valley", 12, 600_000)
    assert told["Within the budget"] == "fits"
    assert [one[0] for one in book["Opinions"].values] == ["Cluster", "Oak Valley", "Oak Valley"]
    wrong = desk("call", "applications", "orchards", "--xlsx", str(tmp_path / "list.csv"))
    assert (wrong.code, (tmp_path / "list.csv").exists()) == (2, False)
    refused = desk("call", "results", "orchards")
    assert (refused.code, "under examination" in refused.err) == (5, True)
    verdict = {OAK: Verdict(ApplicationState.SELECTED, "Good.", Decimal(500_000))}
    decide_call("orchards", verdict, by=who["officer"], at=AFTER)
    announce_results("orchards", {}, by=who["officer"], at=AFTER)
    (line,) = desk("call", "results", "orchards", "--json").json
    assert (line["cluster"], line["amount"]) == ("ma-oak", "500000.000")


def test_a_call_that_is_not_there_is_named(who, desk):
    answer = desk("call", "show", "nowhere")
    assert (answer.code, "nowhere" in answer.err) == (3, True)
