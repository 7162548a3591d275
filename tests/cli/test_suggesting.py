"""``grappe suggest``: sentences, JSON and refusals, on the shipped census."""

import json

import pytest
from click.testing import CliRunner

from grappe.cli.suggesting import suggest
from grappe.domain.errors import BadChoice, UnknownThing


@pytest.fixture
def run(census, tmp_path, settings):
    """Runs the command in a language; a user's mistake is raised."""
    settings.DATA = tmp_path

    def run(*arguments, language="en"):
        done = CliRunner().invoke(suggest, list(arguments), obj=language, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_ten_partners_are_told_in_sentences_with_lines_and_what_speaks_against(run):
    out = run("tn-produits-mer")
    assert out.startswith("As of March 2019. Partners suggested for")
    assert "Same niche: seafood. (l. " in out
    assert "−  Payments abroad are under exchange control: Morocco, Tunisia. (l. " in out
    assert "exchange-ma; exchange-tn)" in out
    assert sum(line[:1].isdigit() for line in out.splitlines()) == 10


def test_a_country_that_is_sought_is_told_in_the_words_of_the_source(run):
    # Line 1479 looks for clusters of fishery in Morocco, not for any cluster there.
    out = run("ma-solaire", "--top", "4")
    assert "Morocco. In print: “Coopération envisagée avec des clusters halieutiques marocains”. (l. " in out
    assert "Texte imprimé : « " in run("ma-solaire", "--top", "4", language="fr")


def test_what_is_not_known_is_the_total_of_members_and_a_link_by_name(run):
    # Line 1336 counts the firms of CMT, not its members; line 1125 speaks of all Moroccan clusters.
    assert "Nothing is known of: total number of members, needs. " in run("ma-ce3m", "--top", "3").replace(
        "\n", " "
    )
    assert "No link between the two is recorded by name." in run("ma-ce3m", "--top", "3")


def test_oil_goes_into_cosmetics_not_into_algae(run):
    out = run("dz-huile-olive-bouira", "--top", "3")
    assert "olive oil upstream of luxury food and cosmetics." in out
    assert "algae" not in out


def test_json_has_the_keys_that_are_documented(run):
    found = json.loads(run("ma-c2tm", "--top", "2", "--json"))
    assert list(found) == [
        "on", "id", "name", "ended", "level", "linked", "weights", "suggestions", "grounds", "names",
    ]  # fmt: skip
    assert list(found["suggestions"][0]) == [
        "rank", "rank_before", "cluster", "cluster_name", "id", "name", "country", "level", "linked", "score",
        "score_before", "parts", "against",
    ]  # fmt: skip
    assert list(found["suggestions"][0]["parts"][0]) == [
        "code", "points", "share", "variant", "words", "params", "cites", "grounds",
    ]  # fmt: skip
    assert len(found["suggestions"]) == 2


def test_another_weight_tells_rank_and_score_by_those_shipped(run):
    assert "by the weights as shipped: rank" in run("ma-c2tm", "--weight", "niche=60")
    assert "by the weights as shipped" not in run("ma-c2tm")


def test_countries_and_a_programme_are_asked_by_option(run):
    assert "Pairs of clusters: Morocco – Tunisia." in run("--countries", "MA,TN", "--top", "3")
    assert "Who could join:" in run("--programme", "prog-creative-mediterranean")


def test_a_cluster_is_no_programme(run):
    with pytest.raises(BadChoice, match="programme"):
        run("--programme", "ma-mnc")


def test_an_input_output_table_is_read_from_a_file(run, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("from,to,share\n13,29,0.2\n", "utf-8")
    out = run("ma-c2tm", "--input-output", str(table), "--top", "50")
    assert "upstream of automotive" in out
    assert "upstream of denim" not in out


@pytest.mark.parametrize(
    "arguments",
    [[], ["ma-c2tm", "--countries", "MA,TN"], ["ma-c2tm", "--level", "moon"], ["ma-c2tm", "--weight", "x=1"],
     ["ma-c2tm", "--top", "0"], ["--countries", "MA"]],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(run, arguments):
    with pytest.raises(BadChoice):
        run(*arguments)


def test_an_unknown_id_names_close_ones(run):
    with pytest.raises(UnknownThing) as unknown:
        run("ma-c2tn")
    assert "ma-c2tm" in unknown.value.params["close"]
