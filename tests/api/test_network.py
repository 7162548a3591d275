"""The cooperation graph over HTTP: what the command line prints, and files."""

import csv
import io
import json

import networkx as nx
import pytest
from click.testing import CliRunner

from grappe.cli.network import network, path


@pytest.fixture
def said(census, tmp_path, settings):
    """JSON of one of the two commands."""
    settings.DATA = tmp_path

    def said(command, *arguments):
        done = CliRunner().invoke(command, [*arguments, "--json"], obj="en", catch_exceptions=False)
        return json.loads(done.stdout)

    return said


@pytest.mark.parametrize(
    ("address", "command", "arguments"),
    [
        ("network.json", network, []),
        ("network.json?kind=convention&kind=support", network, ["--kind", "convention", "--kind", "support"]),
        ("network.json?level=euromed&others=false", network, ["--level", "euromed", "--no-others"]),
        ("network.json?focus=ma-mnc&depth=2", network, ["--focus", "ma-mnc", "--depth", "2"]),
        ("network.json?country=TN&on=2024&half_life=2", network,
         ["--country", "TN", "--on", "2024", "--half-life", "2"]),
        ("network.json?since=2016&until=2018", network, ["--since", "2016", "--until", "2018"]),
        ("network/path.json?from=ma-ce3m&to=tn-2ts", path, ["ma-ce3m", "tn-2ts"]),
        ("network/without.json?id=de-giz&id=int-unido", network,
         ["--without", "de-giz", "--without", "int-unido"]),
    ],
)  # fmt: skip
def test_the_api_answers_what_the_command_line_prints(get, said, address, command, arguments):
    answer = get(address)
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "application/json")
    assert answer.json() == said(command, *arguments)


@pytest.mark.parametrize(("suffix", "read"), [("gexf", nx.read_gexf), ("graphml", nx.read_graphml)])
def test_files_hold_the_selection(get, suffix, read):
    answer = get(f"network.{suffix}?level=intra_maghreb")
    assert answer["Content-Disposition"] == f'attachment; filename="network.{suffix}"'
    assert read(io.BytesIO(answer.content)).number_of_edges() == 4


@pytest.mark.parametrize(("name", "key"), [("network", "links"), ("network-nodes", "nodes")])
def test_lists_open_in_a_spreadsheet(get, name, key):
    answer = get(f"{name}.csv?level=intra_maghreb")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [
        row["id"] for row in get("network.json?level=intra_maghreb").json()[key]
    ]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("network.json?level=galactic", 400, "bad_choice"),
        ("network.json?focus=nobody", 404, "unknown_entity"),
        ("network/path.json?from=ma-ce3m", 404, "unknown_entity"),
        ("network/without.json?id=nobody", 404, "unknown_entity"),
        ("network.gexf?depth=far", 400, "bad_choice"),
    ],
)
def test_a_mistake_is_answered_with_its_code(get, address, status, code):
    answer = get(address)
    assert (answer.status_code, answer.json()["error"]) == (status, code)


def test_every_parameter_is_described(get):
    described = get("openapi.json").json()["paths"]["/api/network.json"]["get"]["parameters"]
    assert [one["name"] for one in described] == [
        "kind", "level", "stage", "status", "country", "since", "until", "others", "focus", "depth",
        "half_life", "on", "known",
    ]  # fmt: skip
    assert "unknown" in described[1]["schema"]["items"]["enum"]
