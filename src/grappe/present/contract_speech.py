"""A contract spoken in one language: what its pages need to word codes, numbers and citations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grappe.policy.cite import Cite, cite_of
from grappe.policy.scheme import Scheme
from grappe.present import contract_words, policy_words
from grappe.present.catalogue import N_, say
from grappe.present.plain import Plain
from grappe.present.policies import cite_plain
from grappe.present.words import country_name, label, number

_TABLES: Mapping[str, Mapping[str, str]] = {
    "contract": contract_words.CONTRACT_STATES,
    "report": contract_words.REPORT_STATES,
    "tranche": contract_words.TRANCHE_STATES,
    "audit": contract_words.AUDIT_STATES,
    "renewal": contract_words.RENEWAL_STATES,
    "side": contract_words.SIDES,
    "kept": contract_words.KEPT,
    "publication": contract_words.CLAUSES,
    "verb": contract_words.CONTRACT_VERBS,
    "clause": contract_words.CONTRACT_CLAUSES,
    "merger": contract_words.MERGER_OUTCOMES,
    "fact": contract_words.ALARM_FACTS,
    "risk": {
        "late_reports": N_("a report is overdue"),
        "most_targets_missed": N_("most targets missed"),
        "negative_audit": N_("the last audit was negative"),
        "suspended": N_("the contract rests"),
        "ends_without_renewal": N_("ends within a year, no renewal granted"),
    },
    "waits": {
        "signature": N_("once both sides have signed"),
        "report": N_("once the report on period {period} is verified"),
    },
    "denominator": {
        "total_income": N_("total income"),
        "total_expenditure": N_("total expenditure"),
        "animation_cost": N_("cost of facilitation"),
    },
}
"""Words by table and code."""


def contract_word(table: str, code: str, language: str, **params: object) -> str:
    """A code in words; the code itself where a table lacks it."""
    words = _TABLES[table].get(code)
    return say(language, words, **params) if words else code


def group_words(key: str, value: str | None, language: str) -> str:
    """A sector, a region or another value by which contracts are added up."""
    if value is None:
        return say(language, N_("unknown"))
    match key:
        case "sector":
            return label("sector", value, language)
        case "country":
            return country_name(value, language)
        case "state":
            return contract_word("contract", value, language)
    return value


@dataclass(frozen=True, slots=True)
class ContractSpeech:
    """Words for everything of one contract in one language; `terms` is what the contract keeps of its law."""

    scheme: Scheme
    terms: Mapping[str, Any]
    language: str

    def word(self, table: str, code: str, **params: object) -> str:
        """A code in words."""
        return contract_word(table, code, self.language, **params)

    def phase(self, id: str) -> str:
        """Name of a phase of the scheme."""
        phases = (phase for reading in self.scheme.readings for phase in reading.phases)
        return next((one.name[self.language] for one in phases if one.id == id), id)

    def indicator(self, id: str) -> str:
        """Name of an indicator, or of a count or income that one is computed from."""
        for one in (self.terms.get("indicators") or {}).get("items", ()):
            if one["id"] == id:
                return str(one["name"][self.language])
        for version in reversed(self.scheme.indicator_sets):
            for known in version.indicators:
                if known.id == id:
                    return known.name[self.language]
        return contract_word("fact", id, self.language)

    def declared(self, field: Mapping[str, Any]) -> str:
        """What a report is asked for: for a growth, the count at the end of the period."""
        name = self.indicator(field["name"])
        if field["kind"] == "whole" and field["unit"] == "share":
            return say(self.language, N_("{name}: count at the end of the period"), name=name)
        return name

    def commitment(self, code: str) -> str:
        """Name of a commitment of the scheme."""
        found = (one.name[self.language] for one in self.scheme.commitments if one.id == code)
        return next(found, code)

    def obligation(self, one: Mapping[str, Any]) -> str:
        """What is owed, in words."""
        match one["kind"]:
            case "tranche":
                return say(self.language, N_("Tranche {number}"), number=one["subject"])
            case "report":
                return say(self.language, N_("Report on period {number}"), number=one["subject"])
        return self.commitment(one["subject"])

    def rule(self, rule: str) -> str:
        """Name of a rule of a finding."""
        if words := contract_words.CONTRACT_RULES.get(rule):
            return say(self.language, words)
        return policy_words.rule_name(self.scheme, rule, self.language)

    def missing(self, name: str) -> str:
        """A fact that a finding lacks."""
        indicator, _, period = name.rpartition(".")
        if indicator and period.isdigit():
            return self.target(indicator, int(period))
        if name == "audit":
            return say(self.language, N_("an audit"))
        if words := contract_words.ALARM_FACTS.get(name):
            return say(self.language, words)
        return policy_words.missing_words(self.scheme, name, self.language)

    def target(self, indicator: str, period: int) -> str:
        """An indicator of a period."""
        name = self.indicator(indicator)
        return say(self.language, N_("{name}, period {number}"), name=name, number=period)

    def seen(self, finding: Mapping[str, Any], value: object) -> str:
        """What a finding saw or needs."""
        if value is None:
            return "—"
        if isinstance(value, bool):
            return say(self.language, N_("yes") if value else N_("no"))
        if isinstance(value, list | tuple):
            return say(self.language, N_(", ")).join(self.seen(finding, one) for one in value)
        text = str(value)
        if finding["rule"] == "indicators_in_force":
            return self.version(text)
        if text in contract_words.AUDIT_STATES:
            return contract_word("audit", text, self.language)
        return number(float(text), self.language) if _numeric(text) else text

    def measured(self, finding: Mapping[str, Any]) -> str:
        """What a finding saw, beside what it needs; nothing where there is nothing to tell."""
        seen, needed = (self.seen(finding, finding[one]) for one in ("seen", "needed"))
        if finding["rule"] == "further_phase":
            return say(self.language, N_("phases agreed: {seen} of {needed}"), seen=seen, needed=needed)
        if finding["rule"] in ("targets_reached", "reports_in_time"):
            return say(self.language, N_("{seen} of {needed}"), seen=seen, needed=needed)
        if finding["needed"] is not None and finding["needed"] is not True:
            return say(self.language, N_("seen: {seen}; needed: {needed}"), seen=seen, needed=needed)
        return seen if finding["seen"] is not None else ""

    def version(self, version: str) -> str:
        """Name of a version of the indicators."""
        found = (one.name[self.language] for one in self.scheme.indicator_sets if one.version == version)
        return next(found, version)

    def unit(self, unit: str | None) -> str:
        """A unit."""
        return policy_words.unit_words(unit, self.language)

    def value(self, value: object, unit: str | None, *, counted: bool = False) -> str:
        """A value of an indicator: a share in per cent, anything else with its unit."""
        if value is None:
            return "—"
        if unit == "share" and not counted:
            return f"{number(round(float(str(value)) * 100, 1), self.language)} %"
        return number(float(str(value)), self.language)

    def opened(self, id: str) -> str:
        """Name of a parameter that the source leaves open."""
        parameter = self.scheme.parameters.get(id)
        return parameter.name[self.language] if parameter else id

    def cites(self, shorts: Iterable[str]) -> list[Plain]:
        """Citations with what leads to them, each once."""
        known = self._known()
        return [cite_plain(known[one]) if one in known else _cited(one) for one in dict.fromkeys(shorts)]

    def _known(self) -> dict[str, Cite]:
        scheme = self.scheme
        groups = [scheme.cites, *(one.cites for one in scheme.commitments)]
        for version in scheme.indicator_sets:
            groups += [version.cites, *(one.cites for one in version.indicators)]
        return {cite.short: cite for group in groups for cite in group}


def _cited(short: str) -> Plain:
    read = cite_of(short)
    return cite_plain(read) if read else {"kind": "page", "short": short}


def _numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
