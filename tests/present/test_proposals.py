"""Words of proposals: each code that the rules utter has a sentence, and each sentence is uttered."""

import re
from importlib.resources import files

from grappe.census.reading import Change, document_of, plain_reading, read
from grappe.present.proposals import (
    CHANGES,
    LEFTOVERS,
    PARTS,
    PROPOSAL_ERRORS,
    REASONS,
    match_words,
    reading_words,
    value_words,
)
from tests.census.reading.invented import FRENCH_SHEET, TABLE, TEXT


def uttered() -> str:
    """The code of the rules and of those who call them."""
    folder = files("grappe.census.reading")
    texts = [path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".py")]
    others = ("actions/accept_proposals.py", "queries/document_proposals.py", "cli/reading_documents.py")
    texts += [(files("grappe") / name).read_text("utf-8") for name in others]
    return "\n".join(texts)


def test_every_sentence_is_uttered():
    code = uttered()
    built = {"niche_unknown", "activity_unknown"}  # put together from the name of a list
    for table in (REASONS, LEFTOVERS, PARTS, PROPOSAL_ERRORS):
        for name in table.keys() - built:
            assert f'"{name}"' in code, name


def test_every_reason_of_the_rules_has_a_sentence():
    named = set(re.findall(r'Reason\("(\w+)"', uttered()))
    assert named <= REASONS.keys() | LEFTOVERS.keys()
    assert CHANGES.keys() == {str(change) for change in Change}


def test_a_reading_is_worded_in_every_language():
    found = read(document_of("\n".join([TABLE, TEXT, FRENCH_SHEET]).split("\n")))
    for language in ("fr", "en", "ar"):
        worded = reading_words(plain_reading(found, "2024"), language)
        assert all(one["message"] and one["label"] for one in worded["proposals"])
        assert all(one["message"] for one in worded["leftovers"])
        assert all(value_words(one, language) for one in worded["proposals"])


def test_a_match_is_worded_with_its_parts():
    assert (
        match_words({"same_name": 0.7, "same_country": 0.1}, "en")
        == "0.80 = same name 0.70 + same country 0.10"
    )
