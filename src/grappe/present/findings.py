"""Disputes, findings and remarks: as plain dicts, and in words."""

from grappe.census.disputes import Dispute
from grappe.census.facts import Facts
from grappe.census.remarks import Remark
from grappe.domain.finding import Finding
from grappe.domain.statement import Statement
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.plain import Plain, caption, captions
from grappe.present.words import label

RULE_WORDS = {
    "parts_beyond_total": N_("The categories of members add up to {sum}, the printed total is {total}."),
    "named_beyond_count": N_("{named} companies are named where {count} are counted."),
    "counted_lists": N_("{count} groupings are announced, {listed} are listed."),
    "recognised_counts": N_("{count} clusters under contract are announced, {listed} are recorded."),
    "one_officer_two_clusters": N_("One person holds an office in two clusters."),
    "two_presidents": N_("A president and an acting president are named at once."),
    "activity_of_another_place": N_(
        "Activities printed here name the place of another cluster: they may belong to it."
    ),
    "target_told_as_fact": N_("{value} is printed as a target in one place and as a fact in another."),
    "told_before_it_happened": N_("Told as done on {start}, after the day the source speaks of ({as_of})."),
    "level_against_countries": N_("Printed as {printed}, the countries of both ends make it {computed}."),
    "flag_without_link": N_(
        "A partnership flag ({side}) is printed, and no cooperation with that side is recorded."
    ),
    "link_without_flag": N_(
        "{count} cooperation(s) with the {side} are recorded, and the printed flag is blank."
    ),
    "alike_names": N_("Two entities bear nearly the same name: they may be one."),
    "website_of_host": N_("The printed address {value} is that of the structure that hosts the cluster."),
}
"""A sentence per rule; total over `grappe.census.rules.RULES`, held by a test."""

WHY_WORDS = {
    "only": N_("Only one statement."),
    "agree": N_("All statements agree."),
    "ruling": N_("An editor's ruling."),
    "part": N_("The part of the source trusted for this field."),
    "source": N_("The kind of source."),
    "later": N_("The later statement."),
    "precise": N_("The more precise value."),
    "tie": N_("A tie: nothing but the order of identifiers decided."),
    "no_winner": N_("Two values of one source: no winner, both are shown."),
    "unknown": N_("Unknown."),
    "withheld": N_("Withheld: personal data, erased on request."),
}
"""A sentence per criterion of reconciliation."""

_LISTS = {"printed": "level_printed", "computed": "level"}
_SIDES = {"north": N_("North"), "south": N_("South")}


def dispute_plain(facts: Facts, dispute: Dispute) -> Plain:
    """A dispute: entity, field, the values with their lines and parts, the reason, the severity."""
    return {
        "entity": dispute.entity,
        "field": dispute.field,
        "values": [_value(facts, s) for s in dispute.statements],
        "why": str(dispute.why),
        "severity": str(dispute.severity),
        "name": caption(facts, dispute.entity),
        "kind": str(facts.entities[dispute.entity].kind),
        "slot": dispute.slot[0] if dispute.slot else None,
    }


def finding_plain(facts: Facts, finding: Finding, language: str = "en") -> Plain:
    """A finding: rule, severity, entities, fields, values, lines, and a sentence."""
    rows = _statements(facts, finding.statements)
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "entities": list(finding.entities),
        "fields": list(finding.fields),
        "values": [_value(facts, s)["value"] for s in rows],
        "lines": sorted({line for s in rows for line in s.lines}),
        "source": next((s.source for s in rows if s.lines), None),
        "message": finding_words(finding.rule, dict(finding.params), language),
        "params": dict(finding.params),
        "names": [caption(facts, entity) for entity in finding.entities],
    }


def remark_plain(remark: Remark, language: str = "en") -> Plain:
    """An editor's remark in the shape of a finding."""
    return {
        "rule": "editor_remark",
        "severity": str(remark.severity),
        "entities": list(remark.entities),
        "fields": list(remark.fields),
        "values": [],
        "lines": list(remark.lines),
        "source": remark.source,
        "message": remark.message[language],
        "params": dict(remark.message),
        "names": [],
    }


def finding_words(rule: str, params: dict[str, str], language: str = DEFAULT) -> str:
    """The sentence of a finding in a language; a remark brings its own words."""
    if rule == "editor_remark":
        return params[language]
    filled = {
        key: label(_LISTS[key], value, language)
        if key in _LISTS
        else say(language, _SIDES[value])
        if key == "side"
        else value
        for key, value in params.items()
    }
    return say(language, RULE_WORDS[rule], **filled)


def _statements(facts: Facts, ids: tuple[str, ...]) -> list[Statement]:
    return [facts.by_id[one] for one in dict.fromkeys(ids) if one in facts.by_id]


def _value(facts: Facts, statement: Statement) -> Plain:
    names = captions(facts, statement, facts.entities[statement.entity].kind)
    value = names if names is not None else statement.value
    return {
        "value": value,
        "line": statement.lines[0] if len(statement.lines) == 1 else list(statement.lines) or statement.key,
        "part": str(statement.part),
        "source": statement.source,
        "printed": statement.printed,
        "statement": statement.id,
    }
