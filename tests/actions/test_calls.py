"""A call for proposals from its draft to its announcement, and all that is refused on the way."""

import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from grappe.actions.admit_applications import Ruling, admit_applications, rule_on_eligibility
from grappe.actions.create_call import change_call, create_call
from grappe.actions.decide_call import announce_results, decide_call, move_up
from grappe.actions.publish_call import appoint_reviewer, cancel_call, close_call, publish_call
from grappe.actions.review_application import declare_conflict, excuse_reviewer, give_review
from grappe.actions.save_application import (
    attach_document,
    reopen_application,
    save_application,
    start_application,
)
from grappe.actions.submit_application import submit_application, withdraw_application
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Forbidden, InputRefused, Refused
from grappe.domain.roles import Role
from grappe.policy.call_states import ApplicationState
from grappe.policy.panel import Verdict
from grappe.policy.scheme_files import SHIPPED
from grappe.store.call_standing import ranked_list
from grappe.store.call_values import award_of, score_of
from grappe.store.models import Application, ApplicationVersion, AuditEvent, Call, Letter, PanelDecision
from tests.actions.accounts import grant, quick_passwords  # noqa: F401 - a fixture
from tests.actions.proposals import (
    AFTER,
    ANSWERS,
    BEFORE,
    DEADLINE,
    GRID,
    OPENS,
    PDF,
    published,
    reviewed,
    submitted,
    terms,
    under_review,
    world,
)

SELECTED, RESERVE, REJECTED = ApplicationState.SELECTED, ApplicationState.RESERVE, ApplicationState.REJECTED
OAK, ELM = "orchards.ma-oak", "orchards.dz-elm"
POINTS = {"team": Decimal(1), "plan": Decimal(1)}


@pytest.fixture
def who(store, tmp_path, quick_passwords):  # noqa: F811 - the fixture
    return world(tmp_path)


def problems(error) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in error.value.problems]


def test_a_call_goes_from_its_draft_to_the_award_of_a_contract(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    submitted(who, "elm", "dz-elm", amount="500000")
    call = under_review(who)
    reviewed(who, OAK, first=(4, 4), second=(5, 3))
    reviewed(who, ELM, first=(3, 3), second=(2, 4))
    # Oak: team (4 + 5) / 2, plan (4 + 3) / 2 counted twice: 4.5 + 7. Elm: 2.5 + 7.
    scores = {one.id: score_of(call, one).score for one in call.applications.all()}
    assert scores == {OAK: Fraction(23, 2), ELM: Fraction(19, 2)}
    # 600,000 and 500,000 do not both go into a million.
    listed = ranked_list(call, list(call.applications.all()))
    assert [(one.candidate.application, one.fits) for one in listed] == [(OAK, True), (ELM, False)]
    verdicts = {
        OAK: Verdict(SELECTED, "The best plan.", Decimal(550_000)),
        ELM: Verdict(RESERVE, "Good, beyond the budget."),
    }
    decide_call("orchards", verdicts, by=who["officer"], at=AFTER)
    announce_results("orchards", {OAK: {"fr": "Madame, Monsieur…"}}, by=who["officer"], at=AFTER)
    assert Letter.objects.get().text == "Madame, Monsieur…"
    award = award_of(Application.objects.get(id=OAK), Call.objects.get())
    assert (award.cluster, award.amount, award.currency, award.scheme) == (
        "ma-oak", Decimal(550_000), "MAD", "ma-contract-programme",
    )  # fmt: skip
    verbs = list(AuditEvent.objects.filter(subject="orchards").order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "create_call", "appoint_reviewer", "appoint_reviewer", "publish_call", "close_call",
        "admit_applications", "decide_call", "announce_results",
    ]  # fmt: skip


def test_an_application_is_in_time_until_the_second_before_the_deadline(who):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    save_application(row.id, ANSWERS, by=who["oak"], at=BEFORE)
    attach_document(row.id, "application", "plan.pdf", PDF, by=who["oak"], at=BEFORE)
    with pytest.raises(Refused) as late:
        submit_application(row.id, by=who["oak"], at=DEADLINE)
    assert late.value.code == "deadline_passed"
    assert Application.objects.get().state == "draft"
    assert submit_application(row.id, by=who["oak"], at=BEFORE).submitted_at == BEFORE


def test_nothing_is_applied_for_before_the_call_opens(who):
    create_call("orchards", terms(), by=who["officer"], at=OPENS - timedelta(days=9))
    publish_call("orchards", by=who["officer"], at=OPENS - timedelta(days=2))
    with pytest.raises(Refused, match="call_not_open_yet"):
        start_application("orchards", "ma-oak", by=who["oak"], at=OPENS - timedelta(seconds=1))


def test_an_incomplete_application_is_refused_with_all_that_it_lacks(who):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    save_application(row.id, {"project": "A laboratory"}, by=who["oak"], at=OPENS)
    with pytest.raises(InputRefused) as refused:
        submit_application(row.id, by=who["oak"], at=BEFORE)
    assert problems(refused) == [
        ("answer_missing", "objectives"),
        ("answer_missing", "amount"),
        ("document_missing", "application"),
    ]


def test_an_amount_over_the_cap_is_refused_with_the_line_that_sets_it(who):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    with pytest.raises(InputRefused) as refused:
        save_application(row.id, {"amount": "2000001"}, by=who["oak"], at=OPENS)
    (problem,) = refused.value.problems
    assert (problem.code, problem.params["cap"]) == ("amount_over_cap", "2000000.000")
    assert problem.params["cites"].startswith("l. ")
    assert not ApplicationVersion.objects.exists()


def test_each_saving_is_a_version_and_none_is_overwritten(who):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    save_application(row.id, {"project": "First thought"}, by=who["oak"], at=OPENS)
    save_application(row.id, {"project": "Second thought"}, by=who["oak"], at=OPENS)
    assert [one.answers["project"] for one in row.versions.all()] == ["First thought", "Second thought"]


def test_two_people_of_one_cluster_do_not_overwrite_each_other(who):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    save_application(row.id, {"project": "Mine"}, by=who["oak"], at=OPENS, seen=1)
    with pytest.raises(Refused) as refused:
        save_application(row.id, {"project": "Yours"}, by=who["oak"], at=OPENS, seen=1)
    assert (refused.value.code, refused.value.params["changes"]) == ("changed_meanwhile", "save_application")


def test_the_second_of_two_officers_is_told_what_the_first_changed(who):
    create_call("orchards", terms(), by=who["officer"], at=OPENS)
    change_call("orchards", terms(budget=Decimal(2)), by=who["officer"], at=OPENS, seen=1)
    with pytest.raises(Refused) as refused:
        publish_call("orchards", by=who["officer"], at=OPENS, seen=1)
    assert (refused.value.params["changes"], refused.value.params["who"]) == (
        "change_call",
        "Officer (officer)",
    )


def test_the_terms_of_a_published_call_stand(who):
    published(who)
    with pytest.raises(Refused, match="call_not_now"):
        change_call("orchards", terms(), by=who["officer"], at=OPENS)


def test_a_cluster_applies_once_and_again_only_after_it_withdrew(who):
    published(who)
    first = submitted(who, "oak", "ma-oak")
    with pytest.raises(Refused, match="applied_already"):
        start_application("orchards", "ma-oak", by=who["oak"], at=BEFORE)
    withdraw_application(first.id, by=who["oak"], at=BEFORE)
    assert start_application("orchards", "ma-oak", by=who["oak"], at=BEFORE).id == "orchards.ma-oak.2"


def test_a_submitted_application_is_taken_back_only_before_the_deadline(who):
    published(who)
    row = submitted(who, "oak", "ma-oak")
    with pytest.raises(Refused, match="deadline_passed"):
        reopen_application(row.id, by=who["oak"], at=DEADLINE)
    assert reopen_application(row.id, by=who["oak"], at=BEFORE).state == "draft"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.pdf", b"", "paper_empty"),
        ("plan.exe", b"%PDF-", "paper_of_no_kind"),
        ("plan.pdf", b"<html>", "paper_of_no_kind"),
        ("plan.pdf", b"%PDF-" + b" " * (10 * 1024 * 1024), "paper_too_large"),
    ],
)
def test_a_document_is_what_it_says_it_is_and_of_bearable_size(who, name, content, code):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    with pytest.raises(Refused, match=code):
        attach_document(row.id, "application", name, content, by=who["oak"], at=OPENS)
    assert not row.attachments.exists()


def test_a_newer_document_takes_the_place_of_the_older_which_stays(who):
    published(who)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    for name in ("../../old.pdf", "new.pdf"):
        attach_document(row.id, "application", name, PDF, by=who["oak"], at=OPENS)
    assert [(one.name, one.replaced_at is None) for one in row.attachments.order_by("id")] == [
        ("old.pdf", False),
        ("new.pdf", True),
    ]


def test_the_call_closes_at_its_deadline_and_not_before(who):
    published(who)
    with pytest.raises(Refused, match="deadline_to_come"):
        close_call("orchards", by=who["officer"], at=BEFORE)
    assert close_call("orchards", by=who["officer"], at=DEADLINE).state == "closed"


def test_what_a_condition_surely_excludes_is_not_admitted_unless_the_officer_says_so(who):
    published(who)
    row = submitted(who, "oak", "ma-oak", collaborative_rd="no")
    close_call("orchards", by=who["officer"], at=AFTER)
    admit_applications("orchards", by=who["officer"], at=AFTER)
    row.refresh_from_db()
    assert row.state == "ineligible"
    (finding,) = [one for one in row.findings if one["rule"] == "collaborative_rd"]
    assert (finding["met"], finding["cites"]) == (False, ["l. 357"])


def test_an_officer_admits_against_the_findings_and_the_trace_says_so(who):
    published(who)
    row = submitted(who, "oak", "ma-oak", collaborative_rd="no")
    close_call("orchards", by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="against_findings"):
        admit_applications("orchards", {row.id: Ruling(True, " ")}, by=who["officer"], at=AFTER)
    ruling = Ruling(True, "It joins a laboratory in May.")
    admit_applications("orchards", {row.id: ruling}, by=who["officer"], at=AFTER)
    assert Application.objects.get().state == "admitted"
    assert AuditEvent.objects.get(verb="admit_application").detail["against_findings"] is True


def test_a_cluster_of_another_country_is_not_eligible(who):
    published(who)
    submitted(who, "elm", "dz-elm")
    close_call("orchards", by=who["officer"], at=AFTER)
    admit_applications("orchards", by=who["officer"], at=AFTER)
    assert Application.objects.get().state == "ineligible"


def test_what_cannot_be_told_excludes_nobody(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    assert Application.objects.get().state == "admitted"


def test_a_reviewer_with_a_conflict_of_interest_gives_no_opinion_and_is_not_waited_for(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    declare_conflict(OAK, "My brother works there.", by=who["first"], at=AFTER)
    points = {"team": Decimal(1), "plan": Decimal(1)}
    with pytest.raises(Refused, match="review_cannot"):
        give_review(OAK, points, by=who["first"], at=AFTER)
    give_review(OAK, points, by=who["second"], at=AFTER)
    decide_call("orchards", {OAK: Verdict(REJECTED, "Weak.")}, by=who["officer"], at=AFTER)
    assert PanelDecision.objects.get().rank == 1


def test_an_opinion_is_final(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    reviewed(who, OAK, first=(1, 1), second=(1, 1))
    with pytest.raises(Refused, match="review_cannot"):
        give_review(OAK, {"team": Decimal(5), "plan": Decimal(5)}, by=who["first"], at=AFTER)


def test_points_out_of_range_are_refused_one_by_one(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    with pytest.raises(InputRefused) as refused:
        give_review(OAK, {"team": Decimal(6)}, by=who["first"], at=AFTER)
    assert problems(refused) == [("score_missing", "plan"), ("score_out_of_range", "team")]


def test_the_panel_waits_for_every_opinion(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    with pytest.raises(Refused) as refused:
        decide_call("orchards", {OAK: Verdict(REJECTED, "Weak.")}, by=who["officer"], at=AFTER)
    assert (refused.value.code, refused.value.params["count"]) == ("reviews_missing", "2")


def decidable(who) -> None:
    published(who)
    submitted(who, "oak", "ma-oak")
    submitted(who, "elm", "dz-elm")
    under_review(who)
    for one in (OAK, ELM):
        reviewed(who, one, first=(4, 4), second=(4, 4))


def test_a_decision_needs_a_verdict_and_reasons_for_each_within_what_was_asked_and_the_budget(who):
    decidable(who)
    with pytest.raises(InputRefused) as refused:
        decide_call("orchards", {OAK: Verdict(SELECTED, " ", Decimal(700_000))}, by=who["officer"], at=AFTER)
    assert problems(refused) == [
        ("verdict_missing", "verdict"),
        ("reasons_missing", "reasons"),
        ("amount_over_asked", "amount"),
    ]
    both = {one: Verdict(SELECTED, "Good.", Decimal(600_000)) for one in (OAK, ELM)}
    with pytest.raises(InputRefused) as refused:
        decide_call("orchards", both, by=who["officer"], at=AFTER)
    # 600,000 + 600,000 > 1,000,000.
    assert problems(refused) == [("budget_exceeded", "amount")]
    assert not PanelDecision.objects.exclude(verdict="admitted").exists()


def test_a_panel_may_sit_again_until_the_announcement_and_every_decision_stays_on_record(who):
    decidable(who)
    first = {OAK: Verdict(SELECTED, "Good.", Decimal(600_000)), ELM: Verdict(REJECTED, "Late.")}
    second = {OAK: Verdict(RESERVE, "Less good."), ELM: Verdict(SELECTED, "Better.", Decimal(600_000))}
    for verdicts in (first, second):
        decide_call("orchards", verdicts, by=who["officer"], at=AFTER)
    assert Application.objects.get(id=ELM).state == "selected"
    assert [one.verdict for one in Application.objects.get(id=ELM).decisions.all()] == [
        "admitted",
        "rejected",
        "selected",
    ]
    announce_results("orchards", {}, by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="call_not_now"):
        decide_call("orchards", first, by=who["officer"], at=AFTER)


def test_who_is_in_reserve_moves_up_when_somebody_selected_withdraws(who):
    decidable(who)
    verdicts = {OAK: Verdict(SELECTED, "Good.", Decimal(600_000)), ELM: Verdict(RESERVE, "Good too.")}
    decide_call("orchards", verdicts, by=who["officer"], at=AFTER)
    announce_results("orchards", {}, by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="budget_exceeded_by"):
        move_up(ELM, Decimal(500_000), "Money is left.", by=who["officer"], at=AFTER)
    withdraw_application(OAK, by=who["oak"], at=AFTER)
    assert move_up(ELM, Decimal(500_000), "Oak withdrew.", by=who["officer"], at=AFTER).state == "selected"


def test_each_deed_is_for_those_whose_deed_it_is(who):
    with pytest.raises(Forbidden):
        create_call("orchards", terms(), by=who["oak"], at=OPENS)
    with pytest.raises(Forbidden):
        create_call("orchards", terms(country="TN"), by=who["officer"], at=OPENS)
    published(who)
    with pytest.raises(Forbidden):
        start_application("orchards", "ma-oak", by=who["elm"], at=OPENS)
    submitted(who, "oak", "ma-oak")
    with pytest.raises(Forbidden):
        save_application(OAK, {}, by=who["officer"], at=BEFORE)
    under_review(who)
    with pytest.raises(Forbidden):
        give_review(OAK, {}, by=who["officer"], at=AFTER)
    with pytest.raises(Forbidden):
        decide_call("orchards", {}, by=who["first"], at=AFTER)


def test_a_call_is_called_off_with_a_reason(who):
    published(who)
    with pytest.raises(Refused, match="reason_missing"):
        cancel_call("orchards", why=" ", by=who["officer"], at=OPENS)
    assert cancel_call("orchards", why="No budget.", by=who["officer"], at=OPENS).why == "No budget."


def test_terms_that_are_impossible_are_refused_all_at_once(who):
    wrong = terms(
        title={"fr": " "}, closes_at=OPENS - timedelta(days=1), zone="Africa/Nowhere", grid=(*GRID, GRID[0]),
        budget=Decimal(-1), threshold=Decimal(99),
    )  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        create_call("orchards", wrong, by=who["officer"], at=OPENS)
    assert [code for code, _ in problems(refused)] == [
        "call_without_title", "call_zone", "call_closes_before", "criterion_twice", "answer_negative",
        "threshold_beyond",
    ]  # fmt: skip
    with pytest.raises(BadChoice):
        create_call("Not an id", terms(), by=who["officer"], at=OPENS)
    assert not Call.objects.exists()


def test_terms_that_the_scheme_forbids_are_refused_with_its_text(who):
    create_call("others", terms(scheme="dz-technical-centres", country="DZ"), by=who["anyone"], at=OPENS)
    early = {"opens_at": datetime(2012, 3, 1, tzinfo=UTC), "closes_at": datetime(2012, 6, 1, tzinfo=UTC)}
    wrong = terms(country="DZ", currency="DZD", cap=Decimal(2_000_001), budget=Decimal(0), **early)
    with pytest.raises(InputRefused) as refused:
        create_call("orchards", wrong, by=who["anyone"], at=OPENS)
    assert [code for code, _ in problems(refused)] == [
        "terms_zero", "call_country", "call_currency", "cap_beyond_scheme",
    ]  # fmt: skip
    assert "l. 377" in refused.value.problems[-1].params["cites"]
    with pytest.raises(InputRefused) as refused:
        create_call("orchards", terms(scheme="tn-startup-act", country="XX", currency="dirham"),
                    by=who["anyone"], at=OPENS)  # fmt: skip
    assert [code for code, _ in problems(refused)] == [
        "bad_currency", "bad_country", "scheme_for_others", "call_country",
    ]  # fmt: skip


def test_a_call_without_a_country_is_refused_as_such(who):
    with pytest.raises(InputRefused) as refused:
        create_call("orchards", terms(country=""), by=who["anyone"], at=OPENS)
    assert problems(refused) == [("bad_country", "country"), ("call_country", "country")]
    with pytest.raises(Forbidden):
        create_call("orchards", terms(country=""), by=who["officer"], at=OPENS)


def test_the_ceiling_of_the_scheme_holds_where_the_call_sets_none(who):
    early = {"opens_at": datetime(2012, 3, 1, tzinfo=UTC), "closes_at": DEADLINE}
    create_call("orchards", terms(cap=None, **early), by=who["officer"], at=OPENS)
    publish_call("orchards", by=who["officer"], at=OPENS)
    row = start_application("orchards", "ma-oak", by=who["oak"], at=OPENS)
    for amount, code in (("2000000.01", "amount_over_cap"), ("0", "amount_zero")):
        with pytest.raises(InputRefused) as refused:
            save_application(row.id, {"amount": amount}, by=who["oak"], at=OPENS)
        assert problems(refused) == [(code, "amount")]


def test_who_reviews_holds_the_role_and_does_not_run_the_call(who):
    create_call("orchards", terms(), by=who["officer"], at=OPENS)
    for one, code in (("oak", "reviewer_without_role"), ("anyone", "reviewer_runs_call")):
        with pytest.raises(Refused, match=code):
            appoint_reviewer("orchards", who[one].account, by=who["officer"], at=OPENS)


def test_nothing_is_handed_out_while_nobody_reviews(who):
    create_call("orchards", terms(), by=who["officer"], at=OPENS)
    publish_call("orchards", by=who["officer"], at=OPENS)
    submitted(who, "oak", "ma-oak")
    close_call("orchards", by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="no_reviewer"):
        admit_applications("orchards", by=who["officer"], at=AFTER)
    assert Application.objects.get().state == "submitted"


def test_who_speaks_for_an_applicant_gives_no_opinion_on_it(who):
    published(who)
    both = Actor("Both", Role.REVIEWER, who["oak"].account)
    grant(who["oak"].account, Role.REVIEWER, "orchards")
    appoint_reviewer("orchards", both.account, by=who["officer"], at=OPENS)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    with pytest.raises(Refused, match="own_application"):
        give_review(OAK, POINTS, by=both, at=AFTER)
    assert declare_conflict(OAK, "It is mine.", by=both, at=AFTER).state == "conflict"


def test_a_reviewer_who_does_not_answer_is_excused_and_may_come_back(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    first = who["first"].account
    with pytest.raises(Refused, match="reason_missing"):
        excuse_reviewer("orchards", first, "", by=who["officer"], at=AFTER)
    give_review(OAK, POINTS, by=who["second"], at=AFTER)
    excuse_reviewer("orchards", first, "Ill.", by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="nothing_owed"):
        excuse_reviewer("orchards", first, "Ill.", by=who["officer"], at=AFTER)
    decide_call("orchards", {OAK: Verdict(REJECTED, "Weak.")}, by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="call_not_now"):
        give_review(OAK, POINTS, by=who["first"], at=AFTER)


def test_nothing_is_decided_on_what_nobody_has_an_opinion_of(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    for one in ("first", "second"):
        declare_conflict(OAK, "Family.", by=who[one], at=AFTER)
    with pytest.raises(Refused) as refused:
        decide_call("orchards", {OAK: Verdict(REJECTED, "Weak.")}, by=who["officer"], at=AFTER)
    assert (refused.value.code, refused.value.params["applications"]) == ("no_opinion", "Oak Valley")


def test_eligibility_is_put_right_with_reasons_while_applications_are_read(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    with pytest.raises(Refused, match="reason_missing"):
        rule_on_eligibility(OAK, Ruling(False, " "), by=who["officer"], at=AFTER)
    rule_on_eligibility(OAK, Ruling(False, "Its laboratory closed."), by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="not_under_review"):
        give_review(OAK, POINTS, by=who["first"], at=AFTER)
    with pytest.raises(Refused, match="application_cannot"):
        rule_on_eligibility(OAK, Ruling(False, "Again."), by=who["officer"], at=AFTER)
    rule_on_eligibility(OAK, Ruling(True, "It reopened."), by=who["officer"], at=AFTER)
    assert [one.verdict for one in PanelDecision.objects.all()] == ["ineligible", "admitted"]


def test_nobody_is_selected_below_the_lowest_score_nor_for_nothing(who):
    published(who, threshold=Decimal(10))
    submitted(who, "oak", "ma-oak")
    under_review(who)
    reviewed(who, OAK, first=(3, 3), second=(3, 3))
    with pytest.raises(InputRefused) as refused:
        decide_call("orchards", {OAK: Verdict(SELECTED, "Good.", Decimal(0))}, by=who["officer"], at=AFTER)
    # 3 + 2 x 3 is less than 10.
    assert problems(refused) == [("amount_missing", "amount"), ("below_threshold", "verdict")]


def test_what_moves_up_is_held_to_the_same_limits_and_gets_a_letter_of_its_own(who):
    decidable(who)
    verdicts = {OAK: Verdict(SELECTED, "Good.", Decimal(300_000)), ELM: Verdict(RESERVE, "Good too.")}
    decide_call("orchards", verdicts, by=who["officer"], at=AFTER)
    announce_results("orchards", {ELM: {"fr": "En attente"}}, by=who["officer"], at=AFTER)
    with pytest.raises(InputRefused) as refused:
        move_up(ELM, Decimal(650_000), "Money is left.", by=who["officer"], at=AFTER)
    assert problems(refused) == [("amount_over_asked", "amount")]
    later, letter = AFTER + timedelta(days=1), {"fr": "Retenue"}
    move_up(ELM, Decimal(600_000), "Money is left.", letters=letter, by=who["officer"], at=later)
    assert [one.text for one in Letter.objects.order_by("at")] == ["En attente", "Retenue"]


def test_no_refusal_tells_an_applicant_what_was_decided_before_the_announcement(who):
    decidable(who)
    verdicts = {OAK: Verdict(REJECTED, "Weak."), ELM: Verdict(REJECTED, "Weak.")}
    decide_call("orchards", verdicts, by=who["officer"], at=AFTER)
    for seen in (None, 1):
        with pytest.raises(Refused) as refused:
            save_application(OAK, {"project": "More"}, by=who["oak"], at=AFTER, seen=seen)
        assert refused.value.code == "call_not_now"
    assert withdraw_application(OAK, by=who["oak"], at=AFTER).state == "withdrawn"
    announce_results("orchards", {}, by=who["officer"], at=AFTER)
    with pytest.raises(Refused, match="application_cannot"):
        withdraw_application(ELM, by=who["elm"], at=AFTER)


def test_a_call_is_made_under_a_scheme_of_a_folder_of_ones_own(who, settings, tmp_path):
    own, shipped = tmp_path / "schemes", SHIPPED / "ma" / "ma-contract-programme"
    shutil.copytree(shipped, own / "ma" / "ma-orchards")
    head = own / "ma" / "ma-orchards" / "scheme.yml"
    head.write_text(head.read_text("utf-8").replace("id: ma-contract-programme", "id: ma-orchards"), "utf-8")
    settings.SCHEMES = str(own)
    made = create_call("orchards", terms(scheme="ma-orchards"), by=who["officer"], at=OPENS)
    assert made.scheme == "ma-orchards"
