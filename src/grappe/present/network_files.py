"""The cooperation graph as files for other programs: GEXF, GraphML, CSV."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from grappe.present.plain import Plain

NODE_COLUMNS = (
    "id", "name", "kind", "type", "country", "group", "sector", "state", "lon", "lat", "located", "members",
    "degree", "betweenness", "community",
)  # fmt: skip
"""Columns of the list of nodes."""
LINK_COLUMNS = (
    "id", "kind", "source", "target", "level", "level_printed", "stage", "status", "start", "end", "via",
    "counts", "last_confirmed", "strength", "named_by", "one_sided", "cites",
)  # fmt: skip
"""Columns of the list of links."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_gexf(network: Plain) -> bytes:
    """The graph as GEXF 1.2, for Gephi and the like."""
    out = io.BytesIO()
    nx.write_gexf(multigraph(network), out, encoding="utf-8", version="1.2draft")
    return out.getvalue()


def as_graphml(network: Plain) -> bytes:
    """The graph as GraphML, for yEd, Cytoscape, igraph and the like."""
    out = io.BytesIO()
    nx.write_graphml(multigraph(network), out, encoding="utf-8")
    return out.getvalue()


def as_link_list(network: Plain) -> str:
    """Every link as a line of CSV, with what counts and what does not."""
    names = {node["id"]: node["name"] for node in network["nodes"]}
    rows = [
        [
            *(_cell(link[column]) for column in LINK_COLUMNS),
            *(_cell(names[link[end]]) for end in ("source", "target")),
        ]
        for link in network["links"]
    ]
    return _csv((*LINK_COLUMNS, "source_name", "target_name"), rows)


def as_node_list(network: Plain) -> str:
    """Every actor as a line of CSV."""
    rows = [[_cell(node[column]) for column in NODE_COLUMNS] for node in network["nodes"]]
    return _csv(NODE_COLUMNS, rows)


def multigraph(network: Plain) -> Any:
    """A networkx graph of an answer, with an edge a link; unknown values are left out.

    The direction is that of print: who is named first in the data.
    """
    graph = nx.MultiDiGraph(name="grappe", on=network["on"])
    for node in network["nodes"]:
        known = {name: node[name] for name in NODE_COLUMNS[1:] if node[name] is not None}
        graph.add_node(node["id"], **known, label=node["name"])
    for link in network["links"]:
        known = {
            name: _flat(link[name])
            for name in LINK_COLUMNS[1:]
            if link[name] is not None and link[name] != []
        }
        ends = known.pop("source"), known.pop("target")
        # Readers of GEXF take `start` and `end` for the life of an edge and want them all alike.
        dates = {f"{name}_date": known.pop(name) for name in ("start", "end") if name in known}
        graph.add_edge(*ends, key=link["id"], **known, **dates, weight=link["strength"])
    return graph


def _flat(value: object) -> object:
    return _words(value) if isinstance(value, list) else value


def _words(values: Iterable[Any]) -> str:
    return "; ".join(_cited(value) if isinstance(value, dict) else str(value) for value in values)


def _cited(cite: Mapping[str, Any]) -> str:
    return f"{cite['source']} {', '.join(str(line) for line in cite['lines'])}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    shown = _words(value) if isinstance(value, list) else str(value)
    # A text that begins like a formula would be run by a spreadsheet.
    words = isinstance(value, str | list)
    return f"'{shown}" if words and shown.startswith(_DANGEROUS) else shown


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
