"""Citations: where a number, a rule or a word of a scheme comes from."""

import re
from dataclasses import dataclass
from enum import StrEnum

STUDY = "ipemed-2019"
"""Source that a bare line cites: the study of March 2019, as the census names it."""

_LINES = re.compile(r"l\. ([0-9]+)(?:-([0-9]+))?")
_STATEMENT = re.compile(r"statement ([0-9a-f]{20})")


class CiteKind(StrEnum):
    """What a citation points to."""

    LINE = "line"  # lines of the study
    STATEMENT = "statement"  # one statement of the census, by its hash
    LAW = "law"  # a legal text, with its article
    PAGE = "page"  # a document that is no legal text: a web page, a report
    EDITORS = "editors"  # general knowledge of the editors, still to be checked


@dataclass(frozen=True, slots=True)
class Cite:
    """One citation: a line of the study, a statement of the census, a legal text, a page or the editors.

    Examples
    --------
    >>> Cite(CiteKind.LINE, lines=(417, 418)).short
    'l. 417-418'
    >>> Cite(CiteKind.LAW, title="Loi 17-02", article="27").short
    'Loi 17-02, art. 27'
    """

    kind: CiteKind
    lines: tuple[int, ...] = ()
    source: str | None = None
    statement: str | None = None
    title: str | None = None
    article: str | None = None
    href: str | None = None
    published: str | None = None

    @property
    def short(self) -> str:
        """The citation as it is written beside a number."""
        match self.kind:
            case CiteKind.LINE:
                last = f"-{self.lines[-1]}" if len(self.lines) > 1 else ""
                return f"l. {self.lines[0]}{last}"
            case CiteKind.STATEMENT:
                return f"statement {self.statement}"
        return f"{self.title}, art. {self.article}" if self.article else str(self.title)


def cite_of(text: str) -> Cite | None:
    """The citation that a short text stands for; nothing if it has another form.

    Parameters
    ----------
    text : ``l. 377``, ``l. 417-432`` or ``statement`` and twenty hexadecimal digits

    Examples
    --------
    >>> cite_of("l. 377").lines
    (377,)
    >>> cite_of("page 12") is None
    True
    """
    if found := _LINES.fullmatch(text):
        first = int(found[1])
        last = int(found[2] or first)
        if not 0 < first <= last:
            return None
        return Cite(CiteKind.LINE, lines=tuple(range(first, last + 1)), source=STUDY)
    if found := _STATEMENT.fullmatch(text):
        return Cite(CiteKind.STATEMENT, statement=found[1])
    return None
