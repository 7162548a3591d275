"""Readings in words: uses of lines, states, steps, and the errors of going through one."""

from collections.abc import Mapping
from typing import Any

from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.words import country_name, day, label

USES = {
    "fact": N_("proposals"),
    "heading": N_("heading"),
    "blank": N_("blank"),
    "label": N_("label without value"),
    "legend": N_("legend"),
    "contents": N_("contents"),
    "prose": N_("prose"),
    "leftover": N_("left over"),
}
"""What became of a line of the document."""

READING_STATES = {
    "open": N_("being decided on"),
    "stored": N_("stored in the census"),
    "dropped": N_("given up"),
}
"""Where a reading stands."""

STEPS = {
    "proposed": N_("to decide"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
}
"""What became of a proposal in the hands of a person."""

KINDS = {
    "cluster": N_("cluster"),
    "organisation": N_("organisation"),
    "person": N_("person"),
    "place": N_("place"),
    "programme": N_("programme"),
    "event": N_("event"),
    "project": N_("project"),
    "form": N_("spatial form"),
    "instrument": N_("instrument"),
    "link": N_("link"),
}
"""Kinds of entities, within a sentence."""

READING_ERRORS = {
    "unknown_reading": N_("There is no reading {id}, or it is not yours."),
    "no_such_proposal": N_("This reading has no proposal or sheet `{id}`."),
    "no_such_sheet": N_("This reading has no sheet `{value}`. Choose one of the list."),
    "reading_changed": N_(
        "{document}: {who} has changed this reading meanwhile, so nothing was done. Look at it and repeat."
    ),
    "reading_is_open": N_("{document}: this reading is being decided on already."),
    "reading_is_stored": N_("{document}: what was accepted is stored. Open the reading again first."),
    "reading_is_dropped": N_("{document}: this reading was given up. Upload the document again."),
    "reading_source": N_(
        "`{value}` is no identifier of a source."
        " Use small letters, digits and hyphens, such as xx-study-2024."
    ),
    "reading_edition": N_("`{value}` is no day. Write YYYY, YYYY-MM or YYYY-MM-DD."),
    "reading_title": N_("The census does not know the source `{source}`. Give its title."),
    "reading_file": N_("No file was sent. Choose the document to read."),
    "page_too_long": N_(
        "{path} has {lines} lines; a page shows at most {most}. Split it, or read it with `grappe read`."
    ),
    "too_many_proposals": N_(
        "{path} gives {count} proposals; a page shows at most {most}."
        " Split it, or read it with `grappe read`."
    ),
    "nothing_read": N_(
        "Nothing was read in the {lines} line(s) of {path}:"
        " no table, sheet or list of clusters was recognised."
    ),
    "edit_refused": N_("The correction is refused, {count} problem(s); the proposal is as before."),
}
"""A sentence per code of error of going through a reading."""


def use_words(use: str, language: str = DEFAULT) -> str:
    """What became of a line."""
    return say(language, USES[use])


def proposal_value(one: Mapping[str, Any], language: str = DEFAULT) -> str:
    """Value of a proposal as a person reads it: labels of codes, names of what it refers to, days, yes.

    >>> proposal_value({"kind": "cluster", "field": "listed", "value": True}, "en")
    'yes'
    """
    field = declaration(Kind(one["kind"])).fields[one["field"]]
    value, names = one["value"], one.get("names", {})
    if field.type is FieldType.TAG:
        return label(str(field.vocabulary), str(value), language)
    if field.type is FieldType.COUNTRY:
        return country_name(str(value), language)
    if field.type is FieldType.FLAG:
        return say(language, N_("yes")) if value is True else str(value)
    if field.type is FieldType.DATE:
        return day(str(value), language)
    parts = value if isinstance(value, list | tuple) else [value]
    worded = say(language, N_(", ")).join(names.get(str(part), str(part)) for part in parts)
    counted = one.get("attributes", {}).get("of")
    return (
        f"{label(field.vocabulary, counted, language)}: {worded}" if counted and field.vocabulary else worded
    )
