"""Contracts in words: states, sides, verbs, rules, labels, and what a problem's gaps stand for."""

from collections.abc import Mapping

from grappe.present.catalogue import DEFAULT, N_, say

CONTRACT_STATES = {
    "prepared": N_("prepared, not signed"),
    "signed_by_state": N_("signed by the State"),
    "signed_by_cluster": N_("signed by the cluster"),
    "running": N_("contract running"),
    "suspended": N_("contract suspended"),
    "under_audit": N_("contract under audit"),
    "renewed": N_("contract renewed"),
    "ended": N_("ended at its term"),
    "terminated": N_("terminated by the State"),
    "left": N_("left by the cluster"),
    "merged": N_("absorbed by another contract"),
}
"""A word per state of a contract."""

REPORT_STATES = {
    "due": N_("to be written"),
    "draft": N_("being written"),
    "submitted": N_("report submitted"),
    "returned": N_("returned to be completed"),
    "verified": N_("report verified"),
    "refused": N_("report refused"),
    "closed": N_("period closed"),
}
"""A word per state of a report."""

TRANCHE_STATES = {
    "planned": N_("planned, condition not met"),
    "due": N_("tranche due"),
    "paid": N_("tranche paid"),
    "withheld": N_("withheld by the officer"),
    "cancelled": N_("tranche cancelled"),
}
"""A word per state of a tranche."""

AUDIT_STATES = {
    "ordered": N_("audit ordered"),
    "positive": N_("audit positive"),
    "negative": N_("audit negative"),
    "called_off": N_("audit called off"),
}
"""A word per state of an audit."""

RENEWAL_STATES = {
    "proposed": N_("renewal proposed"),
    "granted": N_("renewal granted"),
    "refused": N_("renewal refused"),
    "withdrawn": N_("proposal withdrawn"),
}
"""A word per state of a proposal of renewal."""

PROJECT_STAGES = {
    "idea": N_("project idea"),
    "assembled": N_("partners assembled"),
    "labelled": N_("labelled by the cluster"),
    "submitted": N_("submitted to a funder"),
    "funded": N_("project funded"),
    "under_way": N_("project under way"),
    "done": N_("project completed"),
    "dropped": N_("project dropped"),
}
"""A word per stage of a collaborative project."""

LABEL_STATES = {
    "coming": N_("granted, not yet in force"),
    "held": N_("held at present"),
    "ended": N_("no longer held"),
}
"""A word per state of a label."""

SIDES = {"state": N_("the State"), "beneficiary": N_("the cluster")}
"""A word per side of a contract."""

KEPT = {
    "kept": N_("kept in time"),
    "kept_late": N_("kept late"),
    "late": N_("overdue"),
    "not_due": N_("not due yet"),
    "no_day": N_("no day agreed"),
}
"""A word per way in which an obligation stands."""

CLAUSES = {
    "private": N_("The two parties alone read this contract."),
    "results": N_("Everybody reads the scoreboard of this contract."),
    "all": N_("Everybody reads the terms, payments and reports of this contract."),
}
"""A sentence per publication clause."""

CONTRACT_VERBS = {
    "draft_contract": N_("contract drafted"),
    "sign_contract": N_("contract signed"),
    "pay_tranche": N_("tranche paid"),
    "withhold_tranche": N_("tranche withheld"),
    "release_tranche": N_("tranche released"),
    "save_report": N_("report saved"),
    "attach_proof": N_("proof attached"),
    "submit_report": N_("report submitted"),
    "verify_report": N_("report verified"),
    "return_report": N_("report returned"),
    "refuse_report": N_("report found wrong"),
    "close_period": N_("reporting period closed"),
    "order_audit": N_("audit begun"),
    "record_audit": N_("result of the audit recorded"),
    "propose_renewal": N_("renewal put forward"),
    "decide_renewal": N_("renewal decided"),
    "suspend_contract": N_("contract suspended"),
    "resume_contract": N_("contract resumed"),
    "end_contract": N_("contract ended"),
    "terminate_contract": N_("contract terminated"),
    "leave_contract": N_("cluster left"),
    "merge_contract": N_("merger decided"),
    "set_publication_clause": N_("publication clause set"),
    "keep_commitment": N_("commitment recorded as kept"),
    "grant_label": N_("label granted"),
    "end_label": N_("label ended"),
    "save_project": N_("project saved"),
    "save_start_up_case": N_("support to a start-up saved"),
    "save_self_assessment": N_("self-assessment saved"),
    "attach_evidence": N_("evidence attached"),
}
"""A word per action on contracts, labels and projects."""

CONTRACT_RULES = {
    "amount_in_force": N_("Rule in force on the first day"),
    "ceiling": N_("Ceiling of the amount"),
    "indicators_in_force": N_("Indicators in force on the first day"),
    "further_phase": N_("A further phase exists"),
    "targets_reached": N_("Targets reached so far"),
    "reports_in_time": N_("Reports handed in on time"),
}
"""A name per rule of contracts that is no condition of a scheme."""

CONTRACT_CLAUSES = {
    "report_months": N_("Length of a reporting period (months)"),
    "report_days": N_("Time allowed for a report (days)"),
    "payment_days": N_("Time allowed for a payment (days)"),
    "denominator": N_("Denominator of the self-financing rate"),
    "shares": N_("Parts of the amount"),
    "months": N_("Length of the phase (months)"),
    "indicator_version": N_("Version of the indicators"),
}
"""A name per clause that both sides agree on where the scheme is silent."""

MERGER_OUTCOMES = {
    "continues": N_("goes on with the merged cluster"),
    "absorbed": N_("absorbed by the other contract"),
    "ended": N_("brought to its end"),
}
"""A word per outcome of a merger for one contract."""

ALARMS = {
    "donor_only": N_("Money of donors alone"),
    "contract_ending": N_("Contract ending without renewal"),
    "no_facilitator": N_("No facilitator"),
    "host_dependent": N_("Nothing of its own apart from its host"),
    "silent": N_("Silent"),
    "shrinking": N_("Shrinking membership"),
}
"""A name per alarm."""

ALARM_REASONS = {
    "donor_money_only": N_("Its accounts show money of donors ({donor}) and none of any other origin."),
    "other_money": N_("Its accounts show money of other origin than donors ({other})."),
    "other_funding": N_("It has money that is not of donors: {what}."),
    "contract_over": N_("The contract {contract} is over (first day without it: {end}), and no other runs."),
    "contract_ends_soon": N_("The contract {contract} ends before {end}, and no renewal has been granted."),
    "contract_goes_on": N_("The contract {contract} goes on until {end}."),
    "facilitated": N_("A source names who facilitates it ({on})."),
    "not_facilitated": N_("A source says that nobody facilitates it ({on})."),
    "own_website": N_("It has a website of its own."),
    "own_budget": N_("It has a budget of its own."),
    "host_only": N_("Neither its website nor its budget is apart from its host's."),
    "spoke": N_("It spoke for itself on {on}."),
    "no_answer": N_("It was asked ({what}, {asked}) and has not answered."),
    "fewer_members": N_("From {before} members ({since}) to {last} ({on})."),
    "not_fewer_members": N_("No fewer members: from {before} ({since}) to {last} ({on})."),
    "cannot_tell": N_("It cannot be told."),
}
"""A sentence per reason of an alarm."""

ALARM_ANSWERS = {True: N_("alarm"), False: N_("no alarm"), None: N_("cannot tell")}
"""A word per answer of an alarm."""

ALARM_ANSWERED = {"yes": ALARM_ANSWERS[True], "no": ALARM_ANSWERS[False], "cannot_tell": ALARM_ANSWERS[None]}
"""The same words by the codes that a question uses."""

ALARM_FACTS = {
    "incomes": N_("incomes by origin"),
    "own_income": N_("own income"),
    "public_income": N_("public money"),
    "donor_income": N_("money of donors"),
    "total_income": N_("total income"),
    "total_expenditure": N_("total expenditure"),
    "animation_cost": N_("cost of facilitation"),
    "contract": N_("a contract"),
    "facilitator": N_("who facilitates it"),
    "recent_facilitator": N_("who facilitates it today: the fact is older than 24 months"),
    "website": N_("its website"),
    "host_website": N_("the website of its host"),
    "own_budget": N_("whether it has a budget of its own"),
    "recent_fact": N_("a fact from the cluster itself of the last 24 months"),
    "second_count": N_("a second count of its members"),
    "first_count": N_("a first count of its members above zero"),
    "recent_count": N_("a recent count of its members: the last is older than 24 months"),
    "exact_count": N_("exact counts of its members"),
}
"""A word per fact that an alarm or an indicator lacks."""

LABELS = {
    "industry_ministry": N_("Label of the ministry of industry"),
    "agriculture_ministry": N_("Label of the ministry of agriculture"),
    "guarantee_fund": N_("Label of the central guarantee fund"),
    "cluster_project": N_("Label of a cluster for a project"),
    "cluster_startup": N_("Label of a cluster for a start-up"),
    "startup_act": N_("Label of the Startup Act"),
    "european_excellence": N_("European label of excellence"),
}
"""A name per kind of label."""

RECEIVERS = {"cluster": N_("a cluster"), "project": N_("a project"), "startup": N_("a start-up")}
GIVERS = {"authority": N_("an authority"), "cluster": N_("a cluster")}

RIGHTS = {
    "programme_contract": N_("a programme contract that pays for its facilitation"),
    "agri_food_contract": N_("a contract funded by the Plan Maroc Vert"),
    "fund_startups": N_("to allot funds to start-ups"),
    "name_of_cluster": N_("to bear the label of the cluster, granted on the advice of a selection committee"),
    "cluster_support": N_("support of the cluster: innovation, finance, commercial development"),
    "tax_and_finance": N_("tax and financial advantages"),
    "recognised_management": N_("recognised quality of management"),
}
"""A word per right that a label brings."""

DIMENSIONS = {
    "innovation": N_("Support to innovation"),
    "finance": N_("Support to financing"),
    "commercial": N_("Support to commercial development"),
}
"""A word per dimension of the support to start-ups."""

SUPPORT_STEPS = {
    "diagnosis": N_("diagnosis and evaluation of the project"),
    "technologies": N_("technologies identified"),
    "application_file": N_("application file prepared"),
    "project_management": N_("help with project management"),
    "suitable_finance": N_("suitable finance sought"),
    "market_places": N_("accompanied to market places"),
    "fairs": N_("participation in fairs"),
    "networking": N_("meetings with national clients"),
    "order_of_large_group": N_("order of a large group"),
}
"""A word per step of the support to start-ups."""

BENEFITS = {
    "startup_act": N_("advantages of the Startup Act"),
    "guarantee_fund": N_("funds by way of the central guarantee fund"),
}
"""A word per benefit of a start-up."""

_STATES_OF = {
    "contract_cannot": CONTRACT_STATES,
    "contract_not_now": CONTRACT_STATES,
    "report_cannot": REPORT_STATES,
    "report_not_now": REPORT_STATES,
    "tranche_cannot": TRANCHE_STATES,
    "audit_cannot": AUDIT_STATES,
    "renewal_cannot": RENEWAL_STATES,
    "project_cannot": PROJECT_STAGES,
}
"""Which words the states in an error are worded by, by its code."""


def contract_params(code: str, params: Mapping[str, str], language: str = DEFAULT) -> dict[str, str]:
    """What fills a sentence about a contract, with states, verbs, sides, labels and facts in words."""
    worded = dict(params)
    if words := _STATES_OF.get(code):
        for key in ("present", "wanted"):
            if key in worded:
                worded[key] = say(language, words.get(worded[key], worded[key]))
        if "accepted" in worded:
            worded["accepted"] = listed(worded["accepted"], words, language)
    if "changes" in worded:
        worded["changes"] = listed(worded["changes"], CONTRACT_VERBS, language)
    for key, words in (("side", SIDES), ("label", LABELS)):
        if key in worded:
            worded[key] = say(language, words.get(worded[key], worded[key]))
    if code == "renewal_cannot_tell":
        worded["missing"] = listed(
            worded.get("missing", ""), ALARM_FACTS | {"audit": N_("an audit")}, language
        )
    return worded


def listed(codes: str, words: Mapping[str, str], language: str) -> str:
    """Codes parted by commas, in words; a dash for none."""
    found = [say(language, words.get(one.strip(), one.strip())) for one in codes.split(",") if one.strip()]
    return ", ".join(found) or "-"
