"""Proposals of a document in words: why each is proposed, how it stands to the census, what is left over."""

from collections.abc import Mapping
from typing import Any

from grappe.domain.vocabulary import vocabulary
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.words import country_name, field_label, label

REASONS = {
    "cell": N_("Cell of a country table, column {column}."),
    "legend": N_("Code {code} of a country table, explained by its legend."),
    "code_without_legend": N_("Code {code} of a country table that has no legend."),
    "heading_country": N_("Country of the heading: {heading}."),
    "title": N_("Title of an identity sheet."),
    "label": N_("Row of an identity sheet, by its label."),
    "officer": N_("Officer in the head of an identity sheet."),
    "sector_words": N_("Sector guessed from the words of its description."),
    "label_words": N_("Words of the controlled list, or a synonym."),
    "counted": N_("A number with what it counts."),
    "category": N_("A category of members without a number."),
    "named": N_("A name in the list of members."),
    "note": N_("A remark in parentheses."),
    "partner": N_("A partner named in the row of a level of cooperation."),
    "country_named": N_("A country named without a partner there: {words}."),
    "named_here": N_("Name of something that the document refers to."),
    "country_around": N_("Country of what stands around it."),
    "listed_cluster": N_("A cluster in a list under: {heading}."),
    "pole": N_("A pole in a list, with its specialities."),
    "form": N_("A spatial form named in a sentence."),
    "cluster_in_prose": N_("A cluster that a sentence introduces."),
    "potential": N_("A potential cluster in a list of crafts and places."),
    "pair": N_("Two partners named in one item."),
    "relation": N_("Two names joined in a sentence by: {words}."),
    "attached": N_("A cluster attached to a pole."),
    "merged": N_("Clusters that have merged."),
    "template": N_("Cell of the template of the identity sheet."),
    "by_hand": N_("Entered by hand."),
}
"""A sentence per reason of a proposal."""

LEFTOVERS = {
    "extra_cells": N_("The row has more cells than the table has columns."),
    "row_without_name": N_("The row names no cluster."),
    "unknown_mark": N_("The cell holds a mark that is neither yes nor no."),
    "two_states": N_("The row is marked in two states."),
    "unknown_state": N_("The state is none of the list."),
    "code_not_in_legend": N_("The legend does not explain this code."),
    "unknown_sector": N_("The sector is none of the list."),
    "no_place": N_("No place was found in the cell."),
    "no_date": N_("No date was found in the cell."),
    "officer_of_another": N_("The title belongs to another body than the cluster."),
    "sheet_without_title": N_("The sheet has no title: nobody knows which cluster it is of."),
    "member_unread": N_("No count, category or name of members was found."),
    "category_unknown": N_("What is counted is no category of the list."),
    "measure_unknown": N_("What the share or amount measures is not in the list."),
    "industry_unknown": N_("No industry of the list was found."),
    "niche_unknown": N_("No niche of the list was found."),
    "activity_unknown": N_("No activity of the list was found."),
    "partner_unread": N_("No partner and no country was found."),
    "partner_sought": N_("Partners are sought; none is named."),
    "level_missing": N_("The cooperation stands under no level."),
    "sentence_unread": N_("A sentence that no rule reads."),
    "cell_unread": N_("A cell that no rule reads."),
    "unread": N_("A line that may hold facts and that no rule reads."),
    "item_unread": N_("An item of a list that no rule reads."),
    "speciality_unknown": N_("No speciality of the list was found."),
    "unread_column": N_("A column that is no field of the template."),
    "bad_cell": N_("A value that its field cannot have. Accepted: {accepted}."),
    "pair_unread": N_("Two partners are expected here, and they were not found."),
}
"""A sentence per reason why something was left over."""

CHANGES = {
    "new": N_("new"),
    "confirmed": N_("confirmed"),
    "changed": N_("changed"),
    "contradicted": N_("contradicted"),
}
"""How a proposal stands to the census."""

PARTS = {
    "same_name": N_("same name"),
    "similar_name": N_("similar name"),
    "name_is_acronym": N_("the name is the acronym"),
    "same_acronym": N_("same acronym"),
    "acronym_misspelt": N_("acronym one slip apart"),
    "other_acronym": N_("another acronym"),
    "same_country": N_("same country"),
    "other_country": N_("another country"),
    "same_place": N_("same place"),
    "other_place": N_("another place"),
    "within": N_("within a longer name"),
    "same_ends": N_("a link between the same two"),
}
"""Parts of the match of a name, each with its points."""

PROPOSAL_ERRORS = {
    "no_document": N_("There is no file {path}."),
    "unreadable_form": N_("{path} is not a kind of document that can be read. Accepted: {accepted}."),
    "document_empty": N_("{path} is empty."),
    "document_too_large": N_("{path} has {size} bytes; at most {most} are read. Split it."),
    "document_too_long": N_("{path} has {lines} lines, rows or pages; at most {most} are read. Split it."),
    "document_without_text": N_("{path} holds no text."),
    "document_expands": N_("{path} would expand to {size} bytes; at most {most} are read. Save it again."),
    "damaged_document": N_("{path} is damaged, or not what its name says. Save it again."),
    "locked_document": N_("{path} is locked with a password. Save it without one."),
    "scanned_document": N_(
        "The {pages} page(s) of {path} are pictures without text. Run text recognition on it first."
    ),
    "not_plain_text": N_("{path} is not plain text. Name it as what it is, or save it as text."),
    "no_such_encoding": N_("There is no encoding `{encoding}`. Name one such as cp1252 or cp1256."),
    "document_encoding": N_(
        "{path}, line {line}: {bytes} is not {encoding}."
        " Save it in UTF-8, or name its encoding with --encoding."
    ),
    "bad_table_file": N_("{path} is not a table: {reason}. Check its quotation marks."),
    "table_too_wide": N_("{path} has {columns} columns; at most {most} are read."),
    "edition_needed": N_("Source `{source}` is not in the census. Say of which day it speaks: --edition."),
    "source_needed": N_("Which source will the statements cite? Add --source."),
    "proposals_refused": N_("The proposals are refused, {count} problem(s); the census is as before."),
    "nothing_accepted": N_("No proposal of {file} is accepted: nothing was done. Set `step: accepted`."),
    "source_of_another": N_("Source `{source}` is not in the census. Describe it with --title."),
}
"""A sentence per code of error of reading documents and accepting proposals."""

PROPOSAL_PROBLEMS = {
    "proposal_twice": N_("is written twice; first in {first}. Keep one."),
}
"""A sentence per code of problem of a file of proposals."""


def reading_words(plain: Mapping[str, Any], language: str = DEFAULT) -> dict[str, Any]:
    """The plain values of a reading, with labels and sentences in a language beside the codes."""
    proposals = [_proposal(one, language) for one in plain["proposals"]]
    leftovers = [
        one | {"message": leftover_words(one["why"], one.get("params", {}), language)}
        for one in plain["leftovers"]
    ]
    return {**plain, "proposals": proposals, "leftovers": leftovers}


def _proposal(one: Mapping[str, Any], language: str) -> dict[str, Any]:
    shown = {
        **one,
        "label": field_label(one["kind"], one["field"], language),
        "message": reason_words(one["reason"], one.get("because", {}), language),
    }
    if "doubt" in one:
        shown["match"] = match_words(one["doubt"], language)
    if "change" in one:
        shown["change_label"] = say(language, CHANGES[one["change"]])
    return shown


def reason_words(code: str, params: Mapping[str, str], language: str = DEFAULT) -> str:
    """Why something is proposed."""
    gaps = dict(params)
    if "column" in gaps:
        gaps["column"] = column_words(gaps["column"], language)
    if "heading" in gaps:
        # A heading often ends with a colon, and the sentence with a full stop.
        gaps["heading"] = gaps["heading"].rstrip(" :.\u00a0\u202f")
    return say(language, REASONS[code], **gaps)


def column_words(column: str, language: str = DEFAULT) -> str:
    """Name of a column of a country table: a field, a state or a kind of anchoring."""
    for name in ("state", "anchoring"):
        if column in vocabulary(name):
            return label(name, column, language)
    fields = {"north": "partner_north", "south": "partner_south"}
    return field_label("cluster", fields.get(column, column), language)


def leftover_words(code: str, params: Mapping[str, str], language: str = DEFAULT) -> str:
    """Why something was left over."""
    return say(language, LEFTOVERS[code], **params)


def match_words(parts: Mapping[str, float], language: str = DEFAULT) -> str:
    """The score of the match of a name with its parts, such as ``0.9 = same name 0.7 + same country 0.1``.

    >>> match_words({"same_name": 0.7, "other_place": -0.1}, "en")
    '0.60 = same name 0.70 − another place 0.10'
    """
    pieces = []
    for at, (code, points) in enumerate(parts.items()):
        sign = ("− " if points < 0 else "+ ") if at or points < 0 else ""
        pieces.append(f"{sign}{say(language, PARTS[code])} {abs(points):.2f}")
    return f"{sum(parts.values()):.2f} = {' '.join(pieces)}"


def value_words(one: Mapping[str, Any], language: str = DEFAULT) -> str:
    """Value of a proposal as a person reads it: labels of codes, names of countries."""
    from grappe.domain.entity import Kind
    from grappe.domain.field import FieldType, declaration

    field = declaration(Kind(one["kind"])).fields[one["field"]]
    value = one["value"]
    if field.type is FieldType.TAG:
        return label(str(field.vocabulary), value, language)
    if field.type is FieldType.COUNTRY:
        return country_name(str(value), language)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    counted = one.get("attributes", {}).get("of")
    if counted and field.vocabulary:
        return f"{value} {label(field.vocabulary, counted, language)}"
    return str(value)
