"""What can be wrong with a contract, a report, a label or a project, in words, beside the other problems."""

from grappe.present.catalogue import N_

CONTRACT_PROBLEMS = {
    "amount_negative": N_("is below zero. Write an amount of 0 or more."),
    "no_such_indicator": N_("is no indicator of this contract. Accepted: {accepted}."),
    "target_of_no_period": N_("is a target for period {period}; there are periods 0 to {last}."),
    "value_negative": N_("is below zero. Write 0 or more."),
    "value_not_whole": N_("is not a whole number; this indicator counts things. Write digits only."),
    "value_no_number": N_("is not a number. Write digits, with a point for decimals."),
    "value_missing": N_("is missing: this period has a target for it. Write 0 if there was none."),
    "proof_missing": N_("has no proof. Attach a document that lists what is counted."),
    "incomes_exceed_total": N_(
        "is the sum of the incomes, more than the total of {total}. Correct one of them."
    ),
    "clause_too_small": N_("is too small. Write {least} or more."),
    "shares_do_not_fit": N_("do not fit. Write at most {most} parts of 1, none negative, which add up to 1."),
    "shares_not_falling": N_("rise, and this phase is degressive. Write parts that fall, or stay equal."),
    "no_such_fact": N_("is asked by no checklist of the label. Accepted: {accepted}."),
    "points_over_maximum": N_("is above {most}, the most points of the scale {scale}. Correct it."),
    "scale_not_positive": N_("is not a number above zero. Write one."),
    "scale_effort": N_("is no effort. Write 1, 2 or 3."),
    "title_missing": N_("is empty. Write a name."),
    "lead_missing": N_("is empty. Name the partner that leads."),
    "lead_no_partner": N_("leads and is no partner. Add it to the partners."),
    "too_few_partners": N_(
        "are fewer than two, with the laboratory. A collaborative project has two or more."
    ),
    "currency_missing": N_("is no currency. Write three capitals, such as MAD."),
    "ends_before_start": N_("is not after the first day. Correct the days."),
    "no_such_step": N_("is no step of support. Accepted: {accepted}."),
    "step_in_future": N_("lies in the future. Record it once it is done."),
    "no_such_benefit": N_("is no benefit known here. Accepted: {accepted}."),
}
"""A sentence per code of problem of contracts, labels and projects."""

CONTRACT_ERRORS = {
    "terms_refused": N_("The terms are refused, {count} problem(s); nothing was changed."),
    "report_refused": N_(
        "The report on period {number} of {contract} is refused, {count} problem(s); nothing was changed."
    ),
    "content_refused": N_("{id} is refused, {count} problem(s); nothing was changed."),
    "scale_refused": N_("The point scale in {file} is refused, {count} problem(s)."),
    "not_selected": N_("{cluster} was not selected. A contract is drafted of an award that was announced."),
    "contract_exists": N_("The award {award} has a contract already. Open that one."),
    "contract_cannot": N_(
        "The state of {contract} is: {present}. It cannot become: {wanted}. Possible: {accepted}."
    ),
    "contract_not_now": N_(
        "The state of {contract} is: {present}. This is possible in the states: {accepted}."
    ),
    "contract_not_over": N_("{contract} runs until {end}. Terminate it to end it before."),
    "signed_already": N_("{contract} was signed by {side} on {on}. The other side has to sign."),
    "other_side": N_("You may {capability}, but for the other side: here the role “{duty}” acts."),
    "amount_over_ceiling": N_(
        "{amount} {currency} are above the ceiling of {cap} {currency} ({cites}). Lower the amount."
    ),
    "phase_without_length": N_(
        "The source gives no length of the phase {phase} ({cites}). Agree on its months."
    ),
    "degression_not_given": N_(
        "The phase {phase} is degressive and the source does not say how ({cites}). Agree on the parts."
    ),
    "no_further_phase": N_("The scheme {scheme} gives no further phase. A later call is the way."),
    "tranche_cannot": N_(
        "The state of tranche {number} of {contract} is: {present}. It cannot become: {wanted}."
        " Possible: {accepted}."
    ),
    "payment_differs": N_(
        "Tranche {number} of {contract} is {due} {currency}, not {amount} ({cites}). Pay it in full."
    ),
    "payment_in_future": N_("{on} lies in the future. Record the payment once it is made."),
    "report_cannot": N_(
        "The state of the report on period {number} of {contract} is: {present}. It cannot become: {wanted}."
        " Possible: {accepted}."
    ),
    "report_not_now": N_(
        "The state of the report on period {number} of {contract} is: {present}."
        " It is written in the states: {accepted}."
    ),
    "report_not_late": N_("The report on period {number} of {contract} is in time until {due}. Wait."),
    "period_closed": N_(
        "Period {number} of {contract}, until {end}, is closed. No report on it is taken any more."
    ),
    "period_not_over": N_("Period {number} of {contract} is over on {end}. Submit the report then."),
    "period_not_begun": N_("Period {number} of {contract} begins on {start}. Report on it then."),
    "reports_undecided": N_("{count} report(s) of {contract} await a decision. Decide on them first."),
    "no_audit_awaited": N_("No audit of {contract} is awaited. Order one first."),
    "audit_cannot": N_(
        "The state of the audit of {contract} is: {present}. It cannot become: {wanted}."
        " Possible: {accepted}."
    ),
    "renewal_cannot": N_(
        "The state of the renewal of {contract} is: {present}. It cannot become: {wanted}."
        " Possible: {accepted}."
    ),
    "no_renewal_proposed": N_("No renewal of {contract} is proposed. Propose one first."),
    "renewal_cannot_tell": N_(
        "Whether the phase {phase} is allowed cannot be told: {missing} is lacking ({cites})."
    ),
    "merger_of_currencies": N_(
        "The contracts are in different currencies ({accepted}). Decide on each apart."
    ),
    "commitment_kept": N_("The commitment {code} was recorded as kept on {on}."),
    "label_of_another_kind": N_("{label} goes {accepted}, not {giver} → {receiver} ({cites})."),
    "label_of_another_country": N_("{label} is given in {accepted}, not in {country} ({cites})."),
    "label_of_another_giver": N_("{label} is given by {accepted}, not by {giver} ({cites})."),
    "label_ends_before": N_("A label cannot end on {end} when it begins on {start}. Correct the days."),
    "label_held": N_("{receiver} holds this already: {label}. End the one before."),
    "label_ended": N_("{receiver} lost this on {on}: {label}."),
    "project_cannot": N_(
        "The stage of {project} is: {present}. It cannot become: {wanted}. Possible: {accepted}."
    ),
    "key_of_another": N_("`{id}` belongs to another cluster. Choose another name."),
    "nothing_to_read": N_("This part of {contract} is read by its two parties alone."),
}
"""A sentence per code of error of contracts, labels and projects.

Those that calls share (`changed_meanwhile`, `document_…`) are worded with calls.
"""
