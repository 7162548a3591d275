"""Measures of tables in words: what a row is, how many there are."""

from dataclasses import dataclass
from pathlib import Path

from grappe.present.catalogue import N_, say
from grappe.present.words import number


@dataclass(frozen=True, slots=True)
class Grain:
    """What a row of a result is: the end of the name of its file, its heading."""

    file: str
    title: str

    def heading(self, language: str = "en") -> str:
        """Heading of the table of these rows."""
        return say(language, self.title)


GRAINS = {
    "cell": Grain("cells", N_("Cells: region and industry")),
    "industry": Grain("industries", N_("Industries")),
    "region": Grain("regions", N_("Regions")),
    "pair": Grain("pairs", N_("Pairs of industries")),
}


def rows_words(count: int, shown: int, language: str = "en") -> str:
    """How many rows there are, and how many of them are shown."""
    if shown == count:
        return say(language, N_("Rows: {count}"), count=number(count, language))
    return say(
        language, N_("Rows: {shown} of {count}, highest first; --out FILE writes them all"),
        shown=number(shown, language), count=number(count, language),
    )  # fmt: skip


def written_words(path: Path, language: str = "en") -> str:
    """That a file was written."""
    return say(language, N_("Written: {path}"), path=path)


_WARNINGS = {
    "SmallEigenGap": N_(
        "The second and third dimensions of the table weigh nearly the same: eci and pci are uncertain."
    ),
}


def warning_words(name: str, language: str = "en") -> str:
    """A warning of a measure in words; nothing for one that is not the user's concern."""
    return say(language, _WARNINGS[name]) if name in _WARNINGS else ""
