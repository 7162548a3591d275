"""Calls for proposals in words: states, verbs, and everything that can be refused on the way."""

from collections.abc import Mapping

from grappe.present.catalogue import N_, say
from grappe.present.words import instant

CALL_STATES = {
    "draft": N_("in preparation"),
    "published": N_("open"),
    "to_open": N_("not open yet"),
    "over": N_("deadline passed"),
    "closed": N_("closed, not yet examined"),
    "under_review": N_("under examination"),
    "decided": N_("decided, not yet announced"),
    "announced": N_("results announced"),
    "cancelled": N_("called off"),
}
"""A word per state of a call."""

APPLICATION_STATES = {
    "draft": N_("being written"),
    "submitted": N_("submitted"),
    "admitted": N_("eligible, under examination"),
    "ineligible": N_("not eligible"),
    "selected": N_("selected"),
    "reserve": N_("on the reserve list"),
    "rejected": N_("not selected"),
    "withdrawn": N_("application withdrawn"),
}
"""A word per state of an application."""

REVIEW_STATES = {
    "open": N_("opinion awaited"),
    "conflict": N_("conflict of interest"),
    "given": N_("opinion given"),
    "excused": N_("opinion no longer awaited"),
}
"""A word per state of a review."""

CALL_VERBS = {
    "create_call": N_("call created"),
    "change_call": N_("terms changed"),
    "publish_call": N_("call published"),
    "close_call": N_("call closed"),
    "cancel_call": N_("call called off"),
    "appoint_reviewer": N_("reviewer appointed"),
    "start_application": N_("application started"),
    "save_application": N_("answers saved"),
    "attach_document": N_("document handed in"),
    "submit_application": N_("application submitted"),
    "reopen_application": N_("application taken back"),
    "withdraw_application": N_("application withdrawn"),
    "admit_applications": N_("eligibility decided"),
    "rule_on_eligibility": N_("eligibility put right"),
    "excuse_reviewer": N_("reviewer excused"),
    "admit_application": N_("admitted to examination"),
    "exclude_application": N_("found not eligible"),
    "declare_conflict": N_("conflict of interest declared"),
    "give_review": N_("opinion given"),
    "decide_call": N_("decision of the panel"),
    "decide_application": N_("decision on the application"),
    "announce_results": N_("results announced"),
    "move_up": N_("selected from the reserve list"),
}
"""A word per verb of the trace of a call."""

CALL_PROBLEMS = {
    "call_without_title": N_("is empty. Write a title in one language at least."),
    "call_language": N_("is not a language here. Accepted: {accepted}."),
    "call_zone": N_("is not a time zone. Write one such as Africa/Casablanca."),
    "call_closes_before": N_("is not after the opening, {opens}. Correct one of the two."),
    "terms_zero": N_("is zero. Write an amount, or leave it empty."),
    "scheme_for_others": N_("is a scheme that clusters do not apply to. Choose another."),
    "call_country": N_("is not the country of the scheme, {expected}. Correct one of the two."),
    "call_currency": N_("is not the currency of the scheme, {expected}. Correct it."),
    "cap_beyond_scheme": N_("is above the ceiling of the scheme, {cap} ({cites}). Lower it."),
    "grid_empty": N_("has no criterion. Add one."),
    "criterion_twice": N_("is a criterion twice. Keep one."),
    "threshold_beyond": N_("is more than the most that can be had, {most}. Lower it."),
    "answer_not_asked": N_("is not asked for. Questions: {accepted}."),
    "answer_missing": N_("has no answer. Answer it before you submit."),
    "answer_not_flag": N_("is not an answer to a question of yes or no. Accepted: {accepted}."),
    "answer_not_number": N_(
        "is not a number, or can be read in two ways. Write digits, with a point or a comma before at most "
        "three decimals, and no comma between thousands."
    ),
    "answer_negative": N_("is below zero. Write zero or more."),
    "answer_not_listed": N_("has an empty code. Accepted: {accepted}."),
    "answer_too_long": N_("is longer than {most} characters. Shorten it."),
    "amount_zero": N_("is zero. Write what is asked for."),
    "amount_over_cap": N_("is above the ceiling of {cap} ({cites}). Lower it."),
    "document_missing": N_("is not there. Hand it in before you submit."),
    "score_missing": N_("has no points. Give some, zero included."),
    "score_unknown": N_("is not a criterion. Criteria: {accepted}."),
    "score_out_of_range": N_("is not between 0 and {most}. Correct it."),
    "verdict_on_none": N_("is not among the applications to decide on. Leave it out."),
    "verdict_missing": N_("has no verdict. Choose one of {accepted}."),
    "reasons_missing": N_("are missing. Every decision needs its reasons."),
    "amount_missing": N_("is missing or not above zero. Write what is granted."),
    "below_threshold": N_("is the score, below the lowest that is selected, {threshold}. Do not select it."),
    "amount_over_asked": N_("is more than was asked for, {asked}. Lower it."),
    "budget_exceeded": N_("is granted in all, and the budget is {budget}. Lower some amounts."),
}
"""A sentence per code of problem of a call; it follows the place and the value."""

CALL_ERRORS = {
    "bad_call_id": N_(
        "`{value}` cannot name a call. Use at most {longest} small letters, digits and single hyphens."
    ),
    "call_exists": N_("`{call}` is taken. Choose another name."),
    "call_refused": N_("The call {call} is impossible as it stands, {count} problem(s); nothing was saved."),
    "call_cannot": N_("The state of {call} is: {present}. It cannot become: {wanted}. Possible: {accepted}."),
    "call_not_now": N_("The state of {call} is: {present}. This is possible in the states: {accepted}."),
    "call_not_open_yet": N_("The call {call} opens on {opens}. Come back then."),
    "deadline_passed": N_("The call {call} closed on {closes}: nothing can be handed in any more."),
    "deadline_to_come": N_("The call {call} is open until {closes}, and is not closed before."),
    "changed_meanwhile": N_(
        "{id} was changed meanwhile by {who}: {changes}. Look at it again, then repeat what you did."
    ),
    "reason_missing": N_("A reason is needed. Write why."),
    "reviewer_twice": N_("This person reviews the call {call} already."),
    "reviewer_without_role": N_(
        "This account does not hold the role of reviewer for {call}. Invite them to it first."
    ),
    "reviewer_runs_call": N_("This account runs the call {call}, and does not review it. Appoint another."),
    "no_reviewer": N_("Nobody is appointed to review the call {call}. Appoint somebody first."),
    "nothing_owed": N_("This reviewer owes no opinion on {call}."),
    "against_findings": N_(
        "This decision on {application} is not what its findings say. Give the reasons for it."
    ),
    "own_application": N_(
        "You speak for {application}, and give no opinion on it. Declare the conflict of interest."
    ),
    "no_opinion": N_("Nobody has given an opinion on: {applications}. Appoint another reviewer to {call}."),
    "not_a_reviewer": N_("You are not appointed to review the call {call}. Ask the officer who runs it."),
    "applied_already": N_(
        "{cluster} has applied to {call} already. Take that application back or withdraw it."
    ),
    "application_cannot": N_(
        "The application of {application} is: {present}. It cannot become: {wanted}. Possible: {accepted}."
    ),
    "application_not_draft": N_(
        "The application of {application} is: {present}. Take it back before you change it."
    ),
    "application_refused": N_(
        "The application of {application} cannot be taken, {count} problem(s); nothing was saved."
    ),
    "paper_empty": N_("{name} is empty. Choose another file."),
    "paper_too_large": N_("{name} is larger than {most} MB. Make it smaller."),
    "paper_of_no_kind": N_("{name} is not what it says, or not of a kind that is taken: {accepted}."),
    "too_many_documents": N_("There are {most} documents already, which is all that are taken."),
    "review_cannot": N_("The opinion on {application} is: {present}. It cannot become: {wanted}."),
    "review_refused": N_(
        "The opinion on {application} is incomplete, {count} problem(s); nothing was saved."
    ),
    "conflict_declared": N_("You declared a conflict of interest about {application}, and do not read it."),
    "not_under_review": N_("The application of {application} is: {present}. It is not examined."),
    "reviews_missing": N_("{count} opinion(s) on {call} are still awaited. Decide once they are there."),
    "decision_refused": N_("The decision on {call} cannot be taken, {count} problem(s); nothing was saved."),
    "not_of_the_reserve": N_("The application of {application} is: {present}. Only the reserve moves up."),
    "budget_exceeded_by": N_("{spent} would be granted in all, and the budget is {budget}. Grant less."),
}
"""A sentence per code of error of calls."""

_STATES: Mapping[str, Mapping[str, str]] = {
    "call_cannot": CALL_STATES,
    "call_not_now": CALL_STATES,
    "application_cannot": APPLICATION_STATES,
    "application_not_draft": APPLICATION_STATES,
    "not_under_review": APPLICATION_STATES,
    "not_of_the_reserve": APPLICATION_STATES,
    "review_cannot": REVIEW_STATES,
}


def call_params(code: str, params: Mapping[str, str], language: str) -> dict[str, str]:
    """What fills the gaps of a sentence: states, verbs and instants in words.

    Parameters
    ----------
    code : str
        Of an error of `CALL_ERRORS`.
    params : mapping of str to str
    language : str

    Returns
    -------
    dict

    Examples
    --------
    >>> call_params("call_not_now", {"present": "draft", "accepted": "published,closed"}, "en")
    {'present': 'in preparation', 'accepted': 'open, closed, not yet examined'}
    """
    told = dict(params)
    if (states := _STATES.get(code)) is not None:
        for name in ("present", "wanted", "accepted"):
            if name in told:
                words = [say(language, states[one]) for one in told[name].split(",") if one]
                told[name] = ", ".join(words) or "—"
    if code == "changed_meanwhile":
        told["changes"] = ", ".join(
            say(language, CALL_VERBS.get(one, one)) for one in told["changes"].split(",")
        )
    for name in ("opens", "closes"):
        if name in told:
            told[name] = instant(told[name], language)
    return told
