import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.fold import fold

# Letters that readers of the three languages type, with what word processors add to them.
LETTERS = st.text(st.sampled_from("abéèÉœŒçÇ'’-_ ™ﬁ°²«»ßابتةىيئؤإأآٱءـلونكوبفسشًٌَُِّْ 0123٣"), max_size=12)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("electronique", "Électronique"),
        ("MECANIQUE", "mécanique"),
        ("huile d olive", "Huile d'Olive"),
        ("huile d'olive", "Huile d’Olive"),
        ("oeuvre", "Œuvre"),
        ("mosaique  el jem", "Mosaïque, El-Jem"),
        ("ce3m", "(CE3M)"),
        ("boissons logistique", "Boissons_Logistique"),
    ],
)
def test_accents_case_and_punctuation_do_not_part_a_reader_from_a_name(typed: str, written: str):
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("احمد", "أحمد"),  # alef with hamza above
        ("ادارة", "إدارة"),  # alef with hamza below
        ("اسفي", "آسفي"),  # alef with madda
        ("مستشفي", "مستشفى"),  # final ya without dots
        ("صناعه", "صناعة"),  # ta marbuta
        ("عنقود", "عنقـــود"),  # tatweel
        ("تونس", "تُونِس"),  # vowel marks
        ("رييس", "رئيس"),  # hamza on its seat
        ("جزائر", "الجزائر"),  # article
        ("صناعة", "والصناعة"),  # conjunction and article
        ("مغرب", "بالمغرب"),  # preposition and article
        ("نسيج", "للنسيج"),  # preposition that swallows the article
    ],
)
def test_arabic_spellings_of_one_word_meet(typed: str, written: str):
    assert fold(typed) == fold(written)


@pytest.mark.parametrize("word", ["إلكترونيك", "ألمنيوم", "ألعاب", "الكترونيك"])
def test_a_word_that_begins_like_the_article_is_found_with_and_without_it(word: str):
    assert fold(word) == fold(f"ال{word}")


def test_a_short_word_is_not_mistaken_for_an_article():
    assert fold("الف") == "الف"
    assert fold("ال") == "ال"


def test_words_are_parted_by_one_space_and_nothing_folds_to_nothing():
    assert fold("  Cluster\tde\n l'eau ") == "cluster de l eau"
    assert fold("") == fold(" – ") == ""


def test_the_word_of_another_meaning_stays_another_word():
    assert fold("Sousse") != fold("Sfax")
    assert fold("عنقود") != fold("قطب")


@given(LETTERS)
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=8))
def test_folding_twice_changes_nothing_in_any_script(text: str):
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_a_folded_text_holds_no_mark_and_no_outer_space(text: str):
    folded = fold(text)
    assert folded == folded.strip()
    assert not any(unicodedata.combining(c) for c in folded)
    assert "  " not in folded


@given(LETTERS)
def test_the_form_of_unicode_composition_does_not_matter(text: str):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text("abcdeé", min_size=1, max_size=9))
def test_capitals_do_not_matter(text: str):
    assert fold(text.upper()) == fold(text)
