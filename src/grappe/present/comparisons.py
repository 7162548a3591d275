"""Comparisons, claims and the matrix of legal forms: as plain dicts and in words."""

from collections.abc import Mapping

from grappe.census.claims import Examined, Tally
from grappe.census.comparison import Comparison, Part
from grappe.census.facts import Facts
from grappe.census.intervals import Share
from grappe.census.legal_forms import LegalForm
from grappe.census.reconciliation import Shown
from grappe.domain.vocabulary import vocabulary
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.plain import Plain, caption, cites, shown_plain
from grappe.present.words import country_name, label, number

VERDICT_WORDS = {
    "supported": N_("supported"),
    "contradicted": N_("contradicted"),
    "cannot_tell": N_("cannot be told"),
}
SCOPE_WORDS = {
    "without_creative": N_("clusters of the tables, creative ones apart"),
    "with_creative": N_("clusters of the tables, creative ones included"),
    "constituted": N_("constituted clusters, creative ones apart"),
    "constituted_all": N_("constituted clusters, creative ones included"),
    "all": N_("all clusters told of, those of no table included"),
}
TALLY_WORDS = {
    "group": N_("in the group claimed"),
    "outside_group": N_("outside it"),
    "having": N_("having it"),
    "before": N_("created before"),
    "since": N_("created since"),
    "fewer": N_("the product said to be rare"),
    "more": N_("the products said to be frequent"),
    "foreseen": N_("foreseen"),
    "said_active": N_("said in the same passage to exist already"),
    "group_others": N_("in a large city: other sectors"),
    "group_agri_food": N_("in a large city: agri-food"),
    "group_creative": N_("in a large city: creative"),
    "doubtful": N_("of these, also said to await it"),
    "told_so": N_("told so by a line of its own"),
    "told_otherwise": N_("told otherwise"),
    "partners_europe": N_("partners in Europe"),
    "partners_maghreb": N_("partners in another country of the Maghreb"),
    "partners_sub_saharan_africa": N_("partners in sub-Saharan Africa"),
    "partners_east_mediterranean": N_("partners in the eastern Mediterranean"),
    "partners_elsewhere": N_("partners elsewhere"),
}
REASON_WORDS = {
    "list_not_held": N_(
        "The list of 2014 is not held: dates of creation tell when today's clusters began, "
        "not how many there were."
    ),
    "intervals": N_("The clusters are few: a difference counts only where the intervals do not meet."),
    "doubtful": N_("One of them is also said to await it, so the count is not sure."),
    "own_words": N_("The sentence itself is no evidence for itself: only other lines count."),
    "population_share": N_("Share of the townspeople who live in large cities: {share}."),
}
PART_WORDS = {
    "state": N_("State"),
    "sector": N_("Sector"),
    "anchoring": N_("Anchoring"),
    "legal_form": N_("Legal form"),
    "emergence_mode": N_("Mode of emergence"),
    "life": N_("Situation"),
    "country": N_("Country"),
    "partner_north": N_("Partners in the North, as printed"),
    "partner_south": N_("Partners in the South, as printed"),
    "creative": N_("Creative and cultural"),
    "level": N_("Partnerships by level"),
    "type": N_("Organisations around the clusters, by type"),
    "instrument_kind": N_("Policy instruments, by kind"),
    "large_city": N_("Seat in a large city"),
}
_LISTS = {"type": "organisation_type"}
ASPECT_WORDS = {
    "law": N_("What the form is"),
    "members": N_("Who may be a member"),
    "admission": N_("Admission"),
    "public_money": N_("Access to public money"),
}
FORM_CODES = {
    "call_then_assembly": N_("call for candidates, then a general assembly"),
    "limited": N_("the number of members is limited on purpose"),
    "contract": N_("by contract with the administration"),
    "not_eligible": N_("not eligible for national funds"),
    "projects_only": N_("none for the structure; support to projects is hoped for"),
}


def share_plain(share: Share) -> Plain:
    """A count of a whole with the Wilson interval of its share at 95 %."""
    return {
        "count": share.count, "of": share.of, "share": share.value, "low": share.low, "high": share.high,
        "few": share.few,
    }  # fmt: skip


def comparison_plain(found: Comparison, on: str) -> Plain:
    """Groups side by side: sizes, and each part with its rows, cells and unknowns."""
    return {
        "on": on,
        "by": found.by,
        "subjects": list(found.subjects),
        "clusters": dict(found.sizes),
        "parts": [_part_plain(part) for part in found.parts],
    }


def _part_plain(part: Part) -> Plain:
    cell = share_plain if part.whole else _count_plain
    return {
        "part": part.name,
        "rows": [
            {
                "code": code,
                "cells": {group: cell(one.share) | {"ids": list(one.ids)} for group, one in cells.items()},
            }
            for code, cells in part.rows.items()
        ],
        "unknown": {group: list(ids) for group, ids in part.unknown.items()},
    }


def _count_plain(share: Share) -> Plain:
    return {"count": share.count, "of": None, "share": None, "low": None, "high": None, "few": False}


def entities_plain(
    facts: Facts,
    kind: str,
    subjects: tuple[str, ...],
    fields: Mapping[str, Mapping[str, list[Shown]]],
    levels: Mapping[str, Mapping[str, int]],
    on: str,
) -> Plain:
    """Entities side by side: a row a field, the values shown of each, and partners by level."""
    return {
        "on": on,
        "by": kind,
        "subjects": list(subjects),
        "names": {one: caption(facts, one) or one for one in subjects},
        "fields": [
            {
                "field": name,
                "values": {one: [shown_plain(facts, shown) for shown in cells[one]] for one in subjects},
            }
            for name, cells in fields.items()
        ],
        "levels": {one: dict(sorted(levels[one].items())) for one in subjects} if levels else {},
    }


def claim_plain(found: Examined) -> Plain:
    """A claim: the passage, the query, and in each scope the verdict with its evidence."""
    claim = found.claim
    return {
        "id": claim.id,
        "claim": dict(claim.words),
        "quotes": [{"source": claim.source, "line": line, "printed": text} for line, text in claim.quotes],
        "query": claim.query,
        "params": dict(claim.params),
        "verdict": str(found.verdict),
        "holds_in_all_scopes": found.holds_in_all,
        "scopes": [
            {
                "scope": scope,
                "clusters": found.sizes[scope],
                "verdict": str(answer.verdict),
                "reason": answer.reason or None,
                "evidence": [_tally_plain(one) for one in answer.tallies],
                "unknown": list(answer.unknown),
                "cites": cites(answer.cites),
            }
            for scope, answer in found.answers.items()
        ],
    }


def _tally_plain(one: Tally) -> Plain:
    return {"label": one.label} | share_plain(one.share) | {"ids": list(one.ids)}


def legal_form_plain(facts: Facts, form: LegalForm) -> Plain:
    """A row of the matrix: what is printed of each aspect, and the clusters of the form."""
    return {
        "id": form.id,
        "country": form.country,
        "covers": list(form.covers),
        "aspects": {
            name: None
            if told is None
            else {
                "source": "ipemed-2019",
                "lines": list(told.lines),
                "printed": told.printed,
                "code": told.code,
            }
            for name, told in form.aspects.items()
        },
        "told_of_the_cluster": [{"id": one, "name": caption(facts, one)} for one in form.own],
        "told_of_the_country": [{"id": one, "name": caption(facts, one)} for one in form.general],
        "categories": {name: list(ids) for name, ids in form.categories.items()},
        "categories_told_by": form.told_categories,
    }


def verdict_words(code: str, language: str = DEFAULT) -> str:
    """A verdict in words."""
    return say(language, VERDICT_WORDS[code])


def scope_words(code: str, language: str = DEFAULT) -> str:
    """The clusters a claim was read of, in words."""
    return say(language, SCOPE_WORDS[code])


def tally_words(label_: str, language: str = DEFAULT) -> str:
    """What a tally counts, in words."""
    name, _, code = label_.partition(":")
    if not code:
        return say(language, TALLY_WORDS[name])
    if name == "country":
        return country_name(code, language)
    if name == "largest_single_sector":
        return say(language, N_("largest single sector: {sector}"), sector=label("sector", code, language))
    return label(name, code, language)


def reason_words(reason: str | None, language: str = DEFAULT) -> str:
    """Why a verdict is what it is, in words; nothing where the counts say it all."""
    if not reason:
        return ""
    name, _, value = reason.partition(":")
    share = f"{number(round(100 * float(value), 1), language)} %" if value else ""
    return say(language, REASON_WORDS[name], share=share)


def part_words(name: str, language: str = DEFAULT) -> str:
    """The title of a part of a comparison."""
    return say(language, PART_WORDS[name])


def code_words(part: str, code: str, language: str = DEFAULT) -> str:
    """A code of a part in words."""
    if part == "country":
        return country_name(code, language)
    if code in ("true", "false"):
        return say(language, N_("yes") if code == "true" else N_("no"))
    list_name = _LISTS.get(part, part)
    return label(list_name, code, language) if code in vocabulary(list_name) else code


def share_words(cell: Plain, language: str = DEFAULT) -> str:
    """A cell in words: the count, and where there is a whole its share with the interval if few."""
    if cell["of"] is None:
        return number(cell["count"], language)
    if not cell["of"]:
        return "—"
    percent = number(round(100 * cell["share"]), language)
    if not cell["few"]:
        return say(
            language, N_("{count} of {of} ({share} %)"), count=cell["count"], of=cell["of"], share=percent
        )
    return say(
        language,
        N_("{count} of {of} ({share} %; {low}–{high})"),
        count=cell["count"],
        of=cell["of"],
        share=percent,
        low=number(round(100 * cell["low"]), language),
        high=number(round(100 * cell["high"]), language),
    )


def aspect_words(name: str, language: str = DEFAULT) -> str:
    """An aspect of a legal form in words."""
    return say(language, ASPECT_WORDS[name])


def form_code_words(code: str, language: str = DEFAULT) -> str:
    """What is printed of an aspect of a legal form, in words."""
    return say(language, FORM_CODES[code])
