"""The template environment: translation, addresses, words for codes, built assets."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, override, pgettext
from jinja2 import Environment
from markupsafe import Markup

from grappe.domain.identifiers import is_identifier
from grappe.domain.vocabulary import LANGUAGES, vocabulary
from grappe.present import findings, words
from grappe.queries.fiction import watermark
from grappe.web.desk_words import desk_words
from grappe.web.menu import menu
from grappe.web.reader import reader

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
        instant_words=lambda text: words.instant(text, language()),
        menu=lambda path: menu(path, _url),
        direction=lambda: "rtl" if language() == "ar" else "ltr",
        languages=LANGUAGES,
        asset=asset,
        asset_styles=asset_styles,
        reader=reader,
        watermark=watermark,
        country_choices=lambda: words.country_choices(language()),
        language_name=lambda code: words.language_name(code, language()),
        label=lambda name, code: words.label(name, code, language()),
        field_label=lambda kind, name: words.field_label(kind, name, language()),
        field_help=lambda kind, name: words.field_help(kind, name, language()),
        vocabulary_codes=lambda name: list(vocabulary(name)),
        why_words=lambda why: gettext(findings.WHY_WORDS[why]),
        finding_words=lambda row: findings.finding_words(row["rule"], row["params"], language()),
        **desk_words(language),
    )
    made.filters.update(
        country=lambda code: words.country_name(code, language()),
        number=lambda value: words.number(value, language()),
        day=lambda text: words.day(text, language()),
        json=lambda value: Markup(orjson.dumps(value).decode().replace("<", "\\u003c")),
    )
    return made


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
