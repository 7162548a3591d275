"""Who sees what of a call and its applications."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from grappe.actions.create_call import create_call
from grappe.actions.decide_call import announce_results, decide_call
from grappe.actions.publish_call import publish_call
from grappe.actions.review_application import declare_conflict, give_review
from grappe.actions.save_application import attach_document, save_application, start_application
from grappe.actions.submit_application import submit_application
from grappe.domain.actor import Actor
from grappe.domain.errors import Forbidden, UnknownThing
from grappe.domain.roles import Role
from grappe.policy.call_states import ApplicationState
from grappe.policy.panel import Verdict
from grappe.present.call_letters import Decided, letters
from grappe.queries.applications import (
    application_to_review,
    attachment,
    live_check,
    my_application,
    review_desk,
)
from grappe.queries.call_letters import decided_on
from grappe.queries.calls import call_page, desk, list_calls
from grappe.store.models import Attachment
from tests.actions.accounts import account, quick_passwords
from tests.actions.conftest import store
from tests.actions.proposals import (
    AFTER,
    ANSWERS,
    BEFORE,
    DEADLINE,
    OPENS,
    PDF,
    published,
    reviewed,
    submitted,
    terms,
    under_review,
    world,
)

__all__ = ["quick_passwords", "store"]
OAK, ELM = "orchards.ma-oak", "orchards.dz-elm"
POINTS = {"team": Decimal(4), "plan": Decimal(4)}
ANYBODY = Actor("Anybody", "reader")


@pytest.fixture
def who(store, tmp_path, quick_passwords):
    return world(tmp_path)


def test_a_draft_is_for_its_officers(who):
    create_call("orchards", terms(), by=who["officer"], at=OPENS)
    assert list_calls() == []
    assert [one["id"] for one in list_calls(who["officer"])] == ["orchards"]
    assert call_page("orchards", who["officer"])["runs"]
    with pytest.raises(UnknownThing):
        call_page("orchards", who["oak"])


def test_deadlines_are_told_by_the_clocks_of_the_country(who):
    published(who)
    # 16:00 UTC in June 2017: Casablanca was an hour ahead, out of Ramadan (27 May to 25 June: back to UTC).
    assert list_calls()[0]["closes_at"] == "2017-06-14T16:00:00+00:00"


def test_an_applicant_sees_eligibility_change_with_an_answer(who):
    published(who)
    unsure = live_check("orchards", {}, "en")
    assert unsure["met"] is None
    assert "collaborative_rd" in unsure["missing"]
    refused = live_check("orchards", {"collaborative_rd": "no", "amount": "-1"}, "en")
    assert refused["met"] is False
    assert [one["field"] for one in refused["problems"]] == ["amount"]


def test_an_applicant_is_not_told_before_the_announcement(who):
    published(who)
    submitted(who, "oak", "ma-oak", collaborative_rd="no")
    under_review(who)
    assert my_application(OAK, who["oak"], "en")["state"] == "submitted"
    decide_call("orchards", {}, by=who["officer"], at=AFTER)
    announce_results("orchards", {OAK: {"fr": "Bonjour"}}, by=who["officer"], at=AFTER)
    told = my_application(OAK, who["oak"], "en")
    assert (told["state"], told["letters"]) == ("ineligible", {"fr": "Bonjour"})


def test_a_cluster_reads_its_own_application_alone(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    with pytest.raises(Forbidden):
        my_application(OAK, who["elm"], "en")
    document = Attachment.objects.get()
    assert attachment(document.pk, who["oak"]).pk == document.pk
    # Reviewers read what was admitted, and nothing before.
    with pytest.raises(Forbidden):
        attachment(document.pk, who["first"])
    under_review(who)
    assert attachment(document.pk, who["first"]).pk == document.pk
    with pytest.raises(Forbidden):
        attachment(document.pk, who["elm"])


def test_opinions_are_independent_until_all_are_given(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    give_review(OAK, POINTS, by=who["first"], at=AFTER)
    assert application_to_review(OAK, who["second"])["opinions"] == []
    assert application_to_review(OAK, who["first"])["opinions"] == []
    assert len(application_to_review(OAK, who["officer"])["opinions"]) == 1
    give_review(OAK, POINTS, by=who["second"], at=AFTER)
    assert len(application_to_review(OAK, who["first"])["opinions"]) == 2


def test_a_reviewer_with_a_conflict_of_interest_does_not_read_on(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    declare_conflict(OAK, "Family.", by=who["first"], at=AFTER)
    with pytest.raises(Forbidden):
        application_to_review(OAK, who["first"])
    assert [one["review"] for one in review_desk("orchards", who["first"])["applications"]] == ["conflict"]


def test_the_desk_ranks_within_the_budget(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    submitted(who, "elm", "dz-elm")
    under_review(who)
    reviewed(who, OAK, first=(4, 4), second=(4, 4))
    reviewed(who, ELM, first=(3, 4), second=(4, 4))
    lines = desk("orchards", who["officer"])["applications"]
    # 4 + 2 x 4 of 15, and half a point less; 600,000 twice is more than a million.
    assert [(one["id"], one["score"], one["rank"], one["fits"]) for one in lines] == [
        (OAK, 12.0, 1, True),
        (ELM, 11.5, 2, False),
    ]
    with pytest.raises(Forbidden):
        desk("orchards", who["first"])


def test_results_name_the_selected_and_the_reserve_and_nobody_else(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    submitted(who, "elm", "dz-elm")
    under_review(who)
    for one in (OAK, ELM):
        reviewed(who, one, first=(4, 4), second=(4, 4))
    verdicts = {
        OAK: Verdict(ApplicationState.SELECTED, "Good.", Decimal(600_000)),
        ELM: Verdict(ApplicationState.REJECTED, "Too late."),
    }
    decide_call("orchards", verdicts, by=who["officer"], at=AFTER)
    assert call_page("orchards", ANYBODY)["results"] is None
    announce_results("orchards", {}, by=who["officer"], at=AFTER)
    (line,) = call_page("orchards", ANYBODY)["results"]
    assert (line["cluster"], line["verdict"], line["amount"]) == ("ma-oak", "selected", "600000.000")


@pytest.mark.parametrize("verdict", ["selected", "reserve", "rejected", "ineligible"])
def test_a_letter_says_the_same_in_three_languages(verdict):
    told = letters(
        Decided(
            cluster="Oak Valley",
            title={"fr": "Appel des vergers"},
            authority={"fr": "Ministère", "en": "Ministry", "ar": "الوزارة"},
            submitted="2017-06-14",
            decided="2017-09-01",
            count=2,
            verdict=verdict,
            reasons="Bon projet.",
            amount=Decimal("600000.5") if verdict == "selected" else None,
            currency="MAD",
        )
    )
    assert set(told) == {"fr", "en", "ar"}
    for text in told.values():
        assert "Oak Valley" in text
        assert "Appel des vergers" in text
        assert "Bon projet." in text
        assert ("MAD" in text) == (verdict == "selected")


def test_nobody_but_its_cluster_reads_an_application_that_is_being_written(who):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    with pytest.raises(Forbidden):
        application_to_review(row.id, who["officer"])


def test_the_drafts_of_another_country_are_not_listed(who):
    create_call("orchards", terms(), by=who["officer"], at=OPENS)
    assert list_calls(account("tunis", Role.OFFICER, "TN")) == []


def test_a_call_is_said_to_be_open_by_the_clock(who):
    published(who)
    told = [list_calls(at=at)[0]["standing"] for at in (OPENS, BEFORE, DEADLINE)]
    assert told == ["published", "published", "over"]
    create_call("pears", terms(), by=who["officer"], at=OPENS)
    publish_call("pears", by=who["officer"], at=OPENS)
    assert call_page("pears", at=OPENS - timedelta(seconds=1))["standing"] == "to_open"


def test_reviewers_still_read_what_they_reviewed(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    reviewed(who, OAK, first=(4, 4), second=(4, 4))
    verdict = {OAK: Verdict(ApplicationState.REJECTED, "Late.")}
    decide_call("orchards", verdict, by=who["officer"], at=AFTER)
    assert [one["id"] for one in review_desk("orchards", who["first"])["applications"]] == [OAK]


def test_the_officer_reads_conflicts_and_the_trace_of_an_application(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    declare_conflict(OAK, "Family.", by=who["first"], at=AFTER)
    page = application_to_review(OAK, who["officer"])
    assert page["silent"] == [{"reviewer": "First", "state": "conflict", "why": "Family."}]
    assert [one["verb"] for one in page["trace"]] == [
        "start_application", "save_application", "attach_document", "submit_application", "admit_application",
        "declare_conflict",
    ]  # fmt: skip
    assert application_to_review(OAK, who["second"])["trace"] == []


def test_a_letter_tells_days_where_the_call_is_made_and_what_would_be_decided(who):
    # Half past eleven at night in London is the next day in Casablanca, an hour ahead in that September.
    late = datetime(2017, 9, 1, 23, 30, tzinfo=UTC)
    published(who, closes_at=late + timedelta(minutes=1))
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    save_application(row.id, ANSWERS, by=who["oak"], at=OPENS)
    attach_document(row.id, "application", "plan.pdf", PDF, by=who["oak"], at=OPENS)
    submit_application(row.id, by=who["oak"], at=late)
    told = decided_on(row.id, who["officer"], late, verdict="selected", amount=Decimal(5))
    assert (told.submitted, told.decided, told.count, told.amount) == ("2017-09-02", "2017-09-02", 1, 5)
