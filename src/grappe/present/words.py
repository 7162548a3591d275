"""Words for codes: labels of controlled lists and fields, names of countries, numbers and dates."""

from datetime import datetime, timedelta
from functools import cache
from math import isinf

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.fold import fold
from grappe.domain.vocabulary import vocabulary
from grappe.present.catalogue import DEFAULT

FALLBACKS = ("en", "fr")
_SPECIAL = {"EU": {"fr": "Union européenne", "en": "European Union", "ar": "الاتحاد الأوروبي"}}
_LOCALES = {"fr": "fr", "en": "en_GB", "ar": "ar_MA"}
"""Number and date formats; Arabic of the Maghreb writes western digits."""

_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "TA"})
"""Two-letter codes of territories that are no countries."""


def label(list_name: str, code: object, language: str = DEFAULT) -> str:
    """Label of a code of a controlled list; the code itself when the list lacks it."""
    labels = vocabulary(list_name).get(str(code))
    return labels[language] if labels else str(code)


def field_label(kind: str, name: str, language: str = DEFAULT) -> str:
    """Label of a field of a kind of entity."""
    return declaration(Kind(kind)).fields[name].label[language]


def field_help(kind: str, name: str, language: str = DEFAULT) -> str:
    """Help text of a field, empty where it needs none."""
    return declaration(Kind(kind)).fields[name].help.get(language, "")


@cache
def country_name(code: str | None, language: str = DEFAULT) -> str:
    """Name of a country by its two-letter code."""
    if code is None:
        return ""
    if code in _SPECIAL:
        return _SPECIAL[code][language]
    return str(Locale.parse(_LOCALES[language]).territories.get(code, code))


@cache
def country_choices(language: str = DEFAULT) -> tuple[tuple[str, str], ...]:
    """Codes and names of all countries, in the order of the names."""
    territories = Locale.parse(_LOCALES[language]).territories
    found = [
        (code, str(name))
        for code, name in territories.items()
        if len(code) == 2 and code not in _NOT_COUNTRIES
    ]
    return tuple(sorted(found, key=lambda pair: fold(pair[1])))


@cache
def language_name(code: str, language: str = DEFAULT) -> str:
    """Name of a language by its code."""
    return str(Locale.parse(_LOCALES[language]).languages.get(code, code))


def number(value: float, language: str = DEFAULT) -> str:
    """A number as the language groups its digits."""
    if isinf(value):
        return "∞"
    shown = int(value) if float(value).is_integer() else value
    return format_decimal(shown, locale=_LOCALES[language])


def day(text: str, language: str = DEFAULT) -> str:
    """A date at the precision it has: ``2010-12`` is *décembre 2010*, ``2010`` is *2010*."""
    when = PartialDate(text)
    match text.count("-"):
        case 0:
            return text
        case 1:
            return format_date(when.first, "MMMM y", locale=_LOCALES[language])
    return format_date(when.first, "d MMMM y", locale=_LOCALES[language])


def instant(text: str, language: str = DEFAULT) -> str:
    """A day and an hour in words, as written: ``2019-06-14T16:00:00+01:00``.

    Examples
    --------
    >>> instant("2019-06-14T16:00:00+01:00", "en")
    '14 June 2019, 16:00 (UTC+1)'
    """
    at = datetime.fromisoformat(text)
    locale = _LOCALES[language]
    hours = (at.utcoffset() or timedelta()) / timedelta(hours=1)
    zone = f"UTC{hours:+g}" if hours else "UTC"
    return f"{format_date(at, 'long', locale=locale)}, {at:%H:%M} ({zone})"
