import re
from collections import Counter

from grappe.domain.vocabulary import LANGUAGES
from grappe.present.glossary import TERMS

ARABIC = re.compile(r"[\u0621-\u064a]")


def test_every_term_has_its_word_in_each_language():
    assert [
        term.code for term in TERMS if not all(term.word(language).strip() for language in LANGUAGES)
    ] == []
    assert [term.code for term in TERMS if not ARABIC.search(term.ar)] == []


def test_one_thing_has_one_entry():
    assert [code for code, times in Counter(term.code for term in TERMS).items() if times > 1] == []


def test_words_that_the_project_never_uses_for_a_cluster_or_a_call_are_not_its_arabic():
    # A bare "pole" is a host, a tender is no call for proposals, an emerging cluster is no start-up.
    words = {term.code: term.ar for term in TERMS}
    assert words["cluster"] != "قطب"
    assert not any("طلب عروض" in term.ar for term in TERMS if "call" in term.code)
