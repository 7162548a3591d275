"""Letters to those who answered a call, in three languages: what was decided, how much, why."""

from dataclasses import dataclass
from decimal import Decimal

from grappe.domain.vocabulary import LANGUAGES
from grappe.present.catalogue import N_, say
from grappe.present.words import day, number

SUBJECT = N_("Subject: call for proposals “{title}”, decision on the application of {cluster}")
OPENING = N_("Dear Sir or Madam,")
EXAMINED = N_(
    "The application that {cluster} submitted on {submitted} was examined. "
    "Applications received for this call: {count}."
)
RECEIVED = N_(
    "The application that {cluster} submitted on {submitted} was received. "
    "Applications received for this call: {count}."
)
"""Instead of `EXAMINED`, to those who were found not eligible."""
VERDICTS = {
    "selected": N_("It has been selected. The support granted amounts to {amount}."),
    "reserve": N_(
        "It has been placed on the reserve list. It may be selected if a successful applicant withdraws."
    ),
    "rejected": N_("It has not been selected."),
    "ineligible": N_("It is not eligible, and was not examined further."),
}
"""A sentence per outcome."""
REASONS = N_("Reasons of the panel: {reasons}")
CONDITIONS = N_("Conditions that are not met: {conditions}.")
NEXT = {
    "selected": N_("A contract setting out the commitments of both sides will be proposed to you."),
    "reserve": N_("You will be informed of any change."),
    "rejected": N_("You may answer a later call."),
    "ineligible": N_("You may answer a later call."),
}
"""What follows, per outcome."""
CLOSING = N_("Yours faithfully,")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a letter says of one application.

    `reasons` are in the language in which the panel wrote them: they are quoted, not translated.
    `conditions` are the names of conditions that are not met, per language.
    """

    cluster: str
    title: dict[str, str]
    authority: dict[str, str]
    submitted: str
    decided: str
    count: int
    verdict: str
    reasons: str = ""
    amount: Decimal | None = None
    currency: str = ""
    conditions: tuple[dict[str, str], ...] = ()


def letter(decided: Decided, language: str) -> str:
    """A letter in one language, as plain text.

    Parameters
    ----------
    decided : Decided
    language : str

    Returns
    -------
    str
        Paragraphs parted by an empty line; the first is the authority and the day.
    """
    title = decided.title.get(language) or next(iter(decided.title.values()))
    authority = decided.authority.get(language, "")
    amount = (
        f"{number(float(decided.amount), language)} {decided.currency}" if decided.amount is not None else "—"
    )
    parts = [
        f"{authority}\n{day(decided.decided, language)}",
        say(language, SUBJECT, title=title, cluster=decided.cluster),
        say(language, OPENING),
        say(
            language,
            RECEIVED if decided.verdict == "ineligible" else EXAMINED,
            cluster=decided.cluster,
            submitted=day(decided.submitted, language),
            count=decided.count,
        ),
        say(language, VERDICTS[decided.verdict], amount=amount),
    ]
    if decided.conditions:
        names = "; ".join(one[language] for one in decided.conditions)
        parts.append(say(language, CONDITIONS, conditions=names))
    if decided.reasons:
        parts.append(say(language, REASONS, reasons=decided.reasons))
    return "\n\n".join([*parts, say(language, NEXT[decided.verdict]), say(language, CLOSING)]) + "\n"


def letters(decided: Decided) -> dict[str, str]:
    """The letter in each of the three languages."""
    return {language: letter(decided, language) for language in LANGUAGES}
