"""The applications to a call as tables to take away: what its officer sees, in words."""

from collections.abc import Mapping, Sequence

from grappe.present.call_words import APPLICATION_STATES, CALL_STATES, REVIEW_STATES
from grappe.present.catalogue import N_, say
from grappe.present.plain import Plain
from grappe.present.policy_words import ELIGIBLE
from grappe.present.words import instant

COLUMNS = {
    "rank": N_("Rank"),
    "name": N_("Cluster"),
    "id": N_("Application"),
    "state": N_("Status"),
    "submitted_at": N_("Submitted"),
    "asked": N_("Asked for"),
    "met": N_("Conditions"),
    "score": N_("Score"),
    "spread": N_("Spread"),
    "opinions": N_("Opinions"),
    "fits": N_("Within the budget"),
    "granted": N_("Granted"),
    "reasons": N_("Reasons"),
}
"""Heading of each column of the list."""
FITS = {True: N_("fits"), False: N_("beyond"), None: N_("the panel decides between equals")}
"""What the budget allows to a ranked application."""
LIST, OPINIONS = N_("Applications"), N_("Opinions")


def application_tables(
    call: Plain, opinions: Mapping[str, Sequence[Plain]], language: str
) -> dict[str, list[Plain]]:
    """The list of applications, and the points that each reviewer gave, as rows by name of table.

    Parameters
    ----------
    call : mapping
        The desk of a call, as `grappe.queries.calls.desk` gives it.
    opinions : rows by application
        Opinions given, each with ``reviewer``, ``state``, ``points`` and ``comments`` by criterion.
    language : str
        Of headings and words; what people wrote stays in theirs.

    Returns
    -------
    dict of list of mapping
        Amounts and scores as numbers; what is not known is empty.
    """
    head = {name: say(language, words) for name, words in COLUMNS.items()}
    head["asked"], head["granted"] = (f"{head[one]} ({call['currency']})" for one in ("asked", "granted"))
    if call["most"]:
        head["score"] = f"{head['score']} / {call['most']:g}"
    rows = [
        {head[name]: value for name, value in _line(one, language).items()} for one in call["applications"]
    ]
    criteria = {
        one["id"]: one["title"].get(language) or next(iter(one["title"].values())) for one in call["grid"]
    }
    return {
        say(language, LIST): rows,
        say(language, OPINIONS): [
            _opinion(one["name"], given, criteria, language)
            for one in call["applications"]
            for given in opinions.get(one["id"], ())
        ],
    }


def about_call(call: Plain, at: str, language: str) -> list[tuple[str, str]]:
    """Lines that say which list this is: of which call, in which state, of which instant."""
    title = call["title"].get(language) or next(iter(call["title"].values()))
    state = say(language, CALL_STATES[call["standing"]])
    budget = f"{call['budget']} {call['currency']}" if call["budget"] else "—"
    return [
        (say(language, N_("Call")), f"{title} ({call['id']})"),
        (say(language, N_("Status")), state),
        (say(language, N_("As of")), instant(at, language)),
        (say(language, N_("Budget")), budget),
    ]


def _line(one: Plain, language: str) -> Plain:
    decision = one["decision"] or {}
    return {
        "rank": one["rank"],
        "name": one["name"],
        "id": one["id"],
        "state": say(language, APPLICATION_STATES[one["state"]]),
        "submitted_at": instant(one["submitted_at"], language) if one["submitted_at"] else None,
        "asked": one["amount"],
        "met": say(language, ELIGIBLE[one["met"]]),
        "score": one["score"],
        "spread": one["spread"],
        "opinions": one["opinions"],
        "fits": say(language, FITS[one["fits"]]) if one["rank"] else None,
        "granted": one["granted"],
        "reasons": decision.get("reasons"),
    }


def _opinion(name: str, given: Plain, criteria: Mapping[str, str], language: str) -> Plain:
    points = {title: given["points"].get(id) for id, title in criteria.items()}
    comments = " · ".join(given["comments"].values())
    return {
        say(language, N_("Cluster")): name,
        say(language, N_("Reviewer")): given["reviewer"],
        say(language, N_("Opinion")): say(language, REVIEW_STATES[given["state"]]),
        **{title: float(value) if value else None for title, value in points.items()},
        say(language, N_("Comments")): comments or None,
    }
