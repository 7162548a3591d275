"""The graph as files: what other programs read back is what was answered."""

import csv
import io

import networkx as nx
import pytest

from grappe.present.network_files import (
    LINK_COLUMNS,
    NODE_COLUMNS,
    as_gexf,
    as_graphml,
    as_link_list,
    as_node_list,
)


def node(one, **known):
    said = {"id": one, "name": one.upper(), "degree": 1, "betweenness": 0.0}
    return dict.fromkeys(NODE_COLUMNS) | said | known


def link(one, source, target, **known):
    empty = dict.fromkeys(LINK_COLUMNS) | {"via": [], "cites": [{"source": "book", "lines": [12, 14]}]}
    said = {"id": one, "source": source, "target": target, "kind": "partnership", "counts": True}
    return empty | said | {"strength": 1.0} | known


NETWORK = {
    "on": "2019-03",
    "nodes": [
        node("a", lon=-7.6, lat=33.6, sector=1, members=30),
        node("b", name="=1+1"),
        node("c", name="Élan"),
    ],
    "links": [
        link("l1", "b", "a", start="2014", end="2016", via=["p", "q"]),
        link("l2", "a", "b", strength=0.25, named_by="both", one_sided=False),
        link("l3", "a", "c", kind="event", counts=False),
    ],
}  # fmt: skip
EMPTY = {"on": "2010", "nodes": [], "links": []}


@pytest.mark.parametrize(
    ("write", "read"), [(as_gexf, nx.read_gexf), (as_graphml, nx.read_graphml)], ids=["gexf", "graphml"]
)
def test_a_graph_program_reads_back_every_actor_and_every_link(write, read):
    made = read(io.BytesIO(write(NETWORK)))
    assert sorted(made) == ["a", "b", "c"]
    ends = sorted((source, target) for source, target, *_ in made.edges)
    assert ends == [("a", "b"), ("a", "c"), ("b", "a")]
    assert made.nodes["a"]["members"] == 30
    assert made.nodes["c"]["label"] == "Élan"
    assert "sector" not in made.nodes["c"]  # unknown is left out, and is no zero
    edges = [data for *_, data in made.edges(data=True)]
    assert sorted(edge["strength"] for edge in edges) == [0.25, 1, 1]
    assert [edge["start_date"] for edge in edges if "start_date" in edge] == ["2014"]
    assert sorted(edge["counts"] for edge in edges) == [False, True, True]
    assert {edge["cites"] for edge in edges} == {"book 12, 14"}


@pytest.mark.parametrize("write", [as_gexf, as_graphml])
def test_an_empty_graph_is_a_file_too(write):
    assert write(EMPTY).startswith(b"<")


def test_the_list_of_links_has_a_line_a_link_and_the_names_of_both_ends():
    rows = list(csv.DictReader(io.StringIO(as_link_list(NETWORK))))
    assert [row["id"] for row in rows] == ["l1", "l2", "l3"]
    assert (rows[0]["via"], rows[0]["cites"], rows[0]["status"]) == ("p; q", "book 12, 14", "")
    assert (rows[1]["counts"], rows[1]["one_sided"], rows[2]["counts"]) == ("true", "false", "false")
    assert (rows[2]["source_name"], rows[2]["target_name"]) == ("A", "Élan")


def test_no_cell_is_run_by_a_spreadsheet_and_numbers_stay_numbers():
    rows = list(csv.DictReader(io.StringIO(as_node_list(NETWORK))))
    assert [row["name"] for row in rows] == ["A", "'=1+1", "Élan"]
    assert rows[0]["lon"] == "-7.6"
