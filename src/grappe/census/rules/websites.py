"""Rule on websites: a cluster whose printed address is its host's."""

from collections.abc import Iterator

from grappe.census.facts import Facts
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.finding import Finding, Severity
from grappe.domain.fold import fold


def website_of_host(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """The address printed for a cluster bears the name of the pole that hosts it, not its own."""
    hosts = {
        link: (str(to[0].value), str(source[0].value))
        for link in facts.of_kind(Kind.LINK)
        if any(s.value == "hosting" for s in facts.statements(link, "kind"))
        and (to := facts.statements(link, "to"))
        and (source := facts.statements(link, "from"))
    }
    for cluster in facts.of_kind(Kind.CLUSTER):
        for site in facts.statements(cluster, "website"):
            address = _run(site.value)
            for hosted, host in hosts.values():
                if hosted == cluster and any(name in address for name in _names(facts, host)):
                    yield Finding(
                        "website_of_host",
                        Severity.NOTE,
                        (cluster, host),
                        ("website",),
                        (site.id,),
                        {"value": str(site.value)},
                    )


def _names(facts: Facts, host: str) -> set[str]:
    short = {_run(s.value) for f in ("acronym", "alias") for s in facts.statements(host, f)}
    places = {p for s in facts.statements(host, "place") for p in s.places}
    towns = {"pole" + _run(s.value) for place in places for s in facts.statements(place, "name")}
    return {name for name in short | towns if len(name) > 5}


def _run(name: object) -> str:
    return fold(str(name)).replace(" ", "")
