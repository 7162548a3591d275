"""Statements and sources survive the store: what is packed comes back the same."""

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.source import Part, Source, SourceKind
from grappe.domain.statement import Statement
from grappe.store.codec import pack_source, pack_statement, unpack_source, unpack_statement

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = (
    TEXT | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()
    | st.lists(TEXT, max_size=3).map(tuple)
)  # fmt: skip
STATEMENTS = st.builds(
    Statement,
    entity=st.just("ma-oak"),
    field=st.just("name"),
    value=VALUES,
    source=TEXT,
    part=st.sampled_from(Part),
    as_of=st.sampled_from(["2019", "2019-03", "2019-03-01"]),
    lines=st.lists(st.integers(1, 9999), max_size=3).map(tuple),
    column=st.none() | TEXT,
    key=st.none() | TEXT,
    printed=st.none() | TEXT,
    language=st.sampled_from(["fr", "en", "ar"]),
    valid_from=st.none() | st.just("2010"),
    valid_to=st.none() | st.just("2012-05"),
    attributes=st.dictionaries(TEXT, VALUES, max_size=3).map(MappingProxyType),
    personal=st.booleans(),
    redacted=st.none() | TEXT,
)


@given(STATEMENTS)
def test_a_statement_comes_back_the_same(statement):
    packed = pack_statement(statement)
    assert unpack_statement(statement.id, "ma-oak", "name", packed) == statement


@given(STATEMENTS)
def test_a_statement_that_comes_back_has_the_same_hash(statement):
    back = unpack_statement("", "ma-oak", "name", pack_statement(statement))
    assert back.id == statement.id


def test_a_source_comes_back_the_same():
    source = Source(
        "book",
        SourceKind.STUDY,
        "Un livre",
        "2019-03",
        author="A. N.",
        url="https://book.example",
        note={"fr": "Vu", "en": "Seen", "ar": "شوهد"},
        parts=((1, 9, Part.TABLE), (10, 99, Part.SHEET)),
        columns=("name", "north"),
    )
    assert unpack_source("book", pack_source(source)) == source
