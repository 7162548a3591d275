"""Which clusters meet the conditions of a scheme, on the orchard and on the shipped census."""

import pytest

from grappe.domain.interval import Interval
from grappe.queries.eligibility import ask, eligibility, profile
from grappe.queries.moment import moment
from tests.cli.conftest import census
from tests.queries.conftest import orchard

__all__ = ["census", "orchard"]


@pytest.mark.usefixtures("orchard")
def test_a_profile_holds_what_is_told_with_its_statements_and_nothing_else():
    found = profile("ma-oak", moment())
    assert found["members"].value == Interval(30, 30)
    assert found["sector"].value == "1"
    assert found["international_visibility"].value is True
    assert "fte" not in found
    assert all(fact.cites for name, fact in found.items() if name != "kind")


@pytest.mark.usefixtures("orchard")
def test_a_target_is_no_number_of_members():
    assert "members" not in profile("dz-elm", moment())


@pytest.mark.usefixtures("orchard")
def test_potential_and_dissolved_clusters_are_not_asked_unless_named():
    asked = {one["cluster"] for one in eligibility("eu-collaboration-platform", moment())["clusters"]}
    assert asked == {"ma-oak", "ma-ash", "dz-elm", "tn-fig"}
    named = eligibility("eu-collaboration-platform", moment(), clusters=["tn-sun"])
    assert [one["cluster"] for one in named["clusters"]] == ["tn-sun"]


@pytest.mark.usefixtures("orchard")
def test_nine_members_are_too_few_until_the_threshold_falls():
    found = ask("eu-collaboration-platform", moment(), changed={"members.min": "9"})
    assert [one.applicant for one in found.moves.enters] == ["tn-fig"]
    # 30 members were enough, 31 needed: the oak goes.
    found = ask("eu-collaboration-platform", moment(), changed={"members.min": "31"})
    assert [one.applicant for one in found.moves.leaves] == ["ma-oak"]


@pytest.mark.usefixtures("census")
def test_a_contract_with_the_ministry_shows_a_priority_sector():
    found = eligibility("ma-contract-programme", moment(), clusters=["ma-ce3m"])
    rule = next(one for one in found["clusters"][0]["findings"] if one["rule"] == "priority_sector")
    assert rule["met"] is True
    assert {"l. 356", "l. 415", "l. 417"} <= set(rule["cites"])


@pytest.mark.usefixtures("census")
def test_the_day_of_the_question_is_the_last_of_the_month_asked():
    assert eligibility("ma-call-2019", moment("2019-03"))["on"] == "2019-03-31"
    late = eligibility("ma-call-2019", moment("2019-07"))
    assert {one["met"] for one in late["clusters"]} == {False}


@pytest.mark.usefixtures("census")
def test_on_an_earlier_day_less_is_known():
    before = profile("ma-ce3m", moment("2012"))
    assert "members" not in before or before["members"].value != profile("ma-ce3m", moment())["members"].value
