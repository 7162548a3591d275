"""Sentences of the chapter: the same in three languages, whole in their plural forms, right in agreement."""

import pytest
from babel import Locale

from grappe.domain.vocabulary import LANGUAGES
from grappe.present.report.content import Code, Count, Country, Name, Several, Tally, Word
from grappe.present.report.sentences import GROUPS, Wording, gaps, plain, templates

FORMS = {language: {*Locale.parse(language).plural_form.tags, "other"} for language in LANGUAGES}


def entries(language):
    """Each template of a language with its place; cases of an Arabic noun stand under the noun itself."""
    for group in GROUPS:
        for key, template in templates(language)[group].items():
            yield f"{group}.{key.partition('.')[0]}", template


def test_arabic_has_six_plural_forms():
    assert FORMS["ar"] == {"zero", "one", "two", "few", "many", "other"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_language_has_the_keys_of_the_french(language):
    assert {place for place, _ in entries(language)} == {place for place, _ in entries("fr")}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("group", ["document", "headings", "sentences", "captions", "words"])
def test_every_language_has_the_gaps_of_the_french(language, group):
    french, other = templates("fr")[group], templates(language)[group]
    for key in french:
        # A form for one thing alone may leave out what then goes without saying.
        most = max(_texts(french[key]), key=lambda text: len(gaps(text)))
        assert gaps(most) == gaps(max(_texts(other[key]), key=lambda text: len(gaps(text)))), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_plural_forms_has_all_of_its_language(language):
    for place, template in entries(language):
        if isinstance(template, dict) and not place.startswith("countries"):
            # French counts 0 as one; what is said of nothing may have words of its own.
            assert set(template) - ({"zero"} - FORMS[language]) == FORMS[language], place


def _texts(template):
    return list(template.values()) if isinstance(template, dict) else [template]


def said(language, key, where="MA", /, **params):
    return plain(Wording(language, where).sentence(key, params))


def test_a_country_takes_its_preposition():
    count = Count(2, noun="instruments")
    tallies = Several((Tally(Code("instrument_kind", "law"), Count(2)),))
    told = {"count": count, "tallies": tallies}
    assert "au Maroc" in said("fr", "instruments", **told | {"country": Country("MA")})
    assert "en Algérie" in said("fr", "instruments", "DZ", **told | {"country": Country("DZ")})
    assert "en Tunisie" in said("fr", "instruments", "TN", **told | {"country": Country("TN")})
    assert "in Morocco" in said("en", "instruments", "MA", **told | {"country": Country("MA")})
    assert "في المغرب" in said("ar", "instruments", "MA", **told | {"country": Country("MA")})


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "عنقود واحد"), (2, "عنقودان"), (3, "3 عناقيد"), (10, "10 عناقيد"),
        (11, "11 عنقوداً"), (15, "15 عنقوداً"), (100, "100 عنقود"),
    ],
)  # fmt: skip
def test_arabic_counts_agree_with_what_they_count(count, words):
    assert plain(Wording("ar", "MA").value(Count(count, noun="clusters"))) == words


def test_arabic_cases_follow_the_gap():
    wording = Wording("ar", "MA")
    assert plain(wording.value(Count(2, noun="clusters"), ".acc")) == "عنقودين"
    assert plain(wording.value(Count(1, noun="clusters"), ".acc")) == "عنقوداً واحداً"


def test_french_millions_take_de():
    wording = Wording("fr", "MA")
    assert plain(wording.value(Count(2_000_000, noun="unit_MAD"))).endswith("de dirhams")
    assert plain(wording.value(Count(2_000, noun="unit_MAD"))).endswith("000 dirhams")


def test_french_marks_keep_their_spaces():
    text = said("fr", "indicators", name=Name("Zéro"), names=Word("unknown"))
    assert text == "Zéro\u00a0: inconnu."


def test_a_date_is_told_at_its_precision():
    wording = Wording("fr", "MA")
    assert [wording.day(one) for one in ("2010", "2010-12", "2017-01-10")] == [
        "2010",
        "décembre 2010",
        "10 janvier 2017",
    ]
    assert Wording("ar", "MA").day("2010-12") == "دجنبر 2010"


def test_french_writes_the_first_of_a_month_as_an_ordinal():
    assert Wording("fr", "MA").day("2019-01-01") == "1er janvier 2019"
    assert Wording("fr", "MA").day("2019-01-11") == "11 janvier 2019"
    assert Wording("en", "MA").day("2019-01-01") == "1 January 2019"


def test_an_arabic_range_takes_the_genitive():
    span = Word("precision_range", {"low": Count(1), "high": Count(2, noun="unit_year")})
    assert plain(Wording("ar", "MA").value(span)) == "من 1 إلى سنتين"


def test_french_says_nothing_with_a_word_of_its_own():
    wording = Wording("fr", "MA")
    assert plain(wording.value(Count(0, noun="cooperations"))) == "aucune coopération"
    assert plain(wording.value(Count(0, noun="unit_jobs"))) == "0 emploi"


def test_one_is_written_as_a_word_within_a_sentence():
    assert plain(Wording("fr", "MA").value(Count(1, noun="clusters"))) == "un cluster"
    assert plain(Wording("en", "MA").value(Count(1, noun="clusters"))) == "one cluster"


def test_an_arabic_list_parts_a_latin_name_from_its_and():
    names = Several((Name("Alpha"), Name("Beta")))
    assert plain(Wording("ar", "MA").value(names)) == "Alpha و\u202fBeta"
    assert plain(Wording("fr", "MA").value(names)) == "Alpha et Beta"


def test_a_sentence_agrees_with_its_count():
    one = {"count": Count(1, noun="sectors"), "tallies": Several((Tally(Code("sector", "1"), Count(3)),))}
    assert said("fr", "sectors", **one).startswith("Tous relèvent d'un seul secteur")
    two = one | {"count": Count(2, noun="sectors")}
    assert said("fr", "sectors", **two).startswith("Ils se répartissent entre 2 secteurs")


def test_a_country_that_the_locale_data_lack_is_written_all_the_same():
    assert Wording("fr", "LY").day("2019-03") == "mars 2019"
