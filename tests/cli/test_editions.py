"""Commands on editions, comparisons and claims, on the shipped census."""

import json

import pytest
from click.testing import CliRunner

from grappe.cli.comparing import claims, compare, legal_forms
from grappe.cli.editions import diff, edition, timeline
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.queries import comparisons as comparison_queries
from grappe.queries import editions as edition_queries
from grappe.queries.moment import moment


@pytest.fixture
def run(census, tmp_path, settings):
    """Runs a command in a language; a user's mistake is raised."""
    settings.DATA = tmp_path

    def run(command, *arguments, language="en"):
        done = CliRunner().invoke(command, list(arguments), obj=language, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done

    return run


def test_json_is_what_the_question_answers(run):
    for command, arguments, answer in (
        (edition, (), edition_queries.list_editions),
        (edition, ("2014",), lambda: edition_queries.census_of("2014")),
        (diff, ("2014", "2019"), lambda: edition_queries.diff("2014", "2019")),
        (timeline, ("ma-ce3m",), lambda: edition_queries.timeline_of_cluster("ma-ce3m")),
        (timeline, ("TN",), lambda: edition_queries.timeline_of_country("TN")),
        (claims, (), lambda: comparison_queries.list_claims(moment())),
        (legal_forms, (), lambda: comparison_queries.matrix_of_forms(moment())),
        (compare, ("--sectors", "1,2"), lambda: comparison_queries.compare(moment(), sectors=["1", "2"])),
    ):
        said = json.loads(run(command, *arguments, "--json").stdout)
        assert said == json.loads(json.dumps(answer(), default=str))


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_table_is_worded_in_each_language(run, language):
    for command, *arguments in (
        (edition,), (edition, "2014"), (diff, "2014", "2019"), (diff, "2019", "2014"),
        (diff, "2014", "today"),
        (timeline, "MA"), (compare, "--countries", "MA,DZ,TN"), (compare, "--clusters", "ma-ce3m,tn-cmt"),
        (compare, "--legal-forms", "association,cooperative"), (claims,), (legal_forms,),
    ):  # fmt: skip
        assert run(command, *arguments, language=language).stdout


def test_the_table_of_changes_says_when_and_how_surely(run):
    lines = run(diff, "2014", "2019").stdout.splitlines()
    assert "Merged\tMorocco Microelectronics Cluster\tMA\tby 31 March 2019\tpossible" in "\n".join(lines)


def test_a_comparison_says_what_it_refuses(run):
    assert "No net change and no growth rate" in run(diff, "2014", "2019").stderr


def test_a_mistake_names_what_is_accepted(run):
    with pytest.raises(BadChoice) as refused:
        run(diff, "2014", "soon")
    assert "today" in refused.value.params["accepted"]
    with pytest.raises(BadChoice):
        run(compare, "--countries", "MA")
    with pytest.raises(UnknownThing):
        run(timeline, "no-such-cluster")
