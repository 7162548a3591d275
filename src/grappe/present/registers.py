"""What is said of a register: columns used, rows left out, what it covers."""

from collections.abc import Collection, Mapping
from pathlib import Path

from grappe.present.catalogue import N_, say
from grappe.present.words import number

ROLES = {
    "lon": N_("longitude"),
    "lat": N_("latitude"),
    "x": N_("easting"),
    "y": N_("northing"),
    "industry": N_("industry"),
    "weight": N_("weight"),
    "region": N_("region"),
    "value": N_("count"),
    "where": N_("condition"),
}
"""What a column stands for."""

INFORMAL = N_("Informal units are not in it.")


def role_words(role: str, language: str = "en") -> str:
    """A role in words; an unknown one as it is."""
    return say(language, ROLES[role]) if role in ROLES else role


def chosen_words(columns: Mapping[str, str], guessed: Collection[str], language: str = "en") -> str:
    """Which columns are used, when any of them was guessed."""
    if not guessed:
        return ""
    pairs = ", ".join(f"{role_words(role, language)} = {column}" for role, column in columns.items())
    return say(language, N_("Columns used: {pairs}. Options name others."), pairs=pairs)


def unweighted_words(candidate: str | None, language: str = "en") -> str:
    """That each row counts as one, and the column that may hold its weight."""
    if candidate is None:
        return say(language, N_("Each row counts as one."))
    return say(
        language, N_("Each row counts as one. To weigh them: --weight {candidate}."), candidate=candidate
    )


def left_out_words(count: int, language: str = "en") -> str:
    """How many rows the conditions left out."""
    if not count:
        return ""
    return say(language, N_("Rows left out by the conditions: {count}."), count=number(count, language))


def set_aside_words(count: int, rows: int, path: Path, language: str = "en") -> str:
    """How many bad rows were set aside, and where they are."""
    return say(
        language,
        N_("Bad rows set aside with their reasons in {path}: {count} of {rows}."),
        count=number(count, language), rows=number(rows, language), path=path,
    )  # fmt: skip


def coverage_words(coverage: str | None, language: str = "en") -> str:
    """What the register holds, and what none does."""
    stated = coverage or say(language, N_("not stated."))
    covered = say(language, N_("Coverage of the register: {stated}"), stated=stated.rstrip(".") + ".")
    return f"{covered} {say(language, INFORMAL)}"
