"""Rules on links: printed flags and levels against the links recorded, dates against the source's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts
from grappe.census.links import Link, links, sides
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.finding import Finding, Severity
from grappe.domain.statement import Statement

_SAME: Mapping[str, frozenset[str]] = {
    "national": frozenset({"national"}),
    "euromed": frozenset({"euromed"}),
    "extra_regional": frozenset({"africa", "south_south", "other"}),
}


def level_against_countries(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """The level under which a link is printed is not the one its countries give."""
    for link in links(facts, on):
        if link.level_printed and link.level and link.level not in _SAME[link.level_printed]:
            yield Finding(
                "level_against_countries",
                Severity.MINOR,
                (link.source, link.target),
                ("level",),
                tuple(s.id for s in link.cites),
                {"printed": link.level_printed, "computed": link.level, "link": link.id},
            )


def told_before_it_happened(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """Something is told as done on a day after the one the source speaks of."""
    for kind in (Kind.LINK, Kind.EVENT, Kind.PROJECT):
        for entity in facts.of_kind(kind):
            done = [s for s in facts.statements(entity, "status") if s.value == "done"]
            for start in facts.statements(entity, "start"):
                if done and PartialDate(str(start.value)).first >= PartialDate(start.as_of).end:
                    ends = [str(s.value) for f in ("from", "to") for s in facts.statements(entity, f)]
                    yield Finding(
                        "told_before_it_happened",
                        Severity.MAJOR,
                        tuple(ends or [entity]),
                        ("start", "status"),
                        (start.id, done[0].id),
                        {"start": str(start.value), "as_of": start.as_of},
                    )


def link_without_flag(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """Cooperation with the North or the South is recorded, and the printed flag is blank."""
    for cluster, direction, cites, flag in _sides(facts, on):
        if cites and flag is None:
            yield Finding(
                "link_without_flag",
                Severity.MINOR,
                (cluster,),
                (f"partner_{direction}",),
                tuple(dict.fromkeys(s.id for s in cites)),
                {"side": direction, "count": str(len(cites))},
            )


def flag_without_link(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """A flag is printed, and no cooperation with that side is recorded."""
    for cluster, direction, cites, flag in _sides(facts, on):
        if flag is not None and not cites:
            yield Finding(
                "flag_without_link",
                Severity.MINOR,
                (cluster,),
                (f"partner_{direction}",),
                (flag.id,),
                {"side": direction},
            )


def _sides(facts: Facts, on: PartialDate) -> Iterator[tuple[str, str, list[Statement], Statement | None]]:
    by_cluster: dict[str, list[Link]] = defaultdict(list)
    for link in links(facts, on):
        for end in (link.source, link.target):
            by_cluster[end].append(link)
    for cluster in facts.of_kind(Kind.CLUSTER):
        if not facts.statements(cluster, "listed"):
            continue
        made = sides(facts, cluster, by_cluster[cluster], on)
        found = {
            where: [one.cites[0] if isinstance(one, Link) else one for one in cites]
            for where, cites in made.items()
        }
        for direction, cites in found.items():
            shown = shown_field(facts, cluster, f"partner_{direction}", on)
            yield cluster, direction, cites, shown[0].statement if shown else None
