"""Concentrations in words: the rows of a list, and the caption of a map."""

from collections.abc import Mapping
from typing import Any

from grappe.present.catalogue import N_, say
from grappe.present.registers import coverage_words
from grappe.present.verdicts import CONCENTRATION, how_words
from grappe.present.words import number

COLUMNS = ("industry", "establishments", "weight", "location_quotient", "scale", "p_value", "stability")
"""Columns of the list of concentrations."""


def concentration_rows(concentrations: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row per concentration, its shape apart."""
    return [dict(one["properties"]) for one in concentrations["features"]]


def count_words(concentrations: Mapping[str, Any], language: str = "en") -> str:
    """How many concentrations were found, and the caution that goes with them."""
    count = number(len(concentrations["features"]), language)
    found = say(language, N_("{count} concentrations."), count=count)
    return f"{found} {say(language, CONCENTRATION)}"


def caption_of(concentrations: Mapping[str, Any], language: str = "en") -> list[str]:
    """What a reader needs beside a map: level, seed, coverage, and what it does not show."""
    settings = concentrations.get("grappe", {})
    least = settings.get("min_establishments")
    found = [say(language, CONCENTRATION)]
    if least is not None:
        words = N_("Each holds at least {count} establishments; none is named.")
        found.append(say(language, words, count=number(int(least), language)))
    if "level" in settings:
        found.append(how_words(settings, language))
    found.append(coverage_words(settings.get("coverage"), language))
    return found
