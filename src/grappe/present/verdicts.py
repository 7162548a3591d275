"""Tests of localisation in words: verdicts, reasons, methods, and the caption that every figure carries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from grappe.present.catalogue import N_, say
from grappe.present.registers import coverage_words
from grappe.present.words import number

if TYPE_CHECKING:
    from grappe.agglomeration.distance_test import DistanceTest, IndustryTest

VERDICTS = {
    "localised": N_("localised"),
    "dispersed": N_("dispersed"),
    "neutral": N_("neutral"),
    "untestable": N_("untestable"),
}
"""A word per verdict."""

SENTENCES = {
    "localised": N_("localised"),
    "dispersed": N_("dispersed"),
    "neutral": N_("neither localised nor dispersed"),
    "untestable": N_("cannot be tested"),
}
"""What a title says of an industry."""

REASONS = {
    "one_establishment": N_("It has a single establishment: no distance can be measured."),
    "too_few_establishments": N_("It has too few establishments for a test."),
    "too_few_simulations": N_("Too few simulations for a verdict at the level asked: ask for more of them."),
    "no_weight": N_("All its weights are zero."),
    "whole_population": N_("It is the whole register: there is nothing to compare it with."),
    "no_neighbour_in_range": N_("No two of its establishments are within the range of distances."),
    "quotient_out_of_reach": N_("Its share of the register is so large that nowhere can it be much larger."),
    "population_at_one_place": N_("All establishments of the register are at one place."),
    "no_jobs": N_("It has no job."),
    "one_plant": N_("It has a single plant: nothing tells place from size."),
    "one_region": N_("There is a single region."),
    "no_presence": N_("No industry is present there, or nowhere: no quotient reaches the threshold."),
    "no_second_dimension": N_(
        "The table has no second dimension: too few regions or industries, or all alike."
    ),
}
"""Why an industry cannot be tested, or measured."""

FUNCTIONS = {
    "kd": N_("K-density of Duranton and Overman, with its bands"),
    "m": N_("M of Marcon and Puech, with its bands"),
}
"""Names of the functions of distance."""

METHODS = {"simulated": N_("simulated"), "closed form": N_("closed form")}
"""How the bands of an industry were made."""

CONCENTRATION = N_("Data show concentration; a cluster also cooperates.")
NULL = N_("Null: the establishments of the industry drawn at random from all sites of the register.")


def verdict_words(verdict: str, language: str = "en") -> str:
    """A verdict in a word."""
    return say(language, VERDICTS[str(verdict)])


def verdict_sentence(one: "IndustryTest", language: str = "en") -> str:
    """What a title says of an industry."""
    return say(language, SENTENCES[str(one.verdict)])


def why_words(code: str | None, language: str = "en") -> str:
    """Why an industry cannot be tested; nothing for one that can."""
    if code is None:
        return ""
    return say(language, REASONS[code]) if code in REASONS else code


def method_words(method: str | None, language: str = "en") -> str:
    """How bands were made."""
    return say(language, METHODS[method]) if method in METHODS else str(method or "")


def function_title(function: str, language: str = "en") -> str:
    """Name of a function of distance."""
    return say(language, FUNCTIONS[function])


def counts(test: "DistanceTest") -> dict[str, int]:
    """How many industries got each verdict, in the order of the verdicts."""
    found = Counter(str(one.verdict) for one in test)
    return {verdict: found.get(verdict, 0) for verdict in VERDICTS}


def counts_words(test: "DistanceTest", language: str = "en") -> str:
    """How many industries got each verdict."""
    parts = [
        f"{number(count, language)} {verdict_words(name, language)}" for name, count in counts(test).items()
    ]
    return say(
        language, N_("Industries: {count} ({parts})."), count=number(len(test.industries), language),
        parts=", ".join(parts),
    )  # fmt: skip


def untested_words(test: "DistanceTest", language: str = "en") -> Iterator[str]:
    """How many industries were not tested, for each reason."""
    for why, count in Counter(one.why for one in test if one.why).items():
        words = N_("Industries not tested: {count}. {why}")
        yield say(language, words, count=number(count, language), why=why_words(why, language))


def how_words(settings: Mapping[str, Any], language: str = "en") -> str:
    """Level, simulations and seed of a test."""
    level = settings.get("level")
    return say(
        language, N_("Level {level} on each side, {simulations} simulations, seed {seed}."),
        level=f"{number(100 * float(level), language)} %" if level is not None else "?",
        simulations=number(int(settings.get("simulations", 0)), language), seed=settings.get("seed", "?"),
    )  # fmt: skip


def caption_words(test: "DistanceTest", one: "IndustryTest | None", language: str = "en") -> list[str]:
    """What a reader needs beside a figure: numbers, null, level, seed, coverage, and a caution."""
    if one is None:
        first = counts_words(test, language)
    else:
        first = say(
            language, N_("Establishments: {count}; bands {method}, p {p}."),
            count=number(one.establishments, language), method=method_words(one.method, language),
            p=_p(one, language),
        )  # fmt: skip
    return [
        first, say(language, NULL), how_words(test.settings, language),
        coverage_words(_coverage(test.settings), language), say(language, CONCENTRATION),
    ]  # fmt: skip


def _p(one: "IndustryTest", language: str) -> str:
    known = [p for p in (one.p_localised, one.p_dispersed) if p is not None]
    return number(float(f"{min(known):.2g}"), language) if known else "?"


def _coverage(settings: Mapping[str, Any]) -> str | None:
    stated = settings.get("coverage")
    return str(stated) if stated else None
