"""Templates of the chapter's sentences, which a person can edit, and the wording of values in them.

The templates stand in ``sentences/fr.yml``, ``en.yml`` and ``ar.yml``. A gap such as ``{count}`` is
filled with a number and what it counts, in the plural form of the language; ``{country:in}`` with
the country and its preposition. A worded sentence is a row of runs, so that a writer can link a name
and mark its language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from string import Formatter
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from grappe.domain.dates import PartialDate
from grappe.domain.vocabulary import vocabulary
from grappe.present.findings import finding_words
from grappe.present.report.content import (
    Code,
    Count,
    Country,
    Day,
    Finding,
    Label,
    Name,
    Several,
    Tally,
    Title,
    Url,
    Value,
    Word,
)
from grappe.present.words import country_name, field_label

GROUPS = ("countries", "document", "headings", "sentences", "captions", "columns", "nouns", "words")
"""Groups of templates in each file."""
_WHERE = {"ALL": "MA"}
"""Country whose numbers and dates are taken where a text speaks of several."""
_DIGITS = {"fr": "fr_{}", "ar": "ar_{}", "en": "en_GB"}
_MARKS = {
    "fr": (
        (re.compile(r" ([:»])"), "\u00a0\\1"), (re.compile(r" ([;?!])"), "\u202f\\1"),
        (re.compile(r"« "), "«\u00a0"),
    ),
    "en": (),
    "ar": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one language; `href` is an address below the site, without its base."""

    text: str
    lang: str | None = None
    href: str | None = None


@cache
def templates(language: str) -> Mapping[str, Mapping[str, Any]]:
    """All templates of a language, by group and key; several plural forms of one text are parted."""
    text = (files("grappe.present.report") / "sentences" / f"{language}.yml").read_text("utf-8")
    read = yaml.load(text, yaml.CSafeLoader)
    return {group: {str(key): _parted(row) for key, row in read[group].items()} for group in GROUPS}


def _parted(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    return {form.strip(): text for forms, text in row.items() for form in str(forms).split(",")}


def gaps(template: Any) -> set[str]:
    """Names of the gaps of a template, in all of its forms."""
    texts = template.values() if isinstance(template, Mapping) else [template]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


class Wording:
    """Words of one language for one country: its numbers, dates and plural forms are theirs."""

    def __init__(self, language: str, country: str) -> None:
        self.language = language
        self.country = country
        self.locale = _locale(language, country)
        self._templates = templates(language)

    def sentence(self, key: str, params: Mapping[str, Value]) -> list[Run]:
        """A sentence, in agreement with its `count`."""
        return self._filled(self._templates["sentences"][key], params)

    def heading(self, key: str, params: Mapping[str, Value]) -> list[Run]:
        """A heading."""
        return self._filled(self._templates["headings"][key], params)

    def caption(self, key: str, params: Mapping[str, Value]) -> list[Run]:
        """The caption of a table or figure."""
        return self._filled(self._templates["captions"][key], params)

    def column(self, key: str) -> str:
        """The heading of a column."""
        columns = self._templates["columns"]
        return str(columns[key]) if key in columns else plain(self.value(Country(key)))

    def document(self, key: str, **params: Value | str | int) -> str:
        """Words of the document itself: its title, its legend, *Table 3*."""
        ready = {
            name: one if isinstance(one, Value) else Name(str(one), lang=self.language)
            for name, one in params.items()
        }
        return plain(self._filled(self._templates["document"][key], ready))

    def title_of_country(self) -> str:
        """The country's name alone."""
        return str(self._templates["countries"][self.country]["title"])

    def number(self, value: float) -> str:
        """A number as the country groups its digits."""
        shown = int(value) if float(value).is_integer() else value
        return format_decimal(shown, locale=self.locale)

    def listed(self, texts: Iterable[str]) -> str:
        """Texts one after another, as the language parts them."""
        return str(self._templates["words"]["comma"]).join(texts)

    def day(self, text: str) -> str:
        """A date at the precision it has."""
        when = PartialDate(text)
        match text.count("-"):
            case 0:
                return text
            case 1:
                return format_date(when.first, "MMMM y", locale=self.locale)
        words = format_date(when.first, "d MMMM y", locale=self.locale)
        # CLDR has no ordinal of the first day, which French alone of the three writes.
        return f"1er{words[1:]}" if self.language == "fr" and when.first.day == 1 else words

    def value(self, value: Value, spec: str = "") -> list[Run]:
        """Runs of a value; `spec` is what stands after the colon of its gap."""
        match value:
            case Count():
                return self._count(value, spec)
            case Name():
                return [Run(value.text, value.lang, f"id/{value.entity}" if value.entity else None)]
            case Code():
                labels = vocabulary(value.list).get(value.code)
                return [Run(labels[self.language] if labels else value.code)]
            case Label():
                return [Run(field_label(value.kind, value.field, self.language))]
            case Country():
                return [Run(self._country(value.code, spec))]
            case Day():
                return [Run(self.day(value.text))]
            case Word():
                return self._filled(self._templates["words"][value.key], value.params)
            case Finding():
                return [Run(finding_words(value.rule, dict(value.params), self.language))]
            case Title():
                return [Run(value.texts[self.language], href=value.href)]
            case Url():
                address = value.text if "://" in value.text else f"https://{value.text}"
                return [Run(value.text, "en", address)]
            case Tally():
                return self._filled(
                    self._templates["words"]["tally"], {"what": value.what, "count": value.count}
                )
            case Several():
                return list(self._joined(value))

    def _count(self, value: Count, spec: str) -> list[Run]:
        number = self.number(value.value)
        noun = value.noun
        if spec == "n" or noun is None:
            return [Run(number, href=_address(value))]
        nouns = self._templates["nouns"]
        forms = nouns.get(noun + spec, nouns[noun])
        # What is said of nothing may have words of its own where the language counts 0 as one.
        form = "zero" if value.value == 0 and "zero" in forms else self.plural(value.value)
        phrase = str(forms[form]).replace("{n}", number)
        return [Run(phrase.replace(" %", "\u202f%"), href=_address(value))]

    def plural(self, number: float) -> str:
        """The plural category of a number."""
        return str(self.locale.plural_form(number))

    def _country(self, code: str, spec: str) -> str:
        """The country with its preposition or article; alone where no gap asks for one."""
        row = self._templates["countries"].get(code)
        return str(row[spec or "title"]) if row else country_name(code, self.language)

    def _joined(self, several: Several) -> Iterator[Run]:
        items = [self.value(one) for one in several.items]
        joiners = self._joiners(several.how, len(items))
        for index, runs in enumerate(items):
            if index:
                # The Arabic "and" is written to the word that follows; a Latin name wants some room from it.
                first = runs[0].text[:1] if runs else ""
                apart = joiners[index - 1].endswith("و") and first.isalpha() and first < "\u0600"
                yield Run(joiners[index - 1] + ("\u202f" if apart else ""))
            yield from runs

    def _joiners(self, how: str, count: int) -> list[str]:
        if how != "and":
            return [str(self._templates["words"][how])] * (count - 1)
        # Names may hold commas of their own: what stands between is read off a list of marks.
        marks = [f"\ue000{index}\ue001" for index in range(count)]
        if count < 2:
            return []
        whole = format_list(marks, "standard", locale=self.locale)
        return [whole[whole.index(a) + len(a) : whole.index(b)] for a, b in pairwise(marks)]

    def _filled(self, template: Any, params: Mapping[str, Value]) -> list[Run]:
        text = template
        if isinstance(template, Mapping):
            count = params["count"]
            assert isinstance(count, Count)
            text = template[self.plural(count.value)]
        found: list[Run] = []
        for literal, name, spec, _ in Formatter().parse(text):
            if literal:
                found.append(Run(literal))
            if name is not None:
                found += self.value(params[name], spec or "")
        return self._polished(found)

    def _polished(self, runs: list[Run]) -> list[Run]:
        """Neighbours without a mark of their own in one run, with the spaces that the language wants."""
        merged: list[Run] = []
        for run in runs:
            if merged and merged[-1].href == run.href and merged[-1].lang == run.lang:
                merged[-1] = replace(merged[-1], text=merged[-1].text + run.text)
            elif run.text:
                merged.append(run)
        return [
            run if run.lang not in (None, self.language) or (run.href and "://" in run.href)
            else replace(run, text=self._spaced(run.text))
            for run in merged
        ]  # fmt: skip

    def _spaced(self, text: str) -> str:
        for pattern, mark in _MARKS[self.language]:
            text = pattern.sub(mark, text)
        return text


def plain(runs: list[Run]) -> str:
    """Runs as one text."""
    return "".join(run.text for run in runs)


def _address(count: Count) -> str | None:
    return f"@/{count.ask.address}" if count.ask else None


@cache
def _locale(language: str, country: str) -> Locale:
    """The language as the country writes it, or where CLDR has no such pair, as it is written most."""
    try:
        return Locale.parse(_DIGITS[language].format(_WHERE.get(country, country)))
    except UnknownLocaleError:
        return Locale.parse(language)
