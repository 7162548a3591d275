"""Every sentence of the code and the templates has its words in the three catalogues."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from grappe.domain.vocabulary import LANGUAGES

KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
GAPS = re.compile(r"(?<!\{)\{([a-z_]+)[^{}]*\}|%\(([a-z_]+)\)")
ARABIC = re.compile(r"[\u0621-\u064a]")
LETTERS = re.compile(r"[a-z]{3,}")
NAMES = re.compile(r"^(grappe|GeoJSON|CSV|JSON|API|HTML|ISO[ \d-]*|IPEMED|GitHub|ISIC.*)$")


@pytest.fixture(scope="module")
def sentences(root: Path) -> set[str]:
    """Every msgid of code and templates, extracted as `make messages` does."""
    with (root / "scripts" / "babel.cfg").open(encoding="utf-8") as text:
        methods, options = parse_mapping_cfg(text)
    rows = extract_from_dir(str(root / "src" / "grappe"), methods, options, KEYWORDS)
    found: set[str] = set()
    for _, _, message, _, _ in rows:
        found |= {message} if isinstance(message, str) else {one for one in message if one}
    return found


@pytest.fixture(scope="module")
def catalogues(root: Path) -> dict[str, Catalog]:
    found = {}
    for language in LANGUAGES:
        path = root / "src" / "grappe" / "locale" / language / "LC_MESSAGES" / "django.po"
        with path.open("rb") as text:
            found[language] = read_po(text, locale=language)
    return found


def worded(message: Message | None) -> list[str]:
    """The words of a message: one string, or one for each plural."""
    if message is None or message.fuzzy:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def gaps(text: str) -> set[str]:
    return {brace or percent for brace, percent in GAPS.findall(text)}


def by_id(catalogue: Catalog) -> dict[str, Message]:
    return {one: message for message in catalogue for one in ids(message) if one}


def test_there_are_sentences_to_translate(sentences: set[str]):
    assert len(sentences) > 100


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_sentence_has_words(sentences: set[str], catalogues: dict[str, Catalog], language: str):
    known = by_id(catalogues[language])
    assert [one for one in sorted(sentences) if not (words := worded(known.get(one))) or not all(words)] == []


def test_every_sentence_is_in_the_english_catalogue_worded_or_as_in_the_code(
    sentences: set[str], catalogues: dict[str, Catalog]
):
    assert sorted(sentences - by_id(catalogues["en"]).keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_gaps_of_its_sentence(catalogues: dict[str, Catalog], language: str):
    odd = []
    for message in catalogues[language]:
        wanted = set().union(*(gaps(one) for one in ids(message)))
        for words in worded(message):
            # A plural form for one thing may leave its number out.
            missing = wanted - gaps(words) if isinstance(message.id, str) else set()
            if words and (missing or gaps(words) - wanted):
                odd.append((ids(message)[0], words))
    assert odd == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(catalogues: dict[str, Catalog], language: str):
    assert [message.id for message in catalogues[language] if message.id and message.fuzzy] == []


def test_arabic_words_are_arabic(catalogues: dict[str, Catalog]):
    foreign = [
        (ids(message)[0], words)
        for message in catalogues["ar"]
        for words in worded(message)
        if message.id
        and words
        and LETTERS.search(GAPS.sub("", words))
        and not ARABIC.search(words)
        and not NAMES.match(words)
    ]
    assert foreign == []


def test_french_is_not_the_english_of_the_code(catalogues: dict[str, Catalog]):
    copied = [
        one
        for message in catalogues["fr"]
        for one, words in zip(ids(message), worded(message), strict=False)
        if one and one == words and len(LETTERS.findall(one)) > 3
    ]
    assert copied == []
