"""What is written about a person: an address, a name, a language."""

import pytest

from grappe.domain.account import clean_address, clean_language, clean_name
from grappe.domain.errors import BadChoice, InputRefused


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a@b.org", "a@b.org"), (" A@B.Org\n", "a@b.org"), ("o'neil+x@mail.b-c.org", "o'neil+x@mail.b-c.org")],
)
def test_an_address_is_kept_in_small_letters(given: str, kept: str):
    assert clean_address(given) == kept


@pytest.mark.parametrize(
    "given",
    ["", "a", "a@b", "@b.org", "a@", "a b@c.org", "a@b..org", "a@b.org, c@d.org", "<a@b.org>", "a@b.org\0",
     "a" * 150 + "@b.org", "a@b@c.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(given: str):
    with pytest.raises(InputRefused, match="bad_address"):
        clean_address(given)


@pytest.mark.parametrize(("given", "kept"), [("  Amel  B. ", "Amel B."), ("عمر", "عمر"), ("e\u0301", "é")])
def test_a_name_is_kept_with_single_spaces(given: str, kept: str):
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["", "  ", "a" * 81, "amel@example.org", "a\u202eb", "a\0b"])
def test_what_is_no_name_is_refused(given: str):
    with pytest.raises(InputRefused, match="bad_name"):
        clean_name(given)


def test_a_language_is_one_of_the_three():
    assert clean_language("ar") == "ar"
    with pytest.raises(BadChoice):
        clean_language("de")
