"""Alarms, labels, rehearsals, projects and start-ups as rows of a workbook, worded in one language."""

from collections.abc import Iterable

from grappe.present import contract_words as w
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.contracts import alarm_sentence, facts_words
from grappe.present.plain import Plain
from grappe.present.words import country_name

EFFORTS = {1: N_("small effort"), 2: N_("middling effort"), 3: N_("great effort")}
"""A word per effort of one more point on the scale of the rehearsal."""


def alarm_rows(found: Iterable[Plain], language: str = DEFAULT) -> list[Plain]:
    """Alarms, a row per cluster and alarm, with what is to be collected in a column of its own."""
    return [
        {
            say(language, N_("Cluster")): one["name"] or one["cluster"],
            "id": one["cluster"],
            say(language, N_("Country")): one["country"],
            say(language, N_("Day")): one["on"],
            say(language, N_("Alarm")): say(language, w.ALARMS[alarm["rule"]]),
            say(language, N_("The answer")): say(language, w.ALARM_ANSWERS[alarm["raised"]]),
            say(language, N_("Why")): alarm_sentence(alarm | {"missing": []}, language),
            say(language, N_("To collect")): facts_words(alarm["missing"], language),
            say(language, N_("Source")): alarm["cites"],
        }
        for one in found
        for alarm in one["alarms"]
    ]


def kind_rows(register: Iterable[Plain], language: str = DEFAULT) -> list[Plain]:
    """The kinds of labels with giver, receiver, right, law."""
    return [
        {
            say(language, N_("Label")): say(language, w.LABELS[one["kind"]]),
            say(language, N_("Given by")): one["authority"] or say(language, w.GIVERS[one["giver"]]),
            say(language, N_("For")): say(language, w.RECEIVERS[one["receiver"]]),
            say(language, N_("Right")): say(language, w.RIGHTS[one["right"]]),
            say(language, N_("Country")): one["country"],
            say(language, N_("Scheme")): one["scheme"],
            say(language, N_("Source")): one["cites"],
        }
        for one in register
    ]


def label_rows(labels: Iterable[Plain], language: str = DEFAULT) -> list[Plain]:
    """Labels granted; the end is the first day without the label."""
    return [
        {
            say(language, N_("Label")): say(language, w.LABELS[one["kind"]]),
            say(language, N_("Given by")): one["giver_name"],
            say(language, N_("Receiver")): one["receiver_name"],
            say(language, N_("For")): say(language, w.RECEIVERS[one["receiver_kind"]]),
            say(language, N_("Country")): one["country"],
            say(language, N_("First day")): one["start"],
            say(language, N_("First day without it")): one["end"],
            say(language, N_("Status")): say(language, w.LABEL_STATES[one["state"]]),
        }
        for one in labels
    ]


def awaiting_rows(found: Iterable[Plain], language: str = DEFAULT) -> list[Plain]:
    """Clusters recognised by one authority that await another's label."""
    return [
        {
            say(language, N_("Cluster")): one["name"] or one["cluster"],
            say(language, N_("Recognised by")): one["received_by"],
            say(language, N_("Awaits the label of")): one["awaits"],
            say(language, N_("Source")): one["cites"],
        }
        for one in found
    ]


def rehearsal_tables(found: Plain, language: str = DEFAULT) -> dict[str, list[Plain]]:
    """A rehearsal as sheets: its result, its answers, its cheapest steps, its checklists."""
    names = {one["indicator"]: one["name"][language] for one in found["items"]}
    return {
        say(language, N_("Result")): [
            {
                say(language, N_("Day")): found["on"],
                say(language, N_("Saving")): found["saving"],
                say(language, N_("Score (%)")): found["score_percent"],
                say(language, N_("Needed for gold (%)")): found["needed_percent"],
                say(language, N_("Gap (%)")): found["gap_percent"],
                say(language, N_("Answered")): found["answered"],
                say(language, N_("Indicators")): found["indicators"],
                say(language, N_("Scale")): found["scale"]["id"],
                say(language, N_("About the scale")): found["scale"]["note"].get(language, ""),
            }
        ],
        say(language, N_("Indicators")): [
            {
                say(language, N_("Section")): one["section"],
                say(language, N_("Indicator")): one["name"][language],
                say(language, N_("Points")): one["points"],
                say(language, N_("At most")): one["maximum"],
                say(language, N_("Evidence")): one["evidence"],
                say(language, N_("Source")): one["cites"],
            }
            for one in found["items"]
        ],
        say(language, N_("Next steps")): [
            {
                say(language, N_("Indicator")): names[one["indicator"]],
                say(language, N_("Points more")): one["points"],
                say(language, N_("Effort per point")): say(language, EFFORTS[one["effort"]]),
                say(language, N_("Adds (%)")): one["adds_percent"],
            }
            for one in found["steps"]
        ],
    }


def project_rows(projects: Iterable[Plain], language: str = DEFAULT) -> list[Plain]:
    """Collaborative projects as they were saved last."""
    return [
        {
            say(language, N_("Project")): one["title"],
            "id": one["key"],
            say(language, N_("Cluster")): one["cluster_name"],
            say(language, N_("Country")): country_name(one["country"], language),
            say(language, N_("Lead partner")): one["lead"],
            say(language, N_("Partners")): one["partners"],
            say(language, N_("Laboratory")): one["laboratory"],
            say(language, N_("Funder")): one["funder"],
            say(language, N_("Label")): one["label"],
            say(language, N_("Amount")): one["amount"],
            say(language, N_("Currency")): one["currency"],
            say(language, N_("Stage")): say(language, w.PROJECT_STAGES[one["stage"]]),
            say(language, N_("Start")): one["start"],
            say(language, N_("End")): one["end"],
            say(language, N_("Result")): one["result"],
        }
        for one in projects
    ]


def case_rows(cases: Iterable[Plain], language: str = DEFAULT) -> list[Plain]:
    """Start-ups as their support was saved last."""
    return [
        {
            say(language, N_("Start-up")): one["startup"],
            "id": one["key"],
            say(language, N_("Cluster")): one["cluster_name"],
            say(language, N_("Steps")): [
                f"{step['on']} {say(language, w.SUPPORT_STEPS[step['step']])}" for step in one["steps"]
            ],
            say(language, N_("Fairs")): one["fairs"],
            say(language, N_("Funding sought")): one["sought"],
            say(language, N_("Funding obtained")): one["obtained"],
            say(language, N_("Currency")): one["currency"],
            say(language, N_("Funder")): one["funder"],
            say(language, N_("Label")): say(language, w.LABELS[one["label"]]) if one["label"] else None,
            say(language, N_("Benefits")): [say(language, w.BENEFITS[code]) for code in one["benefits"]],
        }
        for one in cases
    ]


def figure_rows(figures: Iterable[Plain], language: str = DEFAULT) -> list[Plain]:
    """Figures of the support to start-ups, a row per cluster and currency."""
    return [
        {
            say(language, N_("Cluster")): one["cluster_name"],
            say(language, N_("Start-ups")): one["start_ups"],
            **{say(language, words): one[code] for code, words in w.DIMENSIONS.items()},
            say(language, N_("At fairs")): one["at_fairs"],
            say(language, N_("With a label")): one["labelled"],
            say(language, N_("With benefits of a scheme")): one["with_benefits"],
            say(language, N_("Currency")): money["currency"],
            say(language, N_("Funding sought")): money["sought"],
            say(language, N_("Funding obtained")): money["obtained"],
        }
        for one in figures
        for money in one["money"] or [{"currency": None, "sought": None, "obtained": None}]
    ]
