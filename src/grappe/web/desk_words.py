"""Words and addresses for templates of the desks: events, readings, calls, contracts, labels, roles."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from grappe.domain.errors import Problem
from grappe.present import (
    call_words,
    contract_words,
    event_words,
    label_tables,
    policy_words,
    problems,
    proposals,
    readings,
    roles,
    schedules,
)
from grappe.present.catalogue import say
from grappe.present.contract_speech import contract_word, group_words
from grappe.present.contracts import alarm_sentence
from grappe.present.policies import cites_plain
from grappe.queries.schemes import scheme as scheme_of

Language = Callable[[], str]
Tables = Mapping[str, Mapping[Any, str]]

EVENTS: Tables = {
    "event": event_words.EVENT_STATES,
    "participant": event_words.PARTICIPANT_STATES,
    "wish": event_words.WISH_STATES,
    "meeting": event_words.MEETING_STATES,
    "why": event_words.CANCELLED_WHY,
    "outcome": event_words.OUTCOMES,
    "horizon": event_words.HORIZONS,
    "scheduling": event_words.SCHEDULING,
    "acceptance": event_words.ACCEPTANCE,
    "change": event_words.CHANGES,
}
READINGS: Tables = {
    "use": readings.USES,
    "reading": readings.READING_STATES,
    "step": readings.STEPS,
    "kind": readings.KINDS,
    "difference": proposals.CHANGES,
}
CALLS: Tables = {
    "call": call_words.CALL_STATES,
    "application": call_words.APPLICATION_STATES,
    "review": call_words.REVIEW_STATES,
    "verb": call_words.CALL_VERBS,
}
LABELS: Tables = {
    "alarm": contract_words.ALARMS,
    "answer": contract_words.ALARM_ANSWERS,
    "answered": contract_words.ALARM_ANSWERED,
    "fact": contract_words.ALARM_FACTS,
    "label": contract_words.LABELS,
    "giver": contract_words.GIVERS,
    "receiver": contract_words.RECEIVERS,
    "right": contract_words.RIGHTS,
    "held": contract_words.LABEL_STATES,
    "stage": contract_words.PROJECT_STAGES,
    "dimension": contract_words.DIMENSIONS,
    "step": contract_words.SUPPORT_STEPS,
    "benefit": contract_words.BENEFITS,
    "effort": label_tables.EFFORTS,
}
"""Words per code, by the name of their table in the templates of a desk."""


def desk_words(language: Language) -> dict[str, Callable[..., Any]]:
    """Everything that templates of the desks call, by its name.

    Parameters
    ----------
    language : function
        Gives the reader's language while a page is made.
    """
    return {
        **_roles(language),
        **_events(language),
        **_readings(language),
        **_policy(language),
        **_contracts(language),
    }


def _roles(language: Language) -> dict[str, Callable[..., Any]]:
    return {
        "role_name": lambda role: roles.role_name(role, language()),
        "role_duty": lambda role: roles.role_duty(role, language()),
        "scope_name": lambda kind, id, names: roles.scope_name(kind, id, names, language()),
    }


def _events(language: Language) -> dict[str, Callable[..., Any]]:
    return {
        "event_word": _from(EVENTS, language),
        "verb_word": lambda verb: say(language(), event_words.VERBS.get(verb) or verb),
        "slot_words": lambda code: event_words.slot_words(code, language()),
        "unmet_words": lambda code, params: schedules.unmet_words(code, params, language()),
        "trouble_words": lambda one: problems.reason_words(
            Problem(one["code"], "", params=one["params"]), language()
        ),
    }


def _readings(language: Language) -> dict[str, Callable[..., Any]]:
    return {
        "reading_word": _from(READINGS, language),
        "proposal_value": lambda one: readings.proposal_value(one, language()),
        "read_reason": lambda one: proposals.reason_words(one["reason"], one.get("because", {}), language()),
        "match_words": lambda doubt: proposals.match_words(doubt, language()),
        "leftover_words": lambda one: proposals.leftover_words(one["why"], one.get("params", {}), language()),
    }


def _policy(language: Language) -> dict[str, Callable[..., Any]]:
    def fact_word(scheme: str, name: str, value: Any) -> str:
        shown = tuple(value) if isinstance(value, list) else value
        return policy_words.value_words(scheme_of(scheme), name, shown, language())

    return {
        "call_word": _from(CALLS, language),
        "basis_word": lambda code: say(language(), str(policy_words.BASES.get(code, code))),
        "unit_word": lambda unit: policy_words.unit_words(unit, language()),
        "rule_word": lambda scheme, rule: policy_words.rule_name(scheme_of(scheme), rule, language()),
        "fact_word": fact_word,
        "cite_texts": cites_plain,
        "document_url": _numbered("document", language),
    }


def _contracts(language: Language) -> dict[str, Callable[..., Any]]:
    return {
        "contract_word": lambda table, code: contract_word(table, code, language()),
        "group_words": lambda key, value: group_words(key, value, language()),
        "label_word": _from(LABELS, language),
        "alarm_words": lambda alarm: alarm_sentence(alarm, language()),
        "proof_url": _numbered("proof", language),
        "evidence_url": _numbered("evidence", language),
        "label_end_url": _numbered("label-end", language),
    }


def _from(tables: Tables, language: Language) -> Callable[[str, Any], str]:
    """Words for the codes of some tables; a code without one stands for itself."""
    return lambda table, code: say(language(), tables[table].get(code) or str(code))


def _numbered(name: str, language: Language) -> Callable[[int], str]:
    """Addresses of things that have a number."""
    return lambda number: reverse(name, args=(language(), number))
