"""Who speaks where a source says something: the cluster whose sheet it is, or the author."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from grappe.census.facts import Facts
from grappe.domain.cooperation import REAL
from grappe.domain.entity import Kind
from grappe.domain.source import Part
from grappe.domain.statement import Statement

AUTHOR = ""
"""Who speaks outside the sheets of a source: its author, a third party to every link."""
Headings = Mapping[str, Sequence[tuple[int, str]]]
"""For each source, the first line of each sheet with the cluster whose sheet it is, in order."""


def headings(facts: Facts) -> Headings:
    """Where the sheet of each cluster begins: at the first line of this part that gives its name.

    Parameters
    ----------
    facts : the names of all clusters must be among them

    Returns
    -------
    mapping
        Source to ``(line, cluster)``; a cluster without a sheet in a source is not in its list.
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for cluster in facts.of_kind(Kind.CLUSTER):
        first: dict[str, int] = {}
        for s in facts.statements(cluster, "name"):
            if s.part is Part.SHEET and s.lines:
                first[s.source] = min(first.get(s.source, s.lines[0]), *s.lines)
        for source, line in first.items():
            found[source].append((line, cluster))
    return {source: sorted(rows) for source, rows in found.items()}


def speakers(facts: Facts, statements: Iterable[Statement], sheets: Headings) -> frozenset[str | None]:
    """Who speaks in some statements.

    Sheets follow one another: a line of this part belongs to the sheet whose heading is the last
    before it, and what a sheet says is said by its cluster. In tables, text and footnotes the author
    speaks. What is cited by a key says nothing of the hand that wrote it.

    Parameters
    ----------
    facts : with the sources of the statements
    statements : of one link, or about one entity
    sheets : as made by `headings`

    Returns
    -------
    frozenset
        Ids of clusters, `AUTHOR`, and nothing where it cannot be told.
    """
    found: set[str | None] = set()
    for s in statements:
        source = facts.sources[s.source]
        for line in s.lines:
            if source.part_of(line) is not Part.SHEET:
                found.add(AUTHOR)
                continue
            rows = sheets.get(s.source, ())
            at = bisect_right(rows, line, key=lambda row: row[0])
            found.add(rows[at - 1][1] if at else None)
        if not s.lines:
            found.add(None)
    return frozenset(found)


def refers_to(facts: Facts, one: str, other: str, sheets: Headings) -> bool:
    """Whether a cluster names another entity in its own sheet, outside the links."""
    mentions = [s for s in facts.statements(one) if s.value == other]
    return bool(mentions) and one in speakers(facts, mentions, sheets)


def speaks_of_countries(facts: Facts, one: str, sheets: Headings) -> frozenset[str]:
    """Countries with which a cluster says in its own sheet that it cooperates, naming nobody there.

    "All Moroccan clusters" names none of them, and is no silence about any. What is only planned or
    sought is left out: it speaks of no partner there is.
    """
    said = [s for s in facts.statements(one, "cooperation_country") if s.attributes.get("status") in REAL]
    return frozenset(str(s.value) for s in said if one in speakers(facts, [s], sheets))
