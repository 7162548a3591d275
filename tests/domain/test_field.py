import re

import pytest

from grappe.domain.entity import Kind
from grappe.domain.field import ATTRIBUTE_LISTS, ATTRIBUTES, Field, FieldType, declaration
from grappe.domain.source import Part
from grappe.domain.vocabulary import LANGUAGES, vocabularies, vocabulary

ARABIC = re.compile(r"[\u0621-\u064a]")
FIELDS = [field for kind in Kind for field in declaration(kind).fields.values()]


def name_of(field: Field) -> str:
    return f"{field.kind}.{field.name}"


every_field = pytest.mark.parametrize("field", FIELDS, ids=name_of)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_declares_its_fields_and_one_of_them_captions_it(kind: Kind):
    found = declaration(kind)
    assert found.kind is kind
    assert found.caption in found.fields
    assert not found.fields[found.caption].many


@every_field
def test_every_field_is_labelled_in_three_languages(field: Field):
    assert set(field.label) == set(LANGUAGES)
    assert all(words.strip() for words in field.label.values())
    assert ARABIC.search(field.label["ar"])


@every_field
def test_a_help_is_given_in_three_languages_or_not_at_all(field: Field):
    assert set(field.help) in (set(), set(LANGUAGES))
    assert all(words.strip() for words in field.help.values())


@every_field
def test_a_tag_has_a_controlled_list_that_exists(field: Field):
    if field.type is FieldType.TAG or field.vocabulary is not None:
        assert field.vocabulary in vocabularies()
        assert vocabulary(str(field.vocabulary))


@every_field
def test_a_reference_says_which_kinds_it_may_name(field: Field):
    if field.type in (FieldType.REF, FieldType.PLACES):
        assert field.refers
        assert set(field.refers) <= set(Kind)
    else:
        assert field.refers == ()


@every_field
def test_the_key_of_a_field_is_one_of_its_attributes_and_only_many_have_one(field: Field):
    if field.key is not None:
        assert field.key in field.attributes
        assert field.many


@every_field
def test_the_order_of_trust_names_every_part_once(field: Field):
    assert sorted(field.trust) == sorted(Part)


@every_field
def test_what_counts_something_says_in_which_list(field: Field):
    if "of" in field.attributes:
        assert field.vocabulary is not None


@every_field
def test_only_single_fields_of_places_can_lack_a_winner(field: Field):
    if field.no_winner:
        assert not field.many


@every_field
def test_who_holds_an_office_is_personal(field: Field):
    if Kind.PERSON in field.refers or field.kind is Kind.PERSON:
        assert field.personal


def test_every_type_of_value_says_which_attributes_it_may_carry():
    assert set(ATTRIBUTES) == set(FieldType)
    assert all("note" in names for names in ATTRIBUTES.values())


def test_every_list_of_an_attribute_exists():
    assert set(ATTRIBUTE_LISTS.values()) <= set(vocabularies())


def test_no_field_is_named_like_a_part_of_a_statement():
    parts = {"value", "source", "as_of", "line", "column", "key", "printed", "language", "redacted", "also", "id"}
    assert [name_of(field) for field in FIELDS if field.name in parts] == []


@pytest.mark.parametrize("name", ["place", "state", "sector", "created", "members_total", "jobs", "president"])
def test_what_the_issue_lists_by_name_is_a_single_field_of_a_cluster(name: str):
    assert not declaration(Kind.CLUSTER).fields[name].many
