"""One core, two faces: the API answers what the command line prints."""

import pytest

PAIRS = [
    ("clusters", []),
    ("clusters?country=MA&country=TN", ["--country", "MA", "--country", "TN"]),
    ("clusters?sector=1&south=true", ["--sector", "1", "--south"]),
    (
        "clusters?state=emerging&anchoring=rooted&north=1",
        ["--state", "emerging", "--anchoring", "rooted", "--north"],
    ),
    ("clusters?creative=on&scope=all", ["--creative", "--scope", "all"]),
    ("clusters?q=casablanca", ["--q", "casablanca"]),
    ("clusters?sort=-members", ["--sort", "-members"]),
    ("clusters?on=2015", ["--on", "2015"]),
    ("clusters?known=2020", ["--known", "2020"]),
    ("links", []),
    ("links?kind=convention", ["--kind", "convention"]),
    ("links?level=euromed&cluster=ma-ce3m", ["--level", "euromed", "--cluster", "ma-ce3m"]),
    ("organisations", []),
    ("organisations?country=FR", ["--country", "FR"]),
    ("organisations?q=chambre", ["--q", "chambre"]),
    ("forms", []),
    ("programmes", []),
    ("instruments", []),
    ("potential?country=DZ", ["--country", "DZ"]),
    ("disputes", []),
    ("disputes?entity=ma-ce3m", ["--entity", "ma-ce3m"]),
]


@pytest.mark.parametrize(
    ("address", "options"), PAIRS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_api_answers_what_the_command_line_prints(get, grappe, address, options):
    answer = get(address)
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "application/json")
    assert answer.json() == grappe(address.split("?")[0], *options, "--json").json


@pytest.mark.parametrize("entity", ["ma-ce3m", "ma-mnc", "dz-cba", "tn-mosaique"])
def test_the_sheet_of_a_cluster_is_the_same_on_both_faces(get, grappe, entity):
    said = grappe("sheet", entity, "--json").json
    assert get(f"sheets/{entity}").json() == said
    assert get(f"clusters/{entity}").json() == said


@pytest.mark.parametrize("kind", ["organisations", "forms", "programmes", "instruments", "potential"])
def test_the_sheet_of_the_first_of_each_list_is_the_same_on_both_faces(get, grappe, kind):
    entity = get(kind).json()[0]["id"]
    assert get(f"sheets/{entity}").json() == grappe("sheet", entity, "--json").json


def test_findings_are_those_of_check(get, grappe):
    assert get("findings").json() == grappe("check", "--json").json


def test_search_finds_the_same(get, grappe):
    assert (
        get("search?q=innovation digitale").json()
        == grappe("search", "innovation", "digitale", "--json").json
    )
