"""The cooperation graph of a moment: a tiny world by hand, and the shipped census against its own files."""

from pathlib import Path

import pytest
import yaml

from grappe.census.rules.links import flag_without_link, link_without_flag
from grappe.domain.dates import PartialDate
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.queries.moment import moment
from grappe.queries.network import network, path_between, without
from grappe.store.models import Dataset, Entity
from tests.actions.stored import load, shipped_census, store_in, tables_alone
from tests.worlds import write_world

MAGHREB = {"MA", "DZ", "TN", "LY", "MR", "EH"}

# Two neighbours with sheets, a third one without, partners abroad, a donor and what counts for nobody.
WORLD = """
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-oak:
    name: {value: Oak, line: 10, printed: Oak}
    country: {value: MA, line: 10, printed: Oak}
    listed: {value: true, line: 1, column: name, printed: Oak}
    state: {value: constituted, line: 10, printed: oui}
    sector: {value: 1, line: 10, printed: "1"}
    partner_north: {value: true, line: 1, column: north, printed: oui}
    members_total: {value: 30, perimeter: members, modality: observed, line: 11, printed: "30"}
    place: {value: [pl-casa], line: 10, printed: Casablanca}
  ma-ash:
    name: {value: Ash, line: 30, printed: Ash}
    country: {value: MA, line: 30, printed: Ash}
    listed: {value: true, line: 2, column: name, printed: Ash}
    cooperation_country: {value: SN, level: extra_regional, line: 31, printed: Sénégal}
  tn-fig:
    name: {value: Fig, line: 500, printed: Fig}
    country: {value: TN, line: 500, printed: Fig}
    listed: {value: true, line: 3, column: name, printed: Fig}
  dz-elm:
    name: {value: Elm, line: 500, printed: Elm}
    country: {value: DZ, line: 500, printed: Elm}
    listed: {value: true, line: 4, column: name, printed: Elm}
== places.yml
kind: place
source: book
as_of: 2019-03
entities:
  pl-casa:
    name: {value: Casablanca, line: 10, printed: Casablanca}
    lon: {value: -7.6, source: web, key: "1"}
    lat: {value: 33.6, source: web, key: "1"}
  pl-country-fr:
    name: {value: France, line: 500, printed: France}
    lon: {value: 2.5, source: web, key: "2"}
    lat: {value: 46.6, source: web, key: "2"}
== organisations.yml
kind: organisation
source: book
as_of: 2019-03
entities:
  fr-mill:
    name: {value: Mill, line: 12, printed: moulin}
    type: {value: foreign_cluster, line: 12, printed: moulin}
    country: {value: FR, line: 12, printed: moulin}
  int-donor:
    name: {value: Donor, line: 501, printed: Donor}
== programmes.yml
kind: programme
source: book
as_of: 2019-03
entities:
  prog-rain:
    name: {value: Rain, line: 601, printed: Rain}
== events.yml
kind: event
source: book
as_of: 2019-03
entities:
  event-fair:
    name: {value: Fair, line: 602, printed: Fair}
== links.yml
kind: link
source: book
as_of: 2019-03
entities:
  lk-oak-ash: {kind: partnership, from: ma-oak, to: ma-ash, status: active, line: 12, printed: Ash}
  lk-oak-mill:
    {kind: convention, from: ma-oak, to: fr-mill, level: euromed, stage: agreement, status: ended,
     start: "2014", end: "2016", line: 13, printed: moulin}
  lk-oak-fig:
    {kind: partnership, from: ma-oak, to: tn-fig, level: euromed, via: prog-rain, line: 505, printed: Fig}
  lk-donor-elm: {kind: support, from: int-donor, to: dz-elm, status: active, line: 506, printed: appui}
  lk-ash-fair:
    {kind: event, from: ma-ash, to: event-fair, start: "2018", status: done, line: 33, printed: salon}
  lk-ash-mill: {kind: partnership, from: ma-ash, to: fr-mill, status: sought, line: 34, printed: cherche}
  lk-fig-mill: {kind: coproduction, from: tn-fig, to: fr-mill, status: done, line: 507, printed: coproduction}
"""


@pytest.fixture(scope="module")
def world_file(tmp_path_factory, django_db_blocker) -> Path:
    """The tiny world in a store file."""
    folder = tmp_path_factory.mktemp("graph")
    path = folder / "grappe.sqlite3"
    with django_db_blocker.unblock():
        path.write_bytes(tables_alone(tmp_path_factory.getbasetemp()).read_bytes())
        with store_in(path):
            load(write_world(folder, WORLD))
    return path


@pytest.fixture
def tiny(world_file, django_db_blocker):
    """The tiny world in use, as of March 2019."""
    with django_db_blocker.unblock(), store_in(world_file):
        yield moment()


@pytest.fixture
def shipped(tmp_path_factory, django_db_blocker):
    """The shipped census in use, on its day."""
    with django_db_blocker.unblock(), store_in(shipped_census(tmp_path_factory.getbasetemp())):
        yield moment()


def by_id(rows):
    return {row["id"]: row for row in rows}


def ids(rows):
    return sorted(row["id"] for row in rows)


# --- what is there, and what counts


def test_every_link_is_there_and_only_cooperation_counts(tiny):
    found = network(tiny)
    assert {link["id"]: link["counts"] for link in found["links"]} == {
        "lk-oak-ash": True,
        "lk-oak-mill": True,
        "lk-oak-fig": True,
        "lk-donor-elm": True,
        "lk-ash-fair": False,  # a fair attended
        "lk-ash-mill": False,  # a partner sought
        "lk-fig-mill": False,  # co-production of firms that two clusters facilitated
    }
    assert {node["id"]: node["degree"] for node in found["nodes"]} == {
        "dz-elm": 1, "event-fair": 0, "fr-mill": 1, "int-donor": 1, "ma-ash": 1, "ma-oak": 3, "tn-fig": 1,
    }  # fmt: skip


def test_a_facilitated_coproduction_is_marked(tiny):
    assert [link["id"] for link in network(tiny)["links"] if link["facilitated"]] == ["lk-fig-mill"]


def test_levels_are_those_of_the_countries_beside_those_printed(tiny):
    found = by_id(network(tiny)["links"])
    assert {one: (found[one]["level"], found[one]["level_printed"]) for one in found if "oak" in one} == {
        "lk-oak-ash": ("national", None),
        "lk-oak-fig": ("intra_maghreb", "euromed"),
        "lk-oak-mill": ("euromed", "euromed"),
    }
    assert by_id(network(tiny)["nodes"])["ma-oak"]["degree_by_level"] == {
        "euromed": 1, "intra_maghreb": 1, "national": 1,
    }  # fmt: skip
    assert found["lk-donor-elm"]["level"] is None
    assert network(tiny)["measures"]["pairs_by_level"]["unknown"] == 1


def test_an_actor_stands_at_its_place_or_else_in_its_country(tiny):
    found = by_id(network(tiny)["nodes"])
    assert [(n["lon"], n["lat"], n["located"]) for n in (found["ma-oak"], found["fr-mill"])] == [
        (-7.6, 33.6, "place"),
        (2.5, 46.6, "country"),
    ]
    assert (found["int-donor"]["lon"], found["int-donor"]["located"]) == (None, None)


def test_an_actor_tells_what_it_is(tiny):
    oak = by_id(network(tiny)["nodes"])["ma-oak"]
    told = ("name", "kind", "country", "group", "sector", "state", "members")
    assert {name: oak[name] for name in told} == {
        "name": "Oak", "kind": "cluster", "country": "MA", "group": "maghreb", "sector": 1,
        "state": "constituted", "members": 30,
    }  # fmt: skip


def test_what_a_link_stands_in_the_frame_of_is_named(tiny):
    found = network(tiny)
    assert by_id(found["links"])["lk-oak-fig"]["via"] == ["prog-rain"]
    assert found["mentioned"] == [{"id": "prog-rain", "name": "Rain", "kind": "programme"}]


def test_a_link_cites_its_lines(tiny):
    assert by_id(network(tiny)["links"])["lk-oak-ash"]["cites"] == [{"source": "book", "lines": [12]}]


# --- who names whom


def test_a_link_named_in_one_sheet_and_not_in_the_other_is_one_sided(tiny):
    found = by_id(network(tiny)["links"])
    assert {one: (link["named_by"], link["one_sided"]) for one, link in found.items()} == {
        "lk-oak-ash": ("source", True),  # Ash has a sheet, and is silent
        "lk-oak-mill": ("source", None),  # Mill has no sheet to speak in
        "lk-oak-fig": ("third", None),  # the text tells of it
        "lk-donor-elm": ("third", None),
        "lk-ash-fair": ("source", None),
        "lk-ash-mill": ("source", None),
        "lk-fig-mill": ("third", None),
    }


# --- fading


def test_what_ended_has_faded_and_what_the_source_vouches_for_has_not(tiny):
    found = by_id(network(tiny, half_life=1)["links"])
    assert (found["lk-oak-ash"]["last_confirmed"], found["lk-oak-ash"]["strength"]) == ("2019-03", 1)
    # From the end of 2016 to the end of March 2019 are 820 days.
    assert found["lk-oak-mill"]["last_confirmed"] == "2016"
    assert found["lk-oak-mill"]["strength"] == pytest.approx(0.5 ** (820 / 365.25))


def test_the_half_life_is_that_of_the_file_unless_asked(tiny):
    assert network(tiny)["half_life_years"] == 5
    assert network(tiny, half_life="2.5")["half_life_years"] == 2.5


def test_asked_later_everything_has_faded_by_half_in_a_half_life(tiny):
    found = by_id(network(moment("2024-03"))["links"])
    assert found["lk-oak-ash"]["strength"] == pytest.approx(0.5, abs=1e-3)


# --- flags


def test_flags_stand_printed_and_computed_with_the_links_that_make_them(tiny):
    flags = {n["id"]: n["flags"] for n in network(tiny)["nodes"] if n["kind"] == "cluster"}
    assert flags["ma-oak"] == {
        "north": {"printed": True, "computed": True, "links": ["lk-oak-mill"], "countries": []},
        "south": {"printed": None, "computed": True, "links": ["lk-oak-fig"], "countries": []},
    }
    # Sought with the North makes no flag; a country of the South named without a partner does.
    assert flags["ma-ash"] == {
        "north": {"printed": None, "computed": None, "links": [], "countries": []},
        "south": {"printed": None, "computed": True, "links": [], "countries": ["SN"]},
    }


def test_a_listed_cluster_without_cooperation_is_named_with_its_flags(tiny):
    assert network(tiny)["measures"]["clusters_without_tie"] == []
    alone = network(tiny, level="euromed")["measures"]["clusters_without_tie"]
    assert alone == []  # a matter of the ledger, not of the selection


def test_a_merged_id_stands_for_what_it_became(tiny, world_file, tmp_path):
    copy = tmp_path / "merged.sqlite3"
    copy.write_bytes(world_file.read_bytes())
    with store_in(copy):
        Entity.objects.filter(id="ma-ash").update(redirect_to="ma-oak")
        Dataset.objects.update(digest="merged")
        found = network(tiny)
        assert "ma-ash" not in ids(found["nodes"])
        assert by_id(found["links"])["lk-ash-fair"]["source"] == "ma-oak"
        assert network(tiny, focus="ma-ash")["nodes"] == network(tiny, focus="ma-oak")["nodes"]
        assert ids(without(tiny, ["ma-ash"])["links"]) == ids(without(tiny, ["ma-oak"])["links"])


# --- filters


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": ["convention", "support"]}, ["lk-donor-elm", "lk-oak-mill"]),
        ({"level": "intra_maghreb"}, ["lk-oak-fig"]),
        ({"level": "unknown"}, ["lk-ash-fair", "lk-donor-elm"]),
        ({"stage": "agreement"}, ["lk-oak-mill"]),
        ({"status": ["sought", "ended"]}, ["lk-ash-mill", "lk-oak-mill"]),
        ({"status": "unknown"}, ["lk-oak-fig"]),
        ({"country": "dz"}, ["lk-donor-elm"]),
        ({"country": ["TN", "DZ"]}, ["lk-donor-elm", "lk-fig-mill", "lk-oak-fig"]),
        ({"others": "false", "country": "FR"}, ["lk-oak-mill"]),
        ({"since": "2015"}, ["lk-ash-fair", "lk-oak-mill"]),
        ({"since": "2017"}, ["lk-ash-fair"]),
        ({"until": "2013"}, []),
        ({"since": "2019"}, []),  # the fair of 2018 is over, though it has no end
        ({"since": "2016", "until": "2016-06"}, ["lk-oak-mill"]),
        ({"kind": [""], "level": "", "focus": ""}, None),
        ({"colour": "red"}, None),  # not a filter: no business of the graph
    ],
)
def test_a_filter_takes_links(tiny, filters, expected):
    everything = ids(network(tiny)["links"])
    assert ids(network(tiny, filters)["links"]) == (everything if expected is None else expected)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "friendship"}, {"level": "galactic"}, {"stage": "later"}, {"status": "odd"},
        {"country": "Maroc"}, {"since": "soon"}, {"until": "13/2019"}, {"others": "perhaps"},
        {"depth": "-1"}, {"depth": "99"}, {"half_life": "0"}, {"half_life": "nan"}, {"half_life": "long"},
    ],
)  # fmt: skip
def test_a_value_outside_its_list_is_refused_with_what_is_accepted(tiny, given):
    with pytest.raises(BadChoice) as refused:
        network(tiny, given)
    assert refused.value.params["name"] in given
    assert refused.value.params["accepted"]


def test_degrees_are_those_of_the_links_taken(tiny):
    assert by_id(network(tiny, level="euromed")["nodes"])["ma-oak"]["degree"] == 1


def test_a_neighbourhood_keeps_the_measures_of_the_whole(tiny):
    whole, near = network(tiny), network(tiny, focus="tn-fig")
    assert ids(near["nodes"]) == ["fr-mill", "ma-oak", "tn-fig"]
    # What joins two neighbours is in it too.
    assert ids(near["links"]) == ["lk-fig-mill", "lk-oak-fig", "lk-oak-mill"]
    assert by_id(near["nodes"])["ma-oak"] == by_id(whole["nodes"])["ma-oak"]
    assert near["measures"] == whole["measures"]
    assert ids(network(tiny, focus="tn-fig", depth=0)["nodes"]) == ["tn-fig"]
    assert len(network(tiny, focus="tn-fig", depth="2")["nodes"]) == 4


def test_nobody_known_is_in_focus(tiny):
    with pytest.raises(UnknownThing):
        network(tiny, focus="ma-okay")


def test_before_anything_is_said_there_is_no_graph(tiny):
    found = network(moment("2010"))
    assert (found["nodes"], found["links"], found["measures"]["components"]["count"]) == ([], [], 0)


def test_what_was_known_later_is_the_same_graph(tiny):
    assert network(moment(known="2030")) == network(tiny)


def test_what_was_known_before_the_load_is_nothing(tiny):
    assert network(moment(known="2020"))["links"] == []


# --- ways and losses


def test_a_way_leads_over_cooperation_alone(tiny):
    found = path_between(tiny, "ma-ash", "fr-mill")
    assert [(s["source"], s["target"], ids(s["links"])) for s in found["steps"]] == [
        ("ma-ash", "ma-oak", ["lk-oak-ash"]),
        ("ma-oak", "fr-mill", ["lk-oak-mill"]),
    ]
    assert found["names"] == {"fr-mill": "Mill", "ma-ash": "Ash", "ma-oak": "Oak"}


def test_between_parts_no_way_leads(tiny):
    found = path_between(tiny, "ma-ash", "dz-elm")
    assert (found["steps"], found["length"], found["others"]) == (None, None, [])


def test_a_filter_closes_ways(tiny):
    assert path_between(tiny, "ma-ash", "fr-mill", status="active")["steps"] is None


def test_the_end_of_a_way_must_be_known(tiny):
    with pytest.raises(UnknownThing):
        path_between(tiny, "ma-ash", "nobody")


def test_a_cluster_that_only_a_donor_supported_is_left_alone(tiny):
    found = without(tiny, ["int-donor"])
    assert (ids(found["left_alone"]), ids(found["links"])) == (["dz-elm"], ["lk-donor-elm"])


def test_a_programme_takes_the_links_in_its_frame_along(tiny):
    found = without(tiny, ["prog-rain"])
    assert (found["links"], ids(found["links_via"]), ids(found["left_alone"])) == (
        [],
        ["lk-oak-fig"],
        ["tn-fig"],
    )


def test_nobody_unknown_can_go(tiny):
    with pytest.raises(UnknownThing):
        without(tiny, ["nobody"])


# --- the shipped census against its own files


def written(root: Path):
    """Links and countries as the files of the data set write them, read without the package."""
    links, countries = {}, {}
    for file in sorted((root / "src/grappe/census/datasets/maghreb-2019").rglob("*.yml")):
        read = yaml.safe_load(file.read_text("utf-8"))
        rows = read.get("entities") or {read.get("id"): read}
        for one, fields in rows.items():
            if isinstance(fields, dict) and "from" in fields:
                links[one] = {name: values(fields.get(name)) for name in ("kind", "from", "to", "status")}
            elif isinstance(fields, dict) and "country" in fields:
                countries[one] = set(values(fields["country"]))
    return links, countries


def values(written_):
    rows = written_ if isinstance(written_, list) else [written_]
    return [row["value"] if isinstance(row, dict) else row for row in rows]


def test_every_link_of_the_files_is_in_the_graph(shipped, root):
    links, _ = written(root)
    found = by_id(network(shipped)["links"])
    assert found.keys() == links.keys()
    assert len(found) > 250
    for one, link in links.items():
        assert (found[one]["source"], found[one]["target"]) == (link["from"][0], link["to"][0])


def test_every_link_between_two_maghreb_countries_is_counted_as_such(shipped, root):
    links, countries = written(root)

    def maghreb_country(end):
        known = countries.get(end, set())
        return known.copy().pop() if len(known) == 1 and known <= MAGHREB else None

    ends = {one: [maghreb_country(link[end][0]) for end in ("from", "to")] for one, link in links.items()}
    expected = sorted(one for one, (a, b) in ends.items() if a and b and a != b)
    found = [link for link in network(shipped)["links"] if link["level"] == "intra_maghreb"]
    assert ids(found) == expected
    # By hand, from the study: lines 1300, 892, 1364, 1401.
    assert expected == [
        "lk-dz-ces-tn-form-borj-cedria",
        "lk-ly-chambres-commerce-tn-chambres-commerce",
        "lk-tn-2ts-ma-c2tm",
        "lk-tn-logistique-sfax-ly-chambre-tripoli",
    ]
    assert all(link["counts"] for link in found)
    assert network(shipped)["measures"]["pairs_by_level"]["intra_maghreb"] == 4


def test_no_fair_listing_host_or_partner_sought_is_in_a_degree(shipped, root):
    links, _ = written(root)
    never_kind = {"listing", "event", "hosting", "initiative", "ownership"}
    never_status = {"planned", "sought", "announced"}
    partners = {}
    for link in links.values():
        kind, status = link["kind"][0], link["status"][0]
        if kind not in never_kind | {"coproduction"} and status not in never_status:
            for one, other in (("from", "to"), ("to", "from")):
                partners.setdefault(link[one][0], set()).add(link[other][0])
    degrees = {node["id"]: node["degree"] for node in network(shipped)["nodes"]}
    assert {one: degree for one, degree in degrees.items() if degree} == {
        one: len(others) for one, others in partners.items()
    }


def test_the_levels_of_each_degree_add_up(shipped):
    for node in network(shipped)["nodes"]:
        assert sum(node["degree_by_level"].values()) == node["degree"]


def test_flags_differ_from_print_where_the_findings_say_so(shipped, maghreb):
    flags = {n["id"]: n["flags"] for n in network(shipped)["nodes"] if n["kind"] == "cluster"}
    march = PartialDate("2019-03")
    blank = {(f.entities[0], f.params["side"]) for f in link_without_flag(maghreb.facts, march)}
    bare = {(f.entities[0], f.params["side"]) for f in flag_without_link(maghreb.facts, march)}
    listed = {one for one in flags if maghreb.facts.statements(one, "listed")}
    computed = {
        (one, side)
        for one in listed
        for side in ("north", "south")
        if flags[one][side]["computed"] and not flags[one][side]["printed"]
    }
    unmade = {
        (one, side)
        for one in listed
        for side in ("north", "south")
        if flags[one][side]["printed"] and not flags[one][side]["computed"]
    }
    assert computed == {pair for pair in blank if pair[0] in listed}
    assert unmade == {pair for pair in bare if pair[0] in listed}


def test_the_sheets_of_two_clusters_name_each_other_and_others_are_one_sided(shipped):
    found = by_id(network(shipped)["links"])
    # Line 1219 is in the sheet of EMC, 1204 in that of Cluster Solaire.
    assert (found["lk-ma-emc-ma-solaire"]["named_by"], found["lk-ma-emc-ma-solaire"]["one_sided"]) == (
        "both",
        False,
    )
    # CISE names C2TM (line 1191); the sheet of C2TM (1154 to 1166) names no cluster of Morocco.
    assert (found["lk-ma-cise-ma-c2tm"]["named_by"], found["lk-ma-cise-ma-c2tm"]["one_sided"]) == (
        "source",
        True,
    )
    assert found["lk-fr-france-clusters-ma-maroc-cluster"]["named_by"] == "third"


@pytest.mark.parametrize("link", ["lk-ma-cise-ma-ce3m", "lk-ma-emc-ma-ce3m", "lk-ma-menara-ma-ahp"])
def test_who_works_with_all_clusters_of_a_country_is_silent_about_none(shipped, link):
    # The sheet of CE3M says "the whole of the Moroccan clusters" (line 1125), that of AHP "Moroccan
    # clusters" (1232): neither names one, and neither can be said to leave one out.
    found = by_id(network(shipped)["links"])[link]
    assert (found["named_by"], found["one_sided"]) == ("source", None)


def test_the_cluster_that_dissolved_when_the_donor_left_is_left_alone(shipped):
    # Line 798: the cluster of sustainable development came undone at the end of the German programme.
    found = without(shipped, ["de-giz"])
    assert ids(found["left_alone"]) == ["tn-developpement-durable"]
    assert found["left_alone"][0]["life"] == "dissolved"


def test_listed_clusters_that_no_cooperation_is_known_of_are_told(shipped):
    alone = by_id(network(shipped)["measures"]["clusters_without_tie"])
    assert sorted(alone) == ["dz-lait-bouira", "ma-automobile-casablanca", "ma-automobile-tanger"]
    assert all(one["flags"]["north"]["links"] == [] for one in alone.values())


def test_north_and_maghreb_are_brought_together_by_a_network_of_clusters(shipped):
    between = network(shipped)["measures"]["brokers"]
    assert [one["between"] for one in between] == [
        ["north", "maghreb"], ["north", "sub_saharan"], ["maghreb", "sub_saharan"],
    ]  # fmt: skip
    assert between[0]["brokers"][0]["id"] == "fr-france-clusters"
    # The only link with a partner south of the Sahara is that of MENARA (line 1248): every way needs it.
    assert (between[1]["brokers"][0]["id"], between[1]["brokers"][0]["share"]) == ("ma-menara", 1)


def test_all_that_was_ever_known_gives_the_same_graph(shipped):
    # The one is made of the statements that the graph needs, the other of all of them.
    assert network(moment(known="2030")) == network(shipped)
