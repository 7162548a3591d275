import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.identifiers import LONGEST, is_identifier

ALLOWED = set(string.ascii_lowercase + string.digits + "-")


@pytest.mark.parametrize("text", ["ma-ce3m", "a", "2ts", "tn-2ts", "dz-huile-olive-bouira", "a" * LONGEST])
def test_small_letters_digits_and_single_hyphens_make_an_identifier(text: str):
    assert is_identifier(text)


@pytest.mark.parametrize(
    "thing",
    [
        "",
        "-a",
        "a-",
        "a--b",
        "MA-CE3M",
        "ma_ce3m",
        "ma ce3m",
        "ma-énergie",
        "a\n",
        "عنقود",
        "a" * (LONGEST + 1),
        None,
        7,
    ],
)
def test_anything_else_is_none(thing: object):
    assert not is_identifier(thing)


@given(st.text("ab1-_é", max_size=8))
def test_the_rule_is_the_slow_rule(text: str):
    slow = bool(text) and set(text) <= ALLOWED and all(text.split("-"))
    assert is_identifier(text) == slow
