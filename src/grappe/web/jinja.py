"""The template environment: translation, addresses, words for codes, built assets."""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, override, pgettext
from jinja2 import Environment
from markupsafe import Markup

from grappe.domain.errors import Problem
from grappe.domain.identifiers import is_identifier
from grappe.domain.vocabulary import LANGUAGES, vocabulary
from grappe.present import (
    call_words,
    contract_words,
    event_words,
    findings,
    label_tables,
    policy_words,
    problems,
    proposals,
    readings,
    roles,
    schedules,
    words,
)
from grappe.present.catalogue import say
from grappe.present.contract_speech import contract_word, group_words
from grappe.present.contracts import alarm_sentence
from grappe.present.policies import cites_plain
from grappe.queries.fiction import watermark
from grappe.queries.schemes import scheme as scheme_of
from grappe.web.menu import menu
from grappe.web.reader import reader

_EVENT_WORDS: dict[str, Mapping[Any, str]] = {
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
    "use": readings.USES,
    "reading": readings.READING_STATES,
    "step": readings.STEPS,
    "kind": readings.KINDS,
    "difference": proposals.CHANGES,
}
_CALL_WORDS: dict[str, Mapping[str, str]] = {
    "call": call_words.CALL_STATES,
    "application": call_words.APPLICATION_STATES,
    "review": call_words.REVIEW_STATES,
    "verb": call_words.CALL_VERBS,
}
_LABEL_WORDS: dict[str, Mapping[Any, str]] = {
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
_HOLE = "the-entity"
BUILT = Path(settings.STATIC_ROOT) / "grappe"


def environment(**options: Any) -> Environment:
    """Environment of all templates; `_` and `{% trans %}` speak the reader's language."""
    made = Environment(
        **options | {"trim_blocks": True, "lstrip_blocks": True}, extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=_gettext, ngettext=ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        url=_url,
        language=language,
        call_word=lambda table, code: gettext(_CALL_WORDS[table].get(code, code)),
        contract_word=lambda table, code: contract_word(table, code, language()),
        group_words=lambda key, value: group_words(key, value, language()),
        proof_url=lambda number: reverse("proof", args=(language(), number)),
        label_word=lambda table, code: gettext(_LABEL_WORDS[table].get(code) or str(code)),
        basis_word=lambda code: gettext(str(policy_words.BASES.get(code, code))),
        cite_texts=cites_plain,
        label_end_url=lambda number: reverse("label-end", args=(language(), number)),
        evidence_url=lambda number: reverse("evidence", args=(language(), number)),
        alarm_words=lambda alarm: alarm_sentence(alarm, language()),
        unit_word=lambda unit: policy_words.unit_words(unit, language()),
        fact_word=_fact_word,
        rule_word=lambda scheme, rule: policy_words.rule_name(scheme_of(scheme), rule, language()),
        document_url=lambda number: reverse("document", args=(language(), number)),
        instant_words=lambda text: words.instant(text, language()),
        menu=lambda path: menu(path, _url),
        direction=lambda: "rtl" if language() == "ar" else "ltr",
        languages=LANGUAGES,
        asset=asset,
        asset_styles=asset_styles,
        reader=reader,
        role_name=lambda role: roles.role_name(role, language()),
        role_duty=lambda role: roles.role_duty(role, language()),
        scope_name=lambda kind, id, names: roles.scope_name(kind, id, names, language()),
        watermark=watermark,
        event_word=_event_word,
        verb_word=lambda verb: say(language(), event_words.VERBS.get(verb) or verb),
        slot_words=lambda code: event_words.slot_words(code, language()),
        unmet_words=lambda code, params: schedules.unmet_words(code, params, language()),
        trouble_words=lambda one: problems.reason_words(
            Problem(one["code"], "", params=one["params"]), language()
        ),
        country_choices=lambda: words.country_choices(language()),
        language_name=lambda code: words.language_name(code, language()),
        label=lambda name, code: words.label(name, code, language()),
        field_label=lambda kind, name: words.field_label(kind, name, language()),
        field_help=lambda kind, name: words.field_help(kind, name, language()),
        proposal_value=lambda one: readings.proposal_value(one, language()),
        read_reason=lambda one: proposals.reason_words(one["reason"], one.get("because", {}), language()),
        match_words=lambda doubt: proposals.match_words(doubt, language()),
        leftover_words=lambda one: proposals.leftover_words(one["why"], one.get("params", {}), language()),
        vocabulary_codes=lambda name: list(vocabulary(name)),
        why_words=lambda why: gettext(findings.WHY_WORDS[why]),
        finding_words=lambda row: findings.finding_words(row["rule"], row["params"], language()),
    )
    made.filters.update(
        country=lambda code: words.country_name(code, language()),
        number=lambda value: words.number(value, language()),
        day=lambda text: words.day(text, language()),
        json=lambda value: Markup(orjson.dumps(value).decode().replace("<", "\\u003c")),
    )
    return made


def _fact_word(scheme: str, name: str, value: Any) -> str:
    shown = tuple(value) if isinstance(value, list) else value
    return policy_words.value_words(scheme_of(scheme), name, shown, language())


def _event_word(table: str, code: Any) -> str:
    return say(language(), _EVENT_WORDS[table].get(code) or str(code))


def language() -> str:
    """The reader's language, one of the three."""
    active = (get_language() or "fr")[:2]
    return active if active in LANGUAGES else "fr"


def _url(name: str, *arguments: str) -> str:
    if len(arguments) == 1 and is_identifier(arguments[0]):
        # A page links a hundred entities: their addresses differ in nothing but the id.
        return _address(name, language()).replace(_HOLE, arguments[0])
    return reverse(name, args=(language(), *arguments))


@cache
def _address(name: str, spoken: str) -> str:
    return reverse(name, args=(spoken, _HOLE))


def _gettext(message: str) -> str:
    return _worded(language(), message)


@lru_cache(maxsize=8000)
def _worded(spoken: str, message: str) -> str:
    # Catalogues do not change while the server runs; a page asks for the same few words many times.
    with override(spoken):
        return gettext(message)


@cache
def _manifest() -> dict[str, Any]:
    path = BUILT / "manifest.json"
    return orjson.loads(path.read_bytes()) if path.is_file() else {}


def asset(entry: str) -> str | None:
    """Address of a built script such as ``src/map.ts``; nothing when the front end is not built."""
    row = _manifest().get(entry)
    return f"{settings.STATIC_URL}grappe/{row['file']}" if row else None


def asset_styles(entry: str) -> list[str]:
    """Addresses of the style sheets that an entry needs."""
    row = _manifest().get(entry) or {}
    return [f"{settings.STATIC_URL}grappe/{file}" for file in row.get("css", [])]
