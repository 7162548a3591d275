import re
from collections.abc import Callable

import pytest

from grappe.domain.entity import Kind
from grappe.domain.field import ATTRIBUTE_LISTS, ATTRIBUTES, Field, FieldType, declaration
from grappe.domain.source import Part
from grappe.domain.vocabulary import LANGUAGES, vocabularies, vocabulary

ARABIC = re.compile(r"[\u0621-\u064a]")
FIELDS = [field for kind in Kind for field in declaration(kind).fields.values()]


def name_of(field: Field) -> str:
    return f"{field.kind}.{field.name}"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_declares_its_fields_and_one_of_them_captions_it(kind: Kind):
    found = declaration(kind)
    assert found.kind is kind
    assert found.caption in found.fields
    assert not found.fields[found.caption].many


def odd(rule: Callable[[Field], bool]) -> list[str]:
    """Names of the fields that break a rule; none in a sound package."""
    return [name_of(field) for field in FIELDS if not rule(field)]


def test_every_field_is_labelled_in_three_languages_and_the_arabic_is_arabic():
    assert odd(lambda f: set(f.label) == set(LANGUAGES)) == []
    assert odd(lambda f: all(words.strip() for words in f.label.values())) == []
    assert odd(lambda f: bool(ARABIC.search(f.label["ar"]))) == []


def test_a_help_is_given_in_three_languages_or_not_at_all():
    assert odd(lambda f: set(f.help) in (set(), set(LANGUAGES))) == []
    assert odd(lambda f: all(words.strip() for words in f.help.values())) == []


def test_a_tag_has_a_controlled_list_and_every_list_named_exists_and_holds_something():
    assert odd(lambda f: f.type is not FieldType.TAG or f.vocabulary is not None) == []
    assert odd(lambda f: f.vocabulary is None or f.vocabulary in vocabularies()) == []
    assert odd(lambda f: f.vocabulary is None or bool(vocabulary(f.vocabulary))) == []


def test_a_reference_says_which_kinds_it_may_name_and_nothing_else_does():
    refers = (FieldType.REF, FieldType.PLACES)
    assert odd(lambda f: bool(f.refers) == (f.type in refers)) == []
    assert odd(lambda f: set(f.refers) <= set(Kind)) == []


def test_the_key_of_a_field_is_one_of_its_attributes_and_only_many_have_one():
    assert odd(lambda f: f.key is None or (f.key in f.attributes and f.many)) == []


def test_the_order_of_trust_names_every_part_once():
    assert odd(lambda f: sorted(f.trust) == sorted(Part)) == []


def test_what_counts_something_says_in_which_list():
    assert odd(lambda f: "of" not in f.attributes or f.vocabulary is not None) == []


def test_only_single_fields_can_lack_a_winner():
    assert odd(lambda f: not (f.no_winner and f.many)) == []


def test_whatever_may_name_a_person_is_personal():
    assert odd(lambda f: f.personal or not (Kind.PERSON in f.refers or f.kind is Kind.PERSON)) == []


def test_every_type_of_value_says_which_attributes_it_may_carry():
    assert set(ATTRIBUTES) == set(FieldType)
    assert all("note" in names for names in ATTRIBUTES.values())


def test_every_list_of_an_attribute_exists():
    assert set(ATTRIBUTE_LISTS.values()) <= set(vocabularies())


def test_no_field_is_named_like_a_part_of_a_statement():
    parts = {
        "value",
        "source",
        "as_of",
        "line",
        "column",
        "key",
        "printed",
        "language",
        "redacted",
        "also",
        "id",
    }
    assert [name_of(field) for field in FIELDS if field.name in parts] == []


@pytest.mark.parametrize(
    "name", ["place", "state", "sector", "created", "members_total", "jobs", "president"]
)
def test_what_the_issue_lists_by_name_is_a_single_field_of_a_cluster(name: str):
    assert not declaration(Kind.CLUSTER).fields[name].many
