"""The demonstration of the policy desk: played by the actions, invented throughout, apart from every fact."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from grappe.actions.make_demo_policy import make_demo_policy
from grappe.domain.errors import Refused
from grappe.policy.made_up_portfolio import Story, made_up_portfolio
from grappe.queries.contract_dashboards import cluster_dashboard, portfolio
from grappe.queries.contracts import list_contracts, show_contract
from grappe.queries.fiction import watermark
from grappe.queries.labels import list_labels, list_projects, start_up_figures
from grappe.queries.rehearsals import rehearsal_of
from grappe.store.models import Audit, Call, Contract, MergerDecision
from tests.actions.accounts import OPERATOR
from tests.actions.stored import load
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture
def demo(store, tmp_path):
    return make_demo_policy(tmp_path / "demo", by=OPERATOR, at=AT)


def test_twelve_contracts_of_three_calls_go_the_ways_that_contracts_go(demo, tmp_path):
    assert (len(demo.calls), demo.contracts, Call.objects.count()) == (3, 12, 3)
    assert Counter(Contract.objects.values_list("state", flat=True)) == {
        "renewed": 3, "ended": 2, "left": 1, "merged": 1, "terminated": 1, "running": 2,
        "under_audit": 1, "signed_by_state": 1,
    }  # fmt: skip
    assert Counter(Audit.objects.values_list("state", flat=True)) == {
        "positive": 1, "negative": 1, "ordered": 1,
    }  # fmt: skip
    assert sorted(MergerDecision.objects.values_list("outcome", flat=True)) == ["absorbed", "continues"]
    again = make_demo_policy(tmp_path / "demo", by=OPERATOR, at=AT)
    assert (again.made, again.contracts) == (False, 12)


@pytest.mark.parametrize("day", ["2026-01-01", "2026-06-30", "2027-12-31", "2028-02-29"])
def test_it_can_be_made_on_any_day_of_a_year(store, tmp_path, day):
    at = datetime.fromisoformat(f"{day}T09:00+00:00")
    assert make_demo_policy(tmp_path / "demo", by=OPERATOR, at=at).contracts == 12


def test_everything_is_marked_as_invented_and_every_name_says_so(demo):
    assert watermark()
    assert all("fictif" in one.cluster_name for one in Contract.objects.all())
    assert {one.story for one in made_up_portfolio(date(2026, 1, 1))} == set(Story)


def test_inventions_never_enter_a_census(store, tmp_path):
    load(write_world(tmp_path, ORCHARD))
    with pytest.raises(Refused, match="census_store"):
        make_demo_policy(tmp_path / "demo", by=OPERATOR, at=AT)
    assert not Contract.objects.exists()


def test_the_portfolio_adds_up_and_says_what_is_at_risk(demo):
    found = portfolio(TODAY, by=OPERATOR)
    (total,) = found["totals"]
    for name in ("committed", "paid", "overdue_by_state"):
        assert sum(one[name] for one in found["contracts"]) == pytest.approx(float(total[name]))
        assert sum(float(one[name]) for one in found["by_sector"]) == pytest.approx(float(total[name]))
        assert sum(float(one[name]) for one in found["by_region"]) == pytest.approx(float(total[name]))
    late = next(one for one in found["contracts"] if one["cluster_name"] == "Cluster fictif du Solaire")
    assert late["overdue_by_state"] == 600_000
    assert "late_reports" in late["risks"]
    assert found["not_shown"] == 0


def test_nobody_else_reads_the_money_and_the_clause_opens_the_scoreboard_alone(demo):
    public = list_contracts()
    # The contract that the cluster has not signed is not even listed.
    assert len(public) == 11
    assert {one["amount"] for one in public} == {None}
    opened = [one["id"] for one in public if one["publication"] == "results"]
    assert len(opened) == 1
    shown = show_contract(opened[0], TODAY)
    assert shown["parts"] == ["existence", "scoreboard"]
    assert "tranches" not in shown
    assert "reports" not in shown
    assert portfolio(TODAY)["not_shown"] == 12


def test_a_cluster_stands_beside_its_peers(demo):
    (own,) = cluster_dashboard("fiction-cluster-01", TODAY, by=OPERATOR)["contracts"]
    first = next(one for one in own["results"] if one["indicator"] == "member_firms" and one["period"] == 1)
    assert first["peers"]["peers"] >= 3


def test_labels_projects_start_ups_and_a_rehearsal_stand_beside_the_contracts(demo):
    assert Counter(one["state"] for one in list_labels(TODAY)) == {"held": 4, "ended": 1}
    (project,) = list_projects()
    assert (project["stage"], project["saving"], project["funder"]) == ("done", 5, "Fonds fictif")
    (figures,) = start_up_figures()
    assert (figures["start_ups"], figures["innovation"], figures["money"][0]["obtained"]) == (1, 1, 180_000)
    found = rehearsal_of("fiction-cluster-01", TODAY, by=OPERATOR)
    # Points 3, 4 and 2 of 4 on 31 indicators of equal weight: (0.75 + 1 + 0.5) / 31.
    assert found["score_percent"] == pytest.approx(100 * 2.25 / 31, abs=0.05)
