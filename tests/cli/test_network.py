"""``grappe network`` and ``grappe path``: tables, JSON, files and refusals, on the shipped census."""

import csv
import json
from dataclasses import dataclass
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner

from grappe.cli.network import network, path
from grappe.domain.errors import BadChoice, Refused, UnknownThing


@dataclass(frozen=True)
class Said:
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(census, tmp_path, settings):
    """Runs one of the two commands in a language; a user's mistake is raised."""
    settings.DATA = tmp_path

    def run(command, *arguments, language="en"):
        done = CliRunner().invoke(command, list(arguments), obj=language, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return Said(done.stdout, done.stderr)

    return run


def test_the_graph_has_the_keys_that_are_documented(run):
    found = run(network, "--json").json
    assert list(found) == ["on", "nodes", "links", "measures", "mentioned", "half_life_years"]
    assert found["on"] == "2019-03"
    assert {
        "id", "name", "kind", "country", "sector", "state", "group", "lon", "lat", "degree",
        "degree_by_level", "betweenness", "community",
    } <= found["nodes"][0].keys()  # fmt: skip
    assert {
        "id", "kind", "source", "target", "level", "level_printed", "stage", "status", "start", "end", "via",
        "counts", "last_confirmed", "strength", "named_by", "cites",
    } <= found["links"][0].keys()  # fmt: skip
    known = {node["id"] for node in found["nodes"]}
    assert all({link["source"], link["target"]} <= known for link in found["links"])


def test_a_table_has_the_best_tied_first_and_a_sentence_with_its_day(run):
    said = run(network)
    header, first, *rest = said.out.splitlines()
    assert header.split("\t")[:3] == ["id", "name", "kind"]
    assert len(rest) > 100
    degrees = [int(line.split("\t")[5]) for line in (first, *rest)]
    assert degrees == sorted(degrees, reverse=True)
    assert said.err.startswith("As of March 2019. Actors: ")


def test_filters_may_be_repeated(run):
    found = run(network, "--kind", "convention", "--kind", "merger", "--country", "MA", "--json").json
    assert {link["kind"] for link in found["links"]} == {"convention", "merger"}


def test_the_neighbourhood_of_one(run):
    found = run(network, "--focus", "ma-ce3m", "--depth", "1", "--no-others", "--json").json
    around = {end for link in found["links"] for end in (link["source"], link["target"])}
    assert all(link["counts"] for link in found["links"])
    assert "ma-ce3m" in around


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--kind", "friendship"], BadChoice),
        (["--half-life", "0"], BadChoice),
        (["--focus", "nobody"], UnknownThing),
        (["--without", "nobody"], UnknownThing),
        (["--on", "soon"], BadChoice),
        (["--export", "graph.pdf"], BadChoice),
        (["--export", "/nowhere/graph.gexf"], Refused),
    ],
)
def test_a_mistake_is_refused(run, arguments, error):
    with pytest.raises(error):
        run(network, *arguments)


def test_what_goes_with_a_donor(run):
    found = run(network, "--without", "de-giz", "--json").json
    assert found["without"] == ["de-giz"]
    assert [one["id"] for one in found["left_alone"]] == ["tn-developpement-durable"]
    said = run(network, "--without", "de-giz")
    assert "tn-developpement-durable" in said.out
    assert "Clusters left without a partner: 1." in said.err


def test_a_way_with_the_links_of_each_step(run):
    found = run(path, "ma-ce3m", "tn-2ts", "--json").json
    assert found["length"] == len(found["steps"]) == 3
    assert all(step["links"] and all(link["counts"] for link in step["links"]) for step in found["steps"])
    assert found["steps"][0]["source"] == "ma-ce3m"
    assert found["steps"][-1]["target"] == "tn-2ts"
    said = run(path, "ma-ce3m", "tn-2ts")
    assert "lk-tn-2ts-ma-c2tm" in said.out
    assert ": 3." in said.err


def test_no_way_is_an_answer_and_no_mistake(run):
    assert run(path, "ma-ce3m", "tn-produits-mer", "--json").json["steps"] is None
    said = run(path, "ma-ce3m", "tn-produits-mer")
    assert said.out == ""
    assert "no chain of known cooperation" in said.err


@pytest.mark.parametrize(("suffix", "read"), [("gexf", nx.read_gexf), ("graphml", nx.read_graphml)])
def test_a_file_for_graph_programs_holds_every_link(run, tmp_path, suffix, read):
    answer = run(network, "--export", str(tmp_path / f"graph.{suffix}"), "--json").json
    made = read(tmp_path / f"graph.{suffix}")
    assert (len(made), made.number_of_edges()) == (len(answer["nodes"]), len(answer["links"]))


def test_csv_comes_as_two_lists(run, tmp_path):
    assert run(network, "--level", "euromed", "--export", str(tmp_path / "graph.csv")).out == ""
    links, nodes = (
        list(csv.DictReader((tmp_path / name).open(encoding="utf-8-sig")))
        for name in ("graph.csv", "graph-nodes.csv")
    )
    assert {link["level"] for link in links} == {"euromed"}
    assert {link[end] for link in links for end in ("source", "target")} == {node["id"] for node in nodes}
