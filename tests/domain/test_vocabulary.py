import re

import pytest

from grappe.domain.entity import Kind
from grappe.domain.finding import Severity
from grappe.domain.interval import Precision
from grappe.domain.source import Part, SourceKind
from grappe.domain.vocabulary import LANGUAGES, vocabularies, vocabulary

ARABIC = re.compile(r"[\u0621-\u064a]")
SIGNS = {"٪", "%"}
ALL = [(name, code) for name in vocabularies() for code in vocabulary(name)]


@pytest.mark.parametrize("name", vocabularies())
def test_every_code_has_a_label_in_each_language_and_nothing_else_but_its_broader_code(name: str):
    for code, labels in vocabulary(name).items():
        assert set(LANGUAGES) <= labels.keys() <= {*LANGUAGES, "broader", "note"}, f"{name}.{code}"
        for language in LANGUAGES:
            words = labels[language]
            assert isinstance(words, str), f"{name}.{code}.{language}: {words!r}"
            assert words == words.strip() != "", f"{name}.{code}.{language}: {words!r}"


def test_arabic_labels_are_arabic_but_for_signs():
    foreign = {
        f"{name}.{code}": vocabulary(name)[code]["ar"]
        for name, code in ALL
        if not ARABIC.search(vocabulary(name)[code]["ar"]) and vocabulary(name)[code]["ar"] not in SIGNS
    }
    assert foreign == {}


def test_french_and_english_labels_hold_no_arabic():
    mixed = [f"{n}.{c}" for n, c in ALL for lang in ("fr", "en") if ARABIC.search(vocabulary(n)[c][lang])]
    assert mixed == []


def test_a_broader_code_is_of_the_same_list():
    for name, code in ALL:
        broader = vocabulary(name)[code].get("broader")
        assert broader is None or broader in vocabulary(name), f"{name}.{code}"


def test_no_two_codes_of_a_list_have_the_same_labels_in_all_languages():
    for name in vocabularies():
        labels = [tuple(row[language] for language in LANGUAGES) for row in vocabulary(name).values()]
        assert len(set(labels)) == len(labels), [x for x in labels if labels.count(x) > 1]


def test_codes_are_ascii_and_small_and_currencies_bear_their_iso_code():
    odd = [f"{n}.{c}" for n, c in ALL if not re.fullmatch(r"[a-z0-9_]+", c)]
    assert [code for code in odd if not re.fullmatch(r"unit\.[A-Z]{3}", code)] == []


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("kind", Kind),
        ("part", Part),
        ("source_kind", SourceKind),
        ("severity", Severity),
        ("precision", Precision),
    ],
)
def test_every_closed_list_of_the_code_is_labelled(name: str, members: type):
    assert {str(member) for member in members} <= vocabulary(name).keys()


def test_the_seven_sectors_of_the_study():
    assert sorted(vocabulary("sector")) == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_list_that_does_not_exist_is_a_fault_of_the_caller():
    with pytest.raises(KeyError):
        vocabulary("colour")
