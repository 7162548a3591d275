"""Verdicts, registers and measures in words."""

from pathlib import Path

import pytest

from grappe.agglomeration.distance_test import Method, Verdict
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.concentrations import caption_of, concentration_rows, count_words, is_planar
from grappe.present.measures import rows_words, warning_words
from grappe.present.registers import (
    ROLES,
    chosen_words,
    coverage_words,
    left_out_words,
    role_words,
    set_aside_words,
    unweighted_words,
)
from grappe.present.verdicts import (
    METHODS,
    SENTENCES,
    VERDICTS,
    caption_words,
    counts,
    counts_words,
    how_words,
    untested_words,
    why_words,
)
from tests.present.made_up_results import a_test, footprints


def test_every_verdict_and_every_method_has_words():
    assert set(VERDICTS) == set(SENTENCES) == {str(one) for one in Verdict}
    assert set(METHODS) == {str(one) for one in Method}


def test_verdicts_are_counted_those_that_none_got_too():
    assert counts(a_test()) == {"localised": 1, "dispersed": 1, "neutral": 1, "untestable": 1}
    assert counts_words(a_test()) == "Industries: 4 (1 localised, 1 dispersed, 1 neutral, 1 untestable)."


def test_reasons_are_counted_and_an_unknown_one_is_shown_as_it_is():
    assert list(untested_words(a_test())) == [
        "Industries not tested: 1. It has a single establishment: no distance can be measured."
    ]
    assert why_words("odd") == "odd"
    assert why_words(None) == ""


def test_how_a_test_was_made_is_said_with_numbers_as_the_language_writes_them():
    settings = {"level": 0.05, "simulations": 1000, "seed": 3}
    assert how_words(settings) == "Level 5 % on each side, 1,000 simulations, seed 3."
    assert how_words(settings, "fr") == "Seuil de 5 % de chaque côté, 1\u202f000 simulations, graine 3."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_caption_says_the_coverage_and_that_a_cluster_cooperates(language):
    caution = {"en": "cooperates", "fr": "coopère", "ar": "يتعاون"}[language]
    for caption in (
        caption_words(a_test(), None, language),
        caption_words(a_test(), a_test()["weaving"], language),
        caption_of(footprints(), language),
    ):
        assert caution in " ".join(caption)
        assert coverage_words(None, language)[-20:] in " ".join(caption)


def test_coverage_is_stated_or_said_not_to_be():
    assert coverage_words("All firms.") == (
        "Coverage of the register: All firms. Informal units are not in it."
    )
    assert "not stated." in coverage_words(None)


def test_what_was_left_out_and_set_aside_is_counted():
    assert left_out_words(0) == ""
    assert left_out_words(1200) == "Rows left out by the conditions: 1,200."
    assert set_aside_words(2, 10, Path("a.csv")) == "Bad rows set aside with their reasons in a.csv: 2 of 10."


def test_columns_are_said_when_any_was_guessed():
    assert chosen_words({"lon": "x"}, set()) == ""
    assert chosen_words({"lon": "LNG"}, {"lon"}) == "Columns used: longitude = LNG. Options name others."
    assert unweighted_words("jobs").endswith("--weight jobs.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_has_a_word(language):
    assert all(role_words(role, language) for role in ROLES)
    assert role_words("odd", language) == "odd"


def test_rows_not_shown_are_told_with_the_way_to_have_them():
    assert rows_words(3, 3) == "Rows: 3"
    assert "--out" in rows_words(300, 40)


def test_a_warning_that_is_not_the_users_is_not_told():
    assert warning_words("DeprecationWarning") == ""
    assert "eci and pci" in warning_words("SmallEigenGap")


def test_concentrations_are_counted_with_what_was_not_searched_and_not_published():
    found = footprints() | {
        "industries": [
            {"industry": "a", "why": None, "withheld": 2},
            {"industry": "b", "why": "one_establishment", "withheld": 0},
        ],
        "settings": {"min_establishments": 10},
    }
    assert list(count_words(found)) == [
        "Concentrations: 2. Industries searched: 1.",
        "Industries not searched: 1. It has a single establishment: no distance can be measured.",
        "Concentrations of fewer than 10 establishments, not published: 2.",
        "Data show concentration; a cluster also cooperates.",
    ]
    assert [row["industry"] for row in concentration_rows(found)] == ["weaving", "shops"]


def test_shapes_on_a_plane_are_told_from_those_on_the_globe():
    assert is_planar({"coordinates": "kilometres on the plane of the input"})
    assert not is_planar({"coordinates": "degrees, WGS 84"})
    assert not is_planar({})
