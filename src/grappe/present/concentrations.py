"""Concentrations in words: the rows of a list, what was searched, and the caption of a map."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from grappe.present.catalogue import N_, say
from grappe.present.registers import coverage_words
from grappe.present.verdicts import CONCENTRATION, why_words
from grappe.present.words import number

COLUMNS = (
    "industry", "number", "establishments", "weight", "quotient", "share", "scale", "area", "p_value",
    "stability", "votes_for",
)  # fmt: skip
"""Columns of the list of concentrations; a file of them has more, and the votes of each rule."""


def concentration_rows(concentrations: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row per concentration, its shape apart."""
    return [dict(one["properties"]) for one in concentrations["features"]]


def count_words(concentrations: Mapping[str, Any], language: str = "en") -> Iterator[str]:
    """How many concentrations were found, what was not searched or not published, and a caution."""
    count = number(len(concentrations["features"]), language)
    industries = concentrations.get("industries", ())
    searched = number(sum(one["why"] is None for one in industries), language)
    words = N_("Concentrations: {count}. Industries searched: {searched}.")
    yield say(language, words, count=count, searched=searched)
    for why, left in Counter(one["why"] for one in industries if one["why"]).items():
        words = N_("Industries not searched: {count}. {why}")
        yield say(language, words, count=number(left, language), why=why_words(why, language))
    withheld = sum(one["withheld"] for one in industries)
    if withheld:
        least = concentrations["settings"]["min_establishments"]
        words = N_("Concentrations of fewer than {least} establishments, not published: {count}.")
        yield say(language, words, count=number(withheld, language), least=number(least, language))
    yield say(language, CONCENTRATION)


def is_planar(concentrations: Mapping[str, Any]) -> bool:
    """Whether the shapes lie on a plane, in kilometres, and not on the globe."""
    return str(concentrations.get("coordinates", "")).startswith("kilometres")


def caption_of(concentrations: Mapping[str, Any], language: str = "en") -> list[str]:
    """What a reader needs beside a map: level, seed, coverage, and what it does not show."""
    settings = concentrations.get("settings", {})
    found = [say(language, CONCENTRATION)]
    if "min_establishments" in settings:
        words = N_("Each holds at least {count} establishments; none is named.")
        found.append(say(language, words, count=number(int(settings["min_establishments"]), language)))
    if "level" in settings:
        found.append(_how(settings, language))
    found.append(coverage_words(concentrations.get("coverage"), language))
    return found


def _how(settings: Mapping[str, Any], language: str) -> str:
    words = N_(
        "Level {level} for each industry, over all places and radii; {simulations} simulations, seed {seed}."
    )
    return say(
        language, words, level=f"{number(100 * float(settings['level']), language)} %",
        simulations=number(int(settings.get("simulations", 0)), language), seed=settings.get("seed", "?"),
    )  # fmt: skip
