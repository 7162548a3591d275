"""Two to six things side by side: countries, sectors, legal forms, clusters or spatial forms.

Always in alphabetical order, and never a ranking. A share is of those of which it is known, with the
Wilson interval where they are few; the unknown are counted beside it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grappe.census.disputes import shown_values
from grappe.census.facts import Facts
from grappe.census.intervals import Share, wilson
from grappe.census.links import Link, links
from grappe.census.reconciliation import Shown
from grappe.census.row import ClusterRow
from grappe.census.urban_map import urban_map
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice
from grappe.domain.field import declaration

LEAST, MOST = 2, 6
"""How many things can be compared."""
GROUPED = ("country", "sector", "legal_form")
"""By what clusters can be grouped."""
ASPECTS = ("state", "sector", "anchoring", "legal_form", "emergence_mode", "life", "country")
"""Aspects of clusters that are told of each group; that by which they are grouped is left out."""
FLAGS = ("partner_north", "partner_south", "creative")


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with its share of the known, and the ids counted."""

    share: Share
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect over all things compared: a row a code, a cell a thing; the unknown of each thing.

    Without `whole` the counts are of no common whole (instruments, organisations), and have no share.
    """

    name: str
    rows: Mapping[str, Mapping[str, Cell]]
    unknown: Mapping[str, tuple[str, ...]]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """Things compared, in alphabetical order of their codes, with their parts."""

    by: str
    subjects: tuple[str, ...]
    sizes: Mapping[str, int]
    parts: tuple[Part, ...]


def check_number(subjects: Sequence[str], name: str) -> tuple[str, ...]:
    """The things to compare, each once and in alphabetical order.

    Raises
    ------
    BadChoice
        If they are fewer than two or more than six.
    """
    chosen = tuple(sorted(dict.fromkeys(subjects)))
    if not LEAST <= len(chosen) <= MOST:
        raise BadChoice(name=name, value=", ".join(chosen) or "-", accepted=f"{LEAST}-{MOST}")
    return chosen


def compare_groups(
    facts: Facts, rows: Iterable[ClusterRow], on: PartialDate, by: str, subjects: Sequence[str]
) -> Comparison:
    """Groups of clusters side by side.

    Parameters
    ----------
    facts : clusters, links, organisations, instruments and places
    rows : the clusters counted
    on : day asked
    by : ``country``, ``sector`` or ``legal_form``
    subjects : two to six codes

    Raises
    ------
    BadChoice
        If `by` is no such grouping, or the number of subjects is out of range.
    """
    if by not in GROUPED:
        raise BadChoice(name="by", value=by, accepted=", ".join(GROUPED))
    chosen = check_number(subjects, by)
    groups = {code: [row for row in rows if str(getattr(row, by)) == code] for code in chosen}
    parts = [_aspect(groups, name) for name in ASPECTS if name != by]
    # A flag is printed or blank, and a blank denies nothing: what is known is always a yes.
    parts += [_aspect(groups, name, whole=False) for name in FLAGS]
    around = _around(facts, on)
    parts.append(_levels(groups, around))
    parts.append(_organisations(facts, groups, around))
    if by == "country":
        parts.append(_instruments(facts, chosen))
    parts.append(_urban(facts, groups, on))
    return Comparison(by, chosen, {code: len(found) for code, found in groups.items()}, tuple(parts))


def compare_entities(
    facts: Facts, on: PartialDate, entities: Sequence[str], kind: Kind
) -> tuple[tuple[str, ...], dict[str, dict[str, list[Shown]]]]:
    """Clusters, or spatial forms, side by side: every field that at least one of them has.

    Returns
    -------
    tuple
        The ids in alphabetical order, and for each field what is shown of each of them.

    Raises
    ------
    BadChoice
        If an id is no such entity, or their number is out of range.
    """
    chosen = check_number(entities, str(kind))
    known = facts.of_kind(kind)
    for one in chosen:
        if one not in known:
            raise BadChoice(name=str(kind), value=one, accepted="id")
    values = {one: shown_values(facts, one, on) for one in chosen}
    fields = declaration(kind).fields
    names = dict.fromkeys(
        name for name in fields if not fields[name].personal and any(name in v for v in values.values())
    )
    return chosen, {name: {one: values[one].get(name, []) for one in chosen} for name in names}


def levels_of(facts: Facts, on: PartialDate, cluster: str) -> Counter[str]:
    """Partners of a cluster by the computed level of the link, each partner once a level."""
    pairs = {
        (link.other_end(cluster), link.level or "unknown")
        for link in links(facts, on, cluster)
        if link.counts
    }
    return Counter(level for _, level in pairs)


def _aspect(groups: Mapping[str, Sequence[ClusterRow]], name: str, *, whole: bool = True) -> Part:
    def value(row: ClusterRow) -> str | None:
        found = getattr(row, name)
        return None if found is None else str(found).lower() if isinstance(found, bool) else str(found)

    return _part(name, groups, value, lambda row: row.id, whole=whole)


def _part(
    name: str,
    groups: Mapping[str, Sequence[Any]],
    value: Callable[[Any], str | None],
    identity: Callable[[Any], str],
    *,
    whole: bool = True,
) -> Part:
    counted: dict[str, dict[str, list[str]]] = {}
    unknown: dict[str, list[str]] = {group: [] for group in groups}
    for group, items in groups.items():
        for item in items:
            code = value(item)
            if code is None:
                unknown[group].append(identity(item))
            else:
                counted.setdefault(code, {}).setdefault(group, []).append(identity(item))
    known = {group: len(items) - len(unknown[group]) for group, items in groups.items()}
    rows = {
        code: {
            group: Cell(wilson(len(by_group.get(group, ())), known[group]), tuple(by_group.get(group, ())))
            for group in groups
        }
        for code, by_group in sorted(counted.items())
    }
    return Part(name, rows, {group: tuple(ids) for group, ids in unknown.items()}, whole)


def _around(facts: Facts, on: PartialDate) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links(facts, on):
        for end in {link.source, link.target}:
            found.setdefault(end, []).append(link)
    return found


def _levels(groups: Mapping[str, Sequence[ClusterRow]], around: Mapping[str, Sequence[Link]]) -> Part:
    """Partners of the clusters of each group by level: each pair of a cluster and a partner once."""
    pairs = {
        group: sorted(
            {
                (row.id, link.other_end(row.id), link.level or "")
                for row in rows
                for link in around.get(row.id, ())
                if link.counts
            }
        )
        for group, rows in groups.items()
    }
    return _part("level", pairs, lambda pair: pair[2] or None, lambda pair: f"{pair[0]} – {pair[1]}")


def _organisations(
    facts: Facts, groups: Mapping[str, Sequence[ClusterRow]], around: Mapping[str, Sequence[Link]]
) -> Part:
    """Organisations at the other end of a link of the clusters of each group, by type."""
    ends = {
        group: sorted(
            {
                other
                for row in rows
                for link in around.get(row.id, ())
                if (other := link.other_end(row.id)) in facts.entities
                and facts.entities[other].kind is Kind.ORGANISATION
            }
        )
        for group, rows in groups.items()
    }

    def type_of(entity: str) -> str | None:
        found = facts.statements(entity, "type")
        return str(found[0].value) if found else None

    return _part("type", ends, type_of, str, whole=False)


def _instruments(facts: Facts, countries: Sequence[str]) -> Part:
    """Policy instruments of each country, by kind."""
    of: dict[str, list[str]] = {country: [] for country in countries}
    for one in facts.of_kind(Kind.INSTRUMENT):
        for country in {str(s.value) for s in facts.statements(one, "country")} & of.keys():
            of[country].append(one)

    def kind_of(entity: str) -> str | None:
        found = facts.statements(entity, "instrument_kind")
        return str(found[0].value) if found else None

    return _part("instrument_kind", of, kind_of, str, whole=False)


def _urban(facts: Facts, groups: Mapping[str, Sequence[ClusterRow]], on: PartialDate) -> Part:
    """Clusters with a seat in a large city, of those whose seat has a point."""
    cells, unknown = {}, {}
    for group, rows in groups.items():
        found = urban_map(facts, rows, on).groups
        inside = tuple(one for each in found for one in each.inside)
        outside = tuple(one for each in found for one in each.outside)
        cells[group] = Cell(wilson(len(inside), len(inside) + len(outside)), inside)
        unknown[group] = tuple(row.id for row in rows if row.id not in {*inside, *outside})
    return Part("large_city", {"true": cells}, unknown)
