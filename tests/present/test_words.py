import pytest

from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.catalogue import catalogue, say
from grappe.present.words import country_name, day, field_help, field_label, label, number

NARROW = "\u202f"


def test_a_code_is_worded_in_each_language():
    assert [label("sector", 3, language) for language in ("fr", "en")] != ["3", "3"]
    assert label("link_kind", "listing", "en") == "listing on a platform"


def test_a_code_that_no_list_has_stays_a_code_rather_than_nothing():
    assert label("sector", 99, "fr") == "99"


def test_words_of_a_field_are_those_of_its_declaration():
    field = declaration(Kind.CLUSTER).fields["created"]
    assert [field_label("cluster", "created", language) for language in LANGUAGES] == [
        field.label[x] for x in LANGUAGES
    ]
    assert field_help("cluster", "acronym", "fr") == field.help.get("fr", "")


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("MA", "fr", "Maroc"), ("MA", "en", "Morocco"), ("MA", "ar", "المغرب"), ("EU", "en", "European Union"),
     ("ZZZ", "fr", "ZZZ"), (None, "fr", "")],
)  # fmt: skip
def test_countries_are_named_in_the_readers_language(code: str | None, language: str, name: str):
    assert country_name(code, language) == name


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("2010", "fr", "2010"),
        ("2010-12", "fr", "décembre 2010"),
        ("2010-12", "en", "December 2010"),
        ("2010-12-05", "fr", "5 décembre 2010"),
        ("2010-12-05", "en", "5 December 2010"),
    ],
)
def test_a_date_is_worded_at_the_precision_it_has(text: str, language: str, words: str):
    assert day(text, language) == words


def test_arabic_of_the_maghreb_writes_western_digits():
    assert "2010" in day("2010-12", "ar")
    assert number(11_000, "ar").replace(".", "").replace(",", "").isdigit()
    assert number(11_000, "ar").isascii()


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [(11_000, "fr", f"11{NARROW}000"), (11_000, "en", "11,000"), (1_373.0, "en", "1,373"), (0, "fr", "0"),
     (2.5, "fr", "2,5"), (2.5, "en", "2.5"), (float("inf"), "fr", "∞")],
)  # fmt: skip
def test_a_number_is_written_as_the_language_groups_its_digits(value: float, language: str, words: str):
    assert number(value, language) == words


def test_a_sentence_without_translation_is_said_in_the_language_of_the_code():
    assert say("fr", "A sentence that no catalogue has: {x}.", x=3) == "A sentence that no catalogue has: 3."


def test_braces_of_a_sentence_without_gaps_are_left_alone():
    assert say("en", "Write {x}.") == "Write {x}."


def test_only_the_three_languages_have_a_catalogue():
    with pytest.raises(ValueError, match="nl"):
        catalogue("nl")
