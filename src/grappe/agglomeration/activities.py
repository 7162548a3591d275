"""From the words of the census to the codes of a register: one concordance, with prefixes of ISIC Rev.4."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from grappe.domain.errors import BadChoice, InputRefused

Prefixes = tuple[str, ...]
OWN = "own"
"""Name of a nomenclature that is known by the table the user gives, and by nothing else."""


class Closeness(StrEnum):
    """How near the code of a register stands to the activity of a cluster, the nearest first."""

    SAME = "same"
    """The code lies within what a niche or an industry of the cluster names."""
    WIDER = "wider"
    """The code is coarser, and holds what a niche or an industry names among other things."""
    SECTOR = "sector"
    """The code lies in the sector of the cluster, and that is all that is known."""
    NONE = "none"
    """The code names something else."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What a cluster does, as prefixes of ISIC Rev.4.

    `narrow` comes from niches and industries, `sector` from the sector alone; both are empty where the
    words name no industry.
    """

    narrow: Prefixes = ()
    sector: Prefixes = ()

    @property
    def known(self) -> bool:
        """Whether the cluster can be looked for by its activity at all."""
        return bool(self.narrow or self.sector)

    def closeness(self, codes: Iterable[str]) -> Closeness:
        """How near some ISIC codes of one register code stand to this activity.

        Parameters
        ----------
        codes : iterable of str
            Digits of ISIC Rev.4; none of them is no answer.

        Returns
        -------
        Closeness
            The nearest of any.

        Examples
        --------
        >>> oil = Activity(narrow=("1040",), sector=("01", "10"))
        >>> [str(oil.closeness([code])) for code in ("1040", "10", "1071", "62")]
        ['same', 'wider', 'sector', 'none']
        """
        known = tuple(codes)
        if _within(known, self.narrow):
            return Closeness.SAME
        if any(prefix.startswith(code) for code in known for prefix in self.narrow):
            return Closeness.WIDER
        if _within(known, self.sector) or any(p.startswith(c) for c in known for p in self.sector):
            return Closeness.SECTOR
        return Closeness.NONE


@dataclass(frozen=True, slots=True)
class Concordance:
    """The table of `activities_to_isic.yml`, with what a user adds for codes of their own.

    `nomenclature` says how codes of the register are read: a name of `nomenclatures`. `own` maps codes of
    the register to prefixes of ISIC; it goes before the rest.
    """

    nomenclature: str = "isic"
    own: Mapping[str, Prefixes] = field(default_factory=dict)

    def isic(self, code: str) -> Prefixes:
        """Prefixes of ISIC Rev.4 for a code of the register; none where the code says nothing.

        Examples
        --------
        >>> Concordance().isic("10.41A"), Concordance("naics").isic("311811"), Concordance().isic("pottery")
        (('1041',), ('1071', '1074'), ())
        """
        if code in self.own:
            return self.own[code]
        digits = _digits(code)
        if self.nomenclature == OWN or len(digits) < 2:
            return ()
        if self.nomenclature != "naics":
            return (digits[:4],)
        table = _table()["naics"]
        for length in range(len(digits), 1, -1):
            if digits[:length] in table:
                return tuple(table[digits[:length]])
        return ()


def activity(
    sector: int | str | None = None, niches: Iterable[str] = (), industries: Iterable[str] = ()
) -> Activity:
    """The activity of a cluster from the words of its sheet.

    Parameters
    ----------
    sector : int or str, optional
        Code of the vocabulary ``sector``.
    niches, industries : iterable of str
        Codes of the vocabularies ``niche`` and ``industry``; one that the concordance lacks adds nothing.

    Returns
    -------
    Activity

    Raises
    ------
    BadChoice
        If there is no such sector.

    Examples
    --------
    >>> activity(1, ["olive_oil"]).narrow, activity(6).known
    (('1040',), False)
    """
    table = _table()
    if sector is not None and str(sector) not in table["sector"]:
        raise BadChoice("bad_choice", name="sector", value=sector, accepted=", ".join(table["sector"]))
    narrow = [p for one in niches for p in table["niche"].get(one, ())]
    narrow += [p for one in industries for p in table["industry"].get(one, ())]
    wide = table["sector"][str(sector)] if sector is not None else ()
    return Activity(tuple(dict.fromkeys(narrow)), tuple(wide))


def nomenclatures() -> tuple[str, ...]:
    """Names of the nomenclatures whose codes can be read.

    Examples
    --------
    >>> nomenclatures()[:2], "naics" in nomenclatures()
    (('isic', 'nace'), True)
    """
    return (*_table()["same_divisions"], "naics", OWN)


def check_nomenclature(name: str) -> str:
    """The name of a nomenclature, in small letters; SCIAN is NAICS.

    Raises
    ------
    BadChoice
        If codes of that nomenclature cannot be read.
    """
    found = {"scian": "naics"}.get(name.casefold(), name.casefold())
    if found not in nomenclatures():
        raise BadChoice("bad_choice", name="nomenclature", value=name, accepted=", ".join(nomenclatures()))
    return found


def edition() -> str:
    """Name of the concordance, to stand beside what was matched with it."""
    return str(_table()["edition"])


@cache
def _table() -> Mapping[str, Any]:
    text = (files("grappe.agglomeration") / "activities_to_isic.yml").read_text("utf-8")
    read = yaml.safe_load(text)
    return {name: _keyed(value) if isinstance(value, dict) else value for name, value in read.items()}


def _keyed(part: Mapping[Any, list[str]]) -> dict[str, Prefixes]:
    return {str(key): tuple(values) for key, values in part.items()}


def _digits(code: str) -> str:
    """The digits of a code up to the letter that national versions add, its section letter left out."""
    found = re.match(r"[A-Za-z]{0,6}[ .:-]?(\d[\d .-]*)", code.strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    # A spreadsheet takes the zero from the division 06.
    return digits.zfill(2) if digits else ""


def _within(codes: Iterable[str], prefixes: Prefixes) -> bool:
    return any(code.startswith(prefix) for code in codes for prefix in prefixes)


def concordance_of(rows: Iterable[tuple[object, object]], file: str) -> dict[str, Prefixes]:
    """What a user's table says: a code of the register, and one or more ISIC codes parted by spaces.

    Parameters
    ----------
    rows : iterable of (code, ISIC codes)
        In the order of the file, below its header.
    file : str
        Its name, for messages.

    Raises
    ------
    InputRefused
        If a row has no code, or what should be ISIC codes are no digits.

    Examples
    --------
    >>> concordance_of([("weaving", "1312 139")], "mine.csv")
    {'weaving': ('1312', '139')}
    """
    found: dict[str, Prefixes] = {}
    for number, (code, isic) in enumerate(rows, 2):
        digits = tuple(re.split(r"[\s;|]+", str(isic or "").strip()))
        if code is None or not all(one.isascii() and one.isdigit() and 2 <= len(one) <= 4 for one in digits):
            raise InputRefused("bad_concordance", path=file, line=number)
        found[str(code)] = tuple(dict.fromkeys((*found.get(str(code), ()), *digits)))
    return found
